/**
 * Scripts by which a shell completes `deno task COMMAND`. What else follows
 * `deno` is left to Deno's own completions, where they were loaded before. Words
 * that change with the code, the names of stages, the script asks for when they
 * are needed.
 *
 * @module
 */

import { join } from "node:path";
import { shellWord } from "../../reports/text/shell_word.ts";
import type { CompletedCommand, Offered } from "./completed_command.ts";
import { fishScript } from "./fish_script.ts";

/** The shells that there is a script for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

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
          first: 2,
          offer: (all) => `words="${all}"`,
          stages: "_shiftline_stages",
          files: ":",
        }),
      );
    case "zsh":
      return ZSH(
        list,
        cases(commands, {
          first: 3,
          offer: (all) => `compadd -- ${all}`,
          stages: "_shiftline_stages",
          files: "_files",
        }),
      );
    case "fish":
      return fishScript(commands, list);
  }
}

/** Branches over the number of the word, the command and the word before. */
function cases(
  commands: readonly CompletedCommand[],
  { first, offer, stages, files }: {
    /** Number of the word after `deno task`. */
    readonly first: number;
    readonly offer: (words: string) => string;
    /** What offers the names of stages, too. */
    readonly stages: string;
    readonly files: string;
  },
): string {
  const names = commands.map(({ name }) => name).join(" ");
  const body = (offered: Offered, options: readonly string[] = []) => {
    const words = [...options, ...offered.words];
    return [
      ...words.length === 0 ? [] : [offer(words.join(" "))],
      ...offered.stages ? [stages] : [],
    ].join("; ") || files;
  };
  const branches = commands.flatMap(({ name, options, places }) => [
    ...options.filter(({ takesValue }) => takesValue)
      .map((one) => [`*:${name}:${one.option}`, body(one)]),
    [`*:${name}:*`, body(places, options.map(({ option }) => option))],
  ]);
  return [[`${first}:*`, offer(names)], ...branches]
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
    case $COMP_CWORD:\${COMP_WORDS[2]}:$before in
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
