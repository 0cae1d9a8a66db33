/**
 * `gc`: removes from the store what nothing needs any more.
 *
 * @module
 */
import {
  GARBAGE,
  type Garbage,
  garbageIn,
  removeGarbage,
  type Roots,
} from "../../engine/store/garbage.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { sum } from "../../engine/store/store_sizes.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { saysWait, widest, writeTexts } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { garbageLines } from "../lines/garbage_lines.ts";
import { LOCKED_STORE } from "../arguments/options.ts";
import { publishedDigests } from "../named/published_digests.ts";
import { keptPipelines } from "../ask/ask_question.ts";
import type { Shell } from "../shell/shell.ts";
import { existingStore } from "../named/places.ts";
import { stagesOf } from "../named/stages.ts";
import { place, whole } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

export const WHEN_STOPPED =
  "Stopped. What is left is intact; the same command resumes from there.";

/** The options of `gc`, and the words beside them. */
export const words = {
  keepRuns: {
    value: whole("N", { min: 0 }),
    help:
      "Forgets all but the newest N runs, and those that alone say why a stage failed (default: forgets none).",
  },
  site: {
    value: place("DIR", { access: ["read"] }),
    repeatable: true,
    help: "Also keeps what this site shows; may be given several times.",
  },
  unfinished: {
    help:
      "Also removes checkpoints, from which a stopped training would resume, and what workers made for a run that was killed.",
  },
  dryRun: { help: "Shows what would be removed, without removing it." },
  store: LOCKED_STORE,
} as const satisfies Words;

/** What a line asks of `gc`. */
type Gc = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Gc, shell: Shell): Promise<number> {
  const folder = await existingStore(shell, command.store);
  await openStore(folder); // one of a newer version is left alone
  // A store may be one that may only be read.
  using use = command.dryRun ? undefined : await useStore(folder, {
    alone: true,
    signal: shell.signal,
    onWait: saysWait(shell),
  });
  const contents = contentsOf(folder);
  const stages = new Map([
    ...await stagesNow([...contents.lastKeys.keys()], shell),
    ...stagesOfQuestions(contents.lastKeys, shell),
  ]);
  const garbage = garbageIn(contents, {
    stages,
    runs: command.keepRuns,
    published: publishedDigests(shell, command.site),
    unfinished: command.unfinished,
  });
  if (use !== undefined) await removeGarbage(folder, garbage, use.presence);
  const gone = sum(Object.values(garbage).flat());
  const all = sum([
    ...contents.runs.map(({ file }) => file),
    ...contents.lastKeyFiles.values(),
    ...contents.pieces.values(),
    ...contents.records.values(),
    ...contents.objects.values(),
    ...contents.scratch.values(),
    ...contents.halfWritten,
    ...contents.queued,
    ...contents.code,
    ...contents.submissions,
  ]);
  writeTexts([
    ...listing(garbage),
    ...garbageLines(contents, { stages, garbage }),
    sentenceOf(command, { gone, kept: all.bytes - gone.bytes }),
  ], shell.stdout);
  return 0;
}

/** The stages of each `PIPELINE.PROFILE` of some that the registry has. */
async function stagesNow(
  names: readonly string[],
  shell: Shell,
): Promise<Roots["stages"]> {
  const { pipelines } = await shell.registry();
  return new Map(
    pipelines.flatMap((pipeline) =>
      pipeline.profiles.flatMap((profile) => {
        const name = `${pipeline.name}.${profile}`;
        return names.includes(name)
          ? [[name, new Set(stagesOf(pipeline, profile))] as const]
          : [];
      })
    ),
  );
}

/** The stages that the questions in the folder `questions` had when they were last asked. */
function stagesOfQuestions(
  lastKeys: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  { folder }: Shell,
): Roots["stages"] {
  const kept = keptPipelines(folder);
  return new Map(
    [...lastKeys].flatMap(([name, stages]) =>
      kept.has(name.replace(/\.[^.]*$/, ""))
        ? [[name, new Set(Object.keys(stages))] as const]
        : []
    ),
  );
}

const TITLES: Readonly<Record<keyof Garbage, string>> = {
  runs: "forgotten runs",
  lastKeys: "last keys of pipelines that no longer exist",
  pieces: "keys of forgotten runs",
  records: "records",
  artifacts: "artifacts",
  unfinishedWork: "unfinished work",
  halfWritten: "half-written files",
  queued: "stages for workers, and their code",
  code: "copies of code",
  submissions: "logs of workers in Slurm",
};

/** How much is removed of each kind, one kind a line. */
function listing(garbage: Garbage): readonly string[] {
  const rows = GARBAGE.filter((kind) => garbage[kind].length > 0)
    .map((kind) => ({ title: TITLES[kind], ...sum(garbage[kind]) }));
  const width = widest(rows.map(({ title }) => title.length));
  const digits = widest(rows.map(({ files }) => `${files}`.length));
  return rows.map(({ title, files, bytes }) =>
    `  ${title.padEnd(width)}  ${`${files}`.padStart(digits)}  ${
      byteSize(bytes).padStart(7)
    }`
  );
}

function sentenceOf(
  { dryRun }: Gc,
  { gone, kept }: {
    readonly gone: { readonly files: number; readonly bytes: number };
    readonly kept: number;
  },
): string {
  if (gone.files === 0) {
    return `Nothing to remove: all ${byteSize(kept)} are still needed`;
  }
  const what = `${count(gone.files, "file")}, ${byteSize(gone.bytes)}`;
  return dryRun
    ? `Would remove ${what}; ${
      byteSize(kept)
    } would stay. Nothing was removed (--dry-run)`
    : `Removed ${what}; ${byteSize(kept)} stay`;
}
