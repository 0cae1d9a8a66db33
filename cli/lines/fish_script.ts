/**
 * The script by which fish completes `deno task COMMAND`.
 *
 * @module
 */
import type { CompletedCommand, Offered } from "./completed_command.ts";

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
export function fishScript(
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
          return line(
            condition,
            `-l ${one.option.slice(2)}${
              list !== "" ? ` -xa '${list}'` : one.takesValue ? " -r" : ""
            }`,
          );
        }),
        ...offered === "" ? [] : [line(condition, `-a '${offered}'`)],
      ];
    }),
  ].join("");
}
