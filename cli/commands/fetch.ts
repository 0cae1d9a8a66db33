/**
 * `fetch`: downloads the published files that pipelines need into a mirror
 * folder, to be carried to a machine without a network.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { SourceUnavailableError } from "../../engine/define/error.ts";
import { messageOf } from "../../engine/define/message_of.ts";
import {
  type FetchSource,
  sourceFetcher,
} from "../../engine/run/fetch_source.ts";
import { graphOf } from "../../engine/run/graph.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import {
  digestAs,
  isOwnFile,
  mirrorPathOf,
  pinOf,
  type Source,
} from "../../engine/define/source.ts";
import { sourcesOf } from "../../engine/history/sources_of.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { pipelinesNamed } from "../named/pipelines.ts";
import { printable, writeTexts } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { errorLines } from "../display/error_lines.ts";
import { MIRROR, PIPELINES } from "../arguments/options.ts";
import { isFileAt, mirrorFolderOf, pathFrom } from "../named/places.ts";
import { writeWhole } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place } from "../arguments/value_kinds.ts";
import type { Asked, Verbosity, Words } from "../arguments/words.ts";

/** The options of `fetch`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  to: {
    value: place("DIR", { access: ["read", "write"] }),
    default: "mirror",
    help: "Folder to fill (default: mirror).",
  },
  mirror: MIRROR,
} as const satisfies Words;

/** What a line asks of `fetch`. */
type Fetch = Asked<typeof words> & Verbosity;

/** @returns the exit code: 1 if a file could not be had */
export async function run(
  command: Fetch,
  shell: Shell,
): Promise<number> {
  const { pipelines } = await shell.registry();
  const chosen = pipelinesNamed(command.pipelines, pipelines);
  const mirror = await mirrorFolderOf(shell, command.mirror);
  const folder = resolve(shell.folder, command.to);
  if (isFileAt(folder)) {
    throw new UsageError(
      `Cannot fetch to "${command.to}": it is a file; name a folder with --to`,
    );
  }
  const fetch = sourceFetcher({ mirror });
  const sources = sourcesAt(chosen);
  let isComplete = true;
  /** How many files are missing because a host does not answer. */
  const silent = new Map<string, number>();
  for (const [path, source] of sources) {
    try {
      const done = await keep(source, {
        file: join(folder, path),
        fetch,
        signal: shell.signal,
      });
      shell.stdout.write(`${done} ${printable(path)}\n`);
    } catch (error) {
      shell.signal.throwIfAborted();
      isComplete = false;
      if (
        error instanceof SourceUnavailableError && error.silence !== undefined
      ) {
        silent.set(error.silence, (silent.get(error.silence) ?? 0) + 1);
        continue;
      }
      writeTexts(errorLines(error, command), shell.stderr);
    }
  }
  for (const [silence, files] of silent) {
    writeTexts([
      `Cannot fetch ${
        count(files, "file")
      } from ${silence}; run this where there is a connection, and copy the folder`,
    ], shell.stderr);
  }
  const name = pathFrom(shell.folder, folder);
  writeTexts([
    sources.size === 0
      ? "These pipelines need no published files"
      : isComplete
      ? `All are in ${name}; elsewhere: deno task reproduce --mirror ${
        shellWord(name)
      }`
      : `Not all are in ${name}`,
  ], shell.stdout);
  return isComplete ? 0 : 1;
}

/** Every source of every profile that somebody has published, by its place in a mirror. */
function sourcesAt(
  pipelines: readonly AnyPipeline[],
): ReadonlyMap<string, Source> {
  return new Map(
    pipelines.flatMap((pipeline) =>
      pipeline.profiles.flatMap((profile) =>
        sourcesOf(graphOf(pipeline.build(profile)))
      )
    ).filter((source) => !isOwnFile(source))
      .map((source): [string, Source] => [mirrorPathOf(source), source])
      .sort(([a], [b]) => a < b ? -1 : 1),
  );
}

/** Makes sure that a file holds a source; what was done, in a word or two. */
async function keep(
  source: Source,
  { file, fetch, signal }: {
    readonly file: string;
    readonly fetch: FetchSource;
    readonly signal: AbortSignal;
  },
): Promise<string> {
  if (await isCopy(file, source)) return "there already:";
  const bytes = await fetch(source, signal);
  try {
    await Deno.mkdir(dirname(file), { recursive: true });
    await writeWhole(file, (put) => put(bytes));
  } catch (cause) {
    const state = messageOf(cause);
    throw new Error(`Cannot write "${file}": ${state}`, { cause });
  }
  return `${byteSize(bytes.length)}:`;
}

async function isCopy(file: string, source: Source): Promise<boolean> {
  const pin = pinOf(source);
  try {
    return digestAs(pin, await Deno.readFile(file)) === pin.digest;
  } catch {
    return false; // then it is written, or that fails with a reason
  }
}
