/**
 * The runs of a store that have ended, in what the site says of them: each
 * stays what it was, so that it need not be read and compared again whenever a
 * later one changes something.
 *
 * @module
 */
import type { Digest } from "../engine/define/hash.ts";
import type { HistoricRun, RunPipeline } from "../engine/store/historic_run.ts";
import {
  byStart,
  type RunHistory,
  runHistory,
} from "../engine/store/run_history.ts";
import type { Store } from "../engine/store/store.ts";
import type { PastRun } from "../reports/runs/past_run.ts";
import { digestOfResults } from "./id_of_results.ts";
import {
  type EndedRun,
  readEndedRuns,
  writeEndedRuns,
} from "./ended_runs_file.ts";
import { pastRunOf } from "./past_run_of.ts";
import { goesOn, outcomeOf, stageCounts } from "./run_outcome.ts";

/** The site describes so many runs of a profile. */
const MOST_RUNS = 30;

/** The runs of a profile that the site describes, newest first. */
export function pastRunsIn(
  runs: readonly EndedRun[],
  profile: string,
): readonly PastRun[] {
  return runs.filter((run) => run.profile === profile)
    .flatMap(({ past }) => past ?? []).toReversed();
}

/**
 * Every run of a store that has ended, oldest first. Of those that were looked
 * at before only the ones that a new run is compared with are read.
 *
 * @throws {StoreError} if the store cannot be read
 */
export async function endedRuns(store: Store): Promise<readonly EndedRun[]> {
  const history = runHistory(store.folder);
  const ids = history.ids();
  let before = readEndedRuns(store.folder, new Set(ids));
  const old = new Set(before.map(({ id }) => id));
  const ended = (runs: readonly HistoricRun[]) =>
    runs.filter((run) => !goesOn(run, store));
  let fresh = ended(history.list(ids.filter((id) => !old.has(id))));
  const [first, last] = [fresh[0], before.at(-1)];
  if (first === undefined) return before;
  if (last !== undefined && byStart(first, last) < 0) {
    // An older run from another store: others are to be compared with it.
    before = [];
    fresh = ended(history.list());
  }
  const all = await addRuns(fresh, { before, history, store });
  await writeEndedRuns(store.folder, all);
  return all;
}

/**
 * Ids of the runs of a store whose process is still there.
 *
 * @throws {StoreError} if the store cannot be read
 */
export function runsUnderway(store: Store): ReadonlySet<string> {
  const history = runHistory(store.folder);
  const ids = history.ids();
  const ended = new Set(
    readEndedRuns(store.folder, new Set(ids)).map(({ id }) => id),
  );
  const runs = history.list(ids.filter((id) => !ended.has(id)));
  return new Set(
    runs.filter((run) => run.presence !== undefined && goesOn(run, store))
      .map(({ id }) => id),
  );
}

/** The runs before and those after them, of which the newest are described. */
async function addRuns(
  fresh: readonly HistoricRun[],
  { before, history, store }: {
    readonly before: readonly EndedRun[];
    readonly history: RunHistory;
    readonly store: Store;
  },
): Promise<readonly EndedRun[]> {
  const all = [...before];
  const briefly = briefAfter(before);
  const briefs = fresh.map((run) => ({ run, brief: briefly(run) }));
  const changed = new Set(
    newestIn(briefs.filter(hasChanged).map(({ run }) => run)),
  );
  const open = runsById(fresh, history);
  for (const { run, brief } of briefs) {
    const profile = all.filter((one) => one.profile === run.profile);
    const earlier = (pipeline: string) =>
      profile.toReversed().values()
        .filter(({ pipelines }) => pipelines.includes(pipeline))
        .flatMap(({ id }) => open(id));
    all.push(
      changed.has(run)
        ? { ...brief, past: await pastRunOf(run, { earlier, store }) }
        : brief,
    );
  }
  const shown = new Set(newestIn(all.filter((one) => one.past !== undefined)));
  return all.map((one) => {
    const { past: _, ...brief } = one;
    return shown.has(one) ? one : brief;
  });
}

/** Reads runs by id, each once, and those not at all that are read already. */
export function runsById(
  read: readonly HistoricRun[],
  history: RunHistory,
): (id: string) => readonly HistoricRun[] {
  const opened = new Map<string, readonly HistoricRun[]>(
    read.map((run) => [run.id, [run]]),
  );
  return (id) => opened.getOrInsertComputed(id, () => history.list([id]));
}

/** Makes ended runs of runs, oldest first, without what the site says of them. */
function briefAfter(
  before: readonly EndedRun[],
): (run: HistoricRun) => EndedRun {
  const last = new Map<string, Digest>();
  for (const { profile, results } of before) {
    for (const [name, digest] of Object.entries(results)) {
      last.set(`${name}.${profile}`, digest);
    }
  }
  return ({ id, profile, started, pipelines }) => {
    const results: Record<string, Digest> = {};
    const ran: string[] = [];
    for (const [name, { stages }] of Object.entries(pipelines)) {
      const digest = digestOfResults(keysOf(stages));
      if (last.get(`${name}.${profile}`) !== digest) results[name] = digest;
      last.set(`${name}.${profile}`, digest);
      const hasRun = Object.values(stages).some(({ state }) => state === "ran");
      if (hasRun) ran.push(name);
    }
    const names = Object.keys(pipelines);
    return { id, profile, started, pipelines: names, ran, results };
  };
}

/** The keys of the stages that have results. */
function* keysOf(
  stages: RunPipeline["stages"],
): Generator<readonly [stage: string, key: Digest]> {
  for (const stage of Object.keys(stages)) {
    const { key, state } = stages[stage] ?? {};
    if (key === undefined) continue;
    if (state === "ran" || state === "reused") yield [stage, key];
  }
}

/** Whether something ran or failed. That a source still cannot be had is nothing new. */
function hasChanged(
  { run, brief }: { readonly run: HistoricRun; readonly brief: EndedRun },
): boolean {
  const { ran, failed } = stageCounts(run);
  if (ran > 0 || failed === 0) return ran > 0;
  return Object.keys(brief.results).length > 0 || outcomeOf(run) === "failed";
}

/** The newest {@linkcode MOST_RUNS} runs of each profile. */
function newestIn<T extends { readonly profile: string }>(
  runs: readonly T[],
): readonly T[] {
  const profiles = Map.groupBy(runs, ({ profile }) => profile);
  return [...profiles.values()].flatMap((of) => of.slice(-MOST_RUNS));
}
