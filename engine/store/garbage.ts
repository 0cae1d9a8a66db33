/**
 * What in a store nothing needs any more.
 *
 * @module
 */
import { StoreError } from "../define/error.ts";
import type { Digest } from "../define/hash.ts";
import type { Presence } from "./presence.ts";
import { keysOfRuns } from "./run_history.ts";
import type { StoreContents, StoreFile } from "./store_contents.ts";
import { storeFiles } from "./store_files.ts";

/** What is needed, with all that it leads to. */
export interface Roots {
  /**
   * Names of the stages that each `PIPELINE.PROFILE` has: their last keys are
   * kept. Those of a pipeline or stage that is no more keep nothing.
   */
  readonly stages: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many of the newest runs are remembered, with their artifacts; all unless given. Those are as well that alone say why a stage has no result. */
  readonly runs?: number | undefined;
  /** Digests of keys and artifacts that published sites name. */
  readonly published: ReadonlySet<Digest>;
  /** Whether unfinished work goes as well, which a run would go on from, and what workers made for a run that was killed. */
  readonly unfinished: boolean;
}

/** What may go, in the order in which it must: nothing is left that names what is gone. */
export interface Garbage {
  /** Runs that are forgotten. */
  readonly runs: readonly StoreFile[];
  /** Last keys of pipelines that are no more. */
  readonly lastKeys: readonly StoreFile[];
  /** Keys that runs shared, and none does now. */
  readonly pieces: readonly StoreFile[];
  readonly records: readonly StoreFile[];
  readonly artifacts: readonly StoreFile[];
  /** Unfinished work of stages that have finished, or of all. */
  readonly unfinishedWork: readonly StoreFile[];
  readonly halfWritten: readonly StoreFile[];
  /** Stages that waited for workers: the run that wants them writes them again. Not the end of one whose result is kept for it. */
  readonly queued: readonly StoreFile[];
  /** Copies of code: the run that needs one lays it out again. */
  readonly code: readonly StoreFile[];
  /** Submissions to Slurm that are over, with the logs of their workers. */
  readonly submissions: readonly StoreFile[];
}

/** The kinds of garbage, in the order in which they are removed. */
export const GARBAGE = [
  "runs",
  "lastKeys",
  "pieces",
  "records",
  "artifacts",
  "unfinishedWork",
  "halfWritten",
  "queued",
  "code",
  "submissions",
] as const satisfies readonly (keyof Garbage)[];

/**
 * The files of a store that no root leads to.
 *
 * @throws {StoreError} if last keys or runs are damaged, so that it cannot be
 * told what they lead to
 */
export function garbageIn(
  contents: StoreContents,
  { stages, runs, published, unfinished }: Roots,
): Garbage {
  refuseDamage(contents, stages);
  const telling = tellingOfFailures(contents.runs, stages);
  const newest = contents.runs.length - (runs ?? contents.runs.length);
  const isKept = (one: Remembered, i: number) =>
    i >= newest || telling.has(one);
  const remembered = contents.runs.filter(isKept);
  const forgotten = contents.runs.filter((one, i) => !isKept(one, i));
  const known = new Set<Digest>([
    ...[...contents.lastKeys].flatMap(([name, last]) =>
      Object.entries(last).flatMap(([stage, key]) =>
        stages.get(name)?.has(stage) ? [key] : []
      )
    ),
    ...keysOfRuns(remembered.map(({ run }) => run)),
    ...published,
  ]);
  /** What workers made after their run was killed: nothing else names it until the next one. */
  const ended = [...contents.ended].filter(([key]) =>
    !unfinished && !known.has(key) &&
    contents.records.get(key)?.record !== undefined
  );
  const keys = new Set([...known, ...ended.map(([key]) => key)]);
  const ends = new Set(ended.map(([, { path }]) => path));
  const pieces = new Set(remembered.flatMap(({ pieces }) => pieces));
  const records: StoreFile[] = [];
  const needed = new Set<Digest>(published);
  for (const [key, { record, ...file }] of contents.records) {
    if (record === undefined || !keys.has(key)) records.push(file);
    else {
      for (const { digest } of Object.values(record.outputs)) {
        needed.add(digest);
      }
    }
  }
  const without = <T>(
    files: ReadonlyMap<string, T>,
    keep: (name: string) => boolean,
  ): readonly T[] =>
    [...files].filter(([name]) => !keep(name)).map(([, file]) => file);
  return {
    runs: forgotten.map(({ file }) => file),
    lastKeys: without(contents.lastKeyFiles, (name) => stages.has(name)),
    pieces: without(contents.pieces, (digest) => pieces.has(digest)),
    records,
    artifacts: without(contents.objects, (digest) => needed.has(digest)),
    unfinishedWork: without(
      contents.scratch,
      (key) => !unfinished && contents.records.get(key)?.record === undefined,
    ),
    halfWritten: contents.halfWritten,
    queued: contents.queued.filter(({ path }) => !ends.has(path)),
    code: contents.code,
    submissions: contents.submissions,
  };
}

/** A run with its files. */
type Remembered = StoreContents["runs"][number];

/** The runs in which stages failed that have not been reached since: nothing else says why they have no result. */
function tellingOfFailures(
  runs: readonly Remembered[],
  stages: Roots["stages"],
): ReadonlySet<Remembered> {
  const last = new Map<string, Remembered | undefined>();
  for (const one of runs) {
    const { profile, pipelines } = one.run;
    for (const [name, pipeline] of Object.entries(pipelines)) {
      const known = stages.get(`${name}.${profile}`);
      for (const [stage, { state }] of Object.entries(pipeline.stages)) {
        if (!known?.has(stage)) continue;
        last.set(
          JSON.stringify([name, profile, stage]),
          state === "failed" ? one : undefined,
        );
      }
    }
  }
  return new Set([...last.values()].filter((one) => one !== undefined));
}

/** What is done about a damaged file, by the folder that it is in. */
const WAYS_OUT: readonly (readonly [folder: string, wayOut: string])[] = [
  ["stages/", "reproduce its pipeline, which writes it again"],
  [
    "runs/keys/",
    "reproduce the same stages, which writes it again, or remove the runs that deno task store --check names beside it",
  ],
  ["runs/", "remove it, which forgets that run"],
];

function refuseDamage(
  { damaged, lastKeyFiles }: StoreContents,
  stages: Roots["stages"],
): void {
  const gone = [...lastKeyFiles].filter(([name]) => !stages.has(name))
    .map(([, { path }]) => path);
  const path = damaged.find((path) => !gone.includes(path));
  if (path === undefined) return;
  const [, wayOut] = WAYS_OUT.find(([folder]) => path.startsWith(folder)) ?? [];
  throw new StoreError(
    `Cannot tell what nothing needs: "${path}" in the store is damaged or missing; ${wayOut}`,
  );
}

/**
 * Removes garbage. Nobody else may use the store. Killed at any moment, it leaves
 * a store that is as good as before.
 *
 * @param presence of this process, if others may take it for dead: then it ends
 * @throws {StoreError} if something cannot be removed
 */
export async function removeGarbage(
  folder: string,
  garbage: Garbage,
  presence?: Pick<Presence, "now">,
): Promise<void> {
  const files = storeFiles(folder);
  const all = GARBAGE.flatMap((kind) => garbage[kind].map(({ path }) => path));
  // Of these nothing is kept.
  const folders = [...garbage.code, ...garbage.submissions]
    .map(({ path }) => path.split("/", 2).join("/"));
  for (const path of [...all, ...new Set(folders)]) {
    presence?.now(); // a run may have begun since, and need what is garbage here
    await files.remove(path);
  }
}
