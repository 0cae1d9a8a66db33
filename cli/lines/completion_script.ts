/**
 * Scripts by which a shell completes `deno task COMMAND`. What else follows
 * `deno` is left to Deno's own completions, where they were loaded before. Words
 * that change with the code, the names of stages, the script asks for when they
 * are needed.
 *
 * @module
 */

import { join } from "node:path";
import { shellWord } from "../../engine/define/shell_word.ts";

/** The shells that there is a script for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** What may stand in a place. */
export interface Offered {
  /** Words that are known when the script is printed. */
  readonly words: readonly string[];
  /** Whether it is also the name of a stage, at the profile that the line names. */
  readonly stages: boolean;
  /** Whether it may name a file or folder. */
  readonly files: boolean;
}

/** A command, and the words that may follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly options: readonly (Offered & {
    readonly option: string;
    readonly takesValue: boolean;
  })[];
  /** What may stand beside options. */
  readonly places: Offered;
}

/** What a script is about. */
export interface Completed {
  readonly commands: readonly CompletedCommand[];
  /** Folder of the project: no other may have its tasks run because somebody presses Tab there. */
  readonly root: string;
}

/** The script of a shell. */
export function completionScript(
  shell: typeof SHELLS[number],
  { commands, root }: Completed,
): string {
  const list = `deno task -q --config ${
    shellWord(join(root, "deno.json"))
  } explain --list --profile`;
  switch (shell) {
    case "bash":
      return BASH(
        list,
        cases(commands, {
          offer: (all) => `words="${all}"`,
          stages: "_shiftline_stages",
          files: ":", // bash offers them where nothing else fits
        }),
      );
    case "zsh":
      return ZSH(
        list,
        cases(commands, {
          offer: (all) => `compadd -- ${all}`,
          stages: "_shiftline_stages",
          files: "_files",
        }),
      );
    case "fish":
      return fishScript(commands, list);
  }
}

/** Branches over how many words stand between the word and the command, the command and the word before. */
function cases(
  commands: readonly CompletedCommand[],
  { offer, stages, files }: {
    readonly offer: (words: string) => string;
    /** What offers the names of stages, too. */
    readonly stages: string;
    /** What offers files. */
    readonly files: string;
  },
): string {
  const names = commands.map(({ name }) => name).join(" ");
  const body = (offered: Offered, options: readonly string[] = []) => {
    const words = [...options, ...offered.words];
    return [
      ...words.length === 0 ? [] : [offer(words.join(" "))],
      ...offered.stages ? [stages] : [],
      ...offered.files ? [files] : [],
    ].join("; ") || ":";
  };
  const branches = commands.flatMap(({ name, options, places }) => [
    ...options.filter(({ takesValue }) => takesValue)
      .map((one) => [`*:${name}:${one.option}`, body(one)]),
    [`*:${name}:*`, body(places, options.map(({ option }) => option))],
  ]);
  return [["0:*", offer(names)], ...branches]
    .map(([pattern, body]) => `      ${pattern}) ${body} ;;`).join("\n");
}

// Names of stages may have a space; all other words have none.
const BASH = (list: string, branches: string) =>
  `# In ~/.bashrc: eval "$(cd THIS_PROJECT && deno task -q completions bash)"
_shiftline_stages() {
  local i profile=default
  if [[ $word == -* ]]; then return; fi
  for (( i = 3; i < COMP_CWORD - 1; i++ )); do
    if [[ \${COMP_WORDS[i]} != --profile ]]; then continue; fi
    profile=\${COMP_WORDS[i+1]}
    # bash takes the = of --option=word for a word.
    if [[ $profile == = ]]; then profile=\${COMP_WORDS[i+2]}; fi
  done
  stages=$(${list} "$profile" 2> /dev/null)
}
_shiftline() {
  local words= stages= word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $word == = ]]; then word=; fi
  if [[ \${COMP_WORDS[1]} == task ]]; then
    # Options of deno task itself, such as -q, stand before the command.
    local at=2
    while (( at < COMP_CWORD )) && [[ \${COMP_WORDS[at]} == -* ]]; do (( at++ )); done
    case $(( COMP_CWORD - at )):\${COMP_WORDS[at]}:$before in
${branches}
    esac
    local IFS=$'\\n'
    COMPREPLY=($(compgen -W "\${words// /$IFS}$IFS$stages" -- "$word"))
    COMPREPLY=("\${COMPREPLY[@]// /\\\\ }")
  elif declare -F _deno > /dev/null; then
    _deno "$@"
  fi
}
complete -o bashdefault -o default -F _shiftline deno
`;

const ZSH = (list: string, branches: string) =>
  `# In ~/.zshrc, after compinit: source <(cd THIS_PROJECT && deno task -q completions zsh)
_shiftline_stages() {
  local i profile=default
  if [[ $words[CURRENT] == -* ]]; then return; fi
  for (( i = 4; i < CURRENT - 1; i++ )); do
    if [[ $words[i] == --profile ]]; then profile=$words[i+1]; fi
  done
  for (( i = 4; i < CURRENT; i++ )); do
    if [[ $words[i] == --profile=* ]]; then profile=\${words[i]#*=}; fi
  done
  compadd -- \${(f)"$(${list} "$profile" 2> /dev/null)"}
}
_shiftline() {
  if [[ $words[2] == task ]] && (( CURRENT > 2 )); then
    # Options of deno task itself, such as -q, stand before the command.
    local at=3
    while (( at < CURRENT )) && [[ $words[at] == -* ]]; do (( at++ )); done
    case $(( CURRENT - at )):$words[at]:$words[CURRENT-1] in
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

const FISH_STAGES = (list: string) =>
  `function __shiftline_stages
    set -l profile default
    set -l before
    for word in (commandline -opc)
        if test "$before" = --profile
            set profile $word
        end
        string match -qr -- '^--profile=(?<named>.*)' $word; and set profile $named
        set before $word
    end
    ${list} $profile 2> /dev/null
end
`;

/**
 * A line for each option of each command.
 *
 * @param list what prints the names of stages, up to the profile
 */
function fishScript(
  commands: readonly CompletedCommand[],
  list: string,
): string {
  const names = commands.map(({ name }) => name).join(" ");
  const line = (condition: string, rest: string) =>
    `complete -c deno -n '__fish_seen_subcommand_from task; and ${condition}' ${rest}\n`;
  const listOf = ({ words, stages }: Offered) =>
    [...words, ...stages ? ["(__shiftline_stages)"] : []].join(" ");
  return [
    // fish loads one file for each command, and after this one none that comes with it.
    "# cd THIS_PROJECT && deno task -q completions fish > ~/.config/fish/completions/deno.fish\n",
    "deno completions fish | source\n",
    FISH_STAGES(list),
    line(`not __fish_seen_subcommand_from ${names}`, `-xa '${names}'`),
    ...commands.flatMap(({ name, options, places }) => {
      const condition = `__fish_seen_subcommand_from ${name}`;
      const offered = listOf(places);
      return [
        ...options.map((one) => {
          const list = listOf(one);
          const value = list !== ""
            ? ` -xa '${list}'`
            : one.files
            ? " -rF"
            : one.takesValue
            ? " -x"
            : "";
          return line(condition, `-l ${one.option.slice(2)}${value}`);
        }),
        ...places.files ? [] : [line(condition, "-f")],
        ...offered === "" ? [] : [line(condition, `-a '${offered}'`)],
      ];
    }),
  ].join("");
}
