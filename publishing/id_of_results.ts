/**
 * A name for what a site shows, under which a published site keeps it.
 *
 * @module
 */
import { type Digest, digestOf, digestOfJson } from "../engine/define/hash.ts";
import { digestOfKey } from "../engine/keys/key.ts";
import type { Reproduced } from "../engine/run/open_pipeline.ts";
import type { EndedRun } from "./ended_runs_file.ts";

/** A pipeline, and the records of its stages. */
type Made = Pick<Reproduced<unknown>, "name"> & {
  readonly pipeline: Pick<Reproduced<unknown>["pipeline"], "graph">;
  readonly result: Pick<Reproduced<unknown>["result"], "records">;
};

/**
 * The id of the first run after which the store held exactly these results;
 * the same results have the same id, however often they are made. Where no run
 * of the history is that one, the id comes from the results themselves.
 *
 * @param runs runs of the store that have ended, oldest first
 */
export function idOfResults(
  results: readonly Made[],
  { profile, runs }: {
    readonly profile: string;
    readonly runs: readonly Pick<EndedRun, "id" | "profile" | "results">[];
  },
): string {
  const shown = results.map((made) =>
    [made.name, digestOfResults(keysOf(made))] as const
  );
  const isAny = results.some(({ result }) => result.records.size > 0);
  const held = new Map<string, Digest>(); // after the runs so far
  for (const run of runs) {
    if (run.profile !== profile) continue;
    for (const [name, digest] of Object.entries(run.results)) {
      held.set(name, digest);
    }
    const isSame = shown.every(([name, digest]) => held.get(name) === digest);
    if (isAny && isSame) return run.id;
  }
  return ownId(results, { profile });
}

/** A digest of the keys of the stages of a pipeline that have results, producers first. */
export function digestOfResults(
  keys: Iterable<readonly [stage: string, key: Digest]>,
): Digest {
  let lines = "";
  for (const [stage, key] of keys) lines += `${key} ${stage}\n`;
  return digestOf(new TextEncoder().encode(lines));
}

/** The key of every stage of a pipeline that has a result, producers first. */
function* keysOf(
  { pipeline, result: { records } }: Made,
): Generator<readonly [stage: string, key: Digest]> {
  for (const { stage: { name } } of pipeline.graph.nodes) {
    const record = records.get(name);
    if (record !== undefined) yield [name, digestOfKey(record.key)];
  }
}

/** An id that comes from the results alone, twelve hexadecimal characters. */
export function ownId(
  results: readonly Made[],
  { profile }: { readonly profile: string },
): string {
  const stages = results.flatMap((made) =>
    Array.from(keysOf(made), ([stage, key]): [string, Digest] => [
      `${made.name} ${stage}`,
      key,
    ])
  ).sort(([a], [b]) => a < b ? -1 : 1);
  return digestOfJson("results", [
    profile,
    results.map(({ name }) => name).sort(),
    stages,
  ]).slice(0, 12);
}
