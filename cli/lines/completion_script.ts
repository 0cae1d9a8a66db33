/**
 * Scripts by which a shell completes `deno task COMMAND`. What else follows
 * `deno` is left to Deno's own completions, where they were loaded before.
 *
 * @module
 */

/** The shells that there is a script for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** A command, and the words that may follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly options: readonly {
    readonly option: string;
    readonly takesValue: boolean;
    /** What its value can be; empty where it can be anything, such as a file. */
    readonly words: readonly string[];
  }[];
  /** What may stand beside options. */
  readonly places: readonly string[];
}

/** The script of a shell. */
export function completionScript(
  shell: typeof SHELLS[number],
  commands: readonly CompletedCommand[],
): string {
  switch (shell) {
    case "bash":
      return BASH(
        cases(commands, {
          first: 2,
          offer: (all) => `words="${all}"`,
          files: ":",
        }),
      );
    case "zsh":
      return ZSH(
        cases(commands, {
          first: 3,
          offer: (all) => `compadd -- ${all}`,
          files: "_files",
        }),
      );
    case "fish":
      return fish(commands);
  }
}

/** Branches over the number of the word, the command and the word before. */
function cases(
  commands: readonly CompletedCommand[],
  { first, offer, files }: {
    /** Number of the word after `deno task`. */
    readonly first: number;
    readonly offer: (words: string) => string;
    readonly files: string;
  },
): string {
  const names = commands.map(({ name }) => name).join(" ");
  const branches = commands.flatMap(({ name, options, places }) => [
    ...options.filter(({ takesValue }) => takesValue)
      .map(({ option, words }) => [
        `*:${name}:${option}`,
        words.length === 0 ? files : offer(words.join(" ")),
      ]),
    [
      `*:${name}:*`,
      offer([...options.map(({ option }) => option), ...places].join(" ")),
    ],
  ]);
  return [[`${first}:*`, offer(names)], ...branches]
    .map(([pattern, body]) => `      ${pattern}) ${body} ;;`).join("\n");
}

const BASH = (branches: string) =>
  `# In ~/.bashrc: eval "$(cd THIS_PROJECT && deno task -q completions bash)"
_shiftline() {
  local words= word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  # bash takes the = of --option=word for a word.
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $word == = ]]; then word=; fi
  if [[ \${COMP_WORDS[1]} == task ]]; then
    case $COMP_CWORD:\${COMP_WORDS[2]}:$before in
${branches}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  elif declare -F _deno > /dev/null; then
    _deno "$@"
  fi
}
complete -o bashdefault -o default -F _shiftline deno
`;

const ZSH = (branches: string) =>
  `# In ~/.zshrc, after compinit: source <(cd THIS_PROJECT && deno task -q completions zsh)
_shiftline() {
  if [[ $words[2] == task ]] && (( CURRENT > 2 )); then
    case $CURRENT:$words[3]:$words[CURRENT-1] in
${branches}
    esac
  elif (( $+functions[_deno] )); then
    _deno "$@"
  else
    _files
  fi
}
compdef _shiftline deno
`;

function fish(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const line = (condition: string, rest: string) =>
    `complete -c deno -n '__fish_seen_subcommand_from task; and ${condition}' ${rest}\n`;
  return [
    "# cd THIS_PROJECT && deno task -q completions fish > ~/.config/fish/completions/shiftline.fish\n",
    line(`not __fish_seen_subcommand_from ${names}`, `-xa '${names}'`),
    ...commands.flatMap(({ name, options, places }) => {
      const condition = `__fish_seen_subcommand_from ${name}`;
      return [
        ...options.map(({ option, takesValue, words }) =>
          line(
            condition,
            `-l ${option.slice(2)}${
              words.length > 0
                ? ` -xa '${words.join(" ")}'`
                : takesValue
                ? " -r"
                : ""
            }`,
          )
        ),
        ...places.length === 0
          ? []
          : [line(condition, `-a '${places.join(" ")}'`)],
      ];
    }),
  ].join("");
}
