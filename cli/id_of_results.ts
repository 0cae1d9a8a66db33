/**
 * A name for what a site shows, under which a published site keeps it.
 *
 * @module
 */
import { type Digest, digestOfJson } from "../engine/hash.ts";
import { digestOfKey } from "../engine/key.ts";
import type { Reproduced } from "../engine/reproduce.ts";
import type { HistoricRun } from "../engine/run_history.ts";

/** A pipeline, and the records of its stages. */
type Made = Pick<Reproduced<unknown>, "name"> & {
  readonly result: Pick<Reproduced<unknown>["result"], "records">;
};

/**
 * The id of the first run after which the store held exactly these results;
 * the same results have the same id, however often they are made. Where no run
 * of the history is that one, the id comes from the results themselves.
 *
 * @param runs the history of the store, oldest first
 */
export function idOfResults(
  results: readonly Made[],
  { profile, runs }: {
    readonly profile: string;
    readonly runs: readonly HistoricRun[];
  },
): string {
  const shown = new Map(
    results.map(({ name, result: { records } }) => [name, records]),
  );
  const all = results.reduce((sum, { result }) => sum + result.records.size, 0);
  // Stages of which the store held what is shown, after the runs so far.
  const held = new Map(results.map(({ name }) => [name, new Set<string>()]));
  let last: HistoricRun["pipelines"] | undefined;
  for (const run of runs) {
    // Many runs in a row say the same, and that is read once.
    if (run.profile !== profile || run.pipelines === last) continue;
    last = run.pipelines;
    for (const [pipeline, { stages }] of Object.entries(run.pipelines)) {
      const [records, same] = [shown.get(pipeline), held.get(pipeline)];
      if (records === undefined || same === undefined) continue;
      for (const stage of Object.keys(stages)) {
        const record = records.get(stage);
        const { key, state } = stages[stage] ?? {};
        if (record === undefined || key === undefined) continue;
        if (state !== "ran" && state !== "reused") continue;
        if (digestOfKey(record.key) === key) same.add(stage);
        else same.delete(stage);
      }
    }
    let sum = 0;
    for (const { size } of held.values()) sum += size;
    if (all > 0 && sum === all) return run.id;
  }
  return ownId(results, { profile });
}

/** An id that comes from the results alone, twelve hexadecimal characters. */
export function ownId(
  results: readonly Made[],
  { profile }: { readonly profile: string },
): string {
  const stages = [...keysOf(results)].sort(([a], [b]) => a < b ? -1 : 1);
  return digestOfJson("results", [
    profile,
    results.map(({ name }) => name).sort(),
    stages,
  ]).slice(0, 12);
}

/** The key of every stage with a result. */
function keysOf(
  results: readonly Made[],
): ReadonlyMap<string, Digest> {
  return new Map(
    results.flatMap(({ name, result }) =>
      [...result.records].map(([stage, { key }]) =>
        [`${name} ${stage}`, digestOfKey(key)] as const
      )
    ),
  );
}
