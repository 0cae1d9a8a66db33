/**
 * `completions`: prints what completes the words of all commands in a shell.
 *
 * @module
 */
import { oneOf } from "../arguments/value_kinds.ts";
import {
  type Asked,
  optionOf,
  type Row,
  type Words,
} from "../arguments/words.ts";
import { COMMAND_NAMES, loadCommand } from "../commands.ts";
import {
  completionScript,
  type Offered,
  SHELLS,
} from "../lines/completion_script.ts";
import type { Shell } from "../shell/shell.ts";

/** The options of `completions`, and the words beside them. */
export const words = {
  shell: {
    positional: true,
    value: oneOf("SHELL", SHELLS),
    needed: "Cannot print completions: no shell given; name bash, zsh or fish",
    help: "bash, zsh or fish.",
  },
} as const satisfies Words;

/** @returns the exit code */
export async function run(
  command: Asked<typeof words>,
  shell: Shell,
): Promise<number> {
  const registry = await shell.registry();
  const pipelines = registry.pipelines.map(({ name }) => name);
  /** What a value can be, as far as it is one of a few words, or a stage. */
  const offeredBy = ({ value }: Row): Offered => {
    const metavar = value?.metavar ?? "";
    return {
      words: value?.words ??
        (/^PIPELINE(\||$)/.test(metavar)
          ? pipelines
          : metavar === "DEVICE"
          ? registry.DEVICE_REQUESTS
          : []),
      stages: metavar === "STAGE",
      files: value?.places !== undefined || metavar.includes("FILE"),
    };
  };
  const commands = await Promise.all(COMMAND_NAMES.map(async (name) => {
    const rows = Object.entries<Row>((await loadCommand(name)).words);
    const places = rows.filter(([, { positional }]) => positional)
      .map(([, row]) => offeredBy(row));
    return {
      name,
      options: rows.filter(([, { positional }]) => !positional)
        .map(([key, row]) => ({
          option: optionOf(key),
          takesValue: row.value !== undefined,
          ...offeredBy(row),
        })),
      places: {
        words: places.flatMap(({ words }) => words),
        stages: places.some(({ stages }) => stages),
        files: places.some(({ files }) => files),
      },
    };
  }));
  shell.stdout.write(
    completionScript(command.shell, { commands, root: shell.root }),
  );
  return 0;
}
