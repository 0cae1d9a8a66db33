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
  const shown = keysOf(results);
  const held = new Map<string, Digest>();
  for (const run of runs) {
    if (run.profile !== profile) continue;
    for (const [pipeline, { stages }] of Object.entries(run.pipelines)) {
      for (const [stage, { key, state }] of Object.entries(stages)) {
        if (key === undefined || (state !== "ran" && state !== "reused")) {
          continue;
        }
        held.set(`${pipeline} ${stage}`, key);
      }
    }
    const isThis = shown.size > 0 &&
      [...shown].every(([stage, key]) => held.get(stage) === key);
    if (isThis) return run.id;
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
