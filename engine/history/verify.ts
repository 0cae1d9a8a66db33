/**
 * Verifies records: runs a stage again from its recorded inputs, with no
 * unfinished work to go on from, and compares what it makes with what is
 * recorded. Nothing is stored.
 *
 * @module
 */
import { differencesBetween } from "./compare_artifacts.ts";
import type { Outputs } from "../run/workers/outputs.ts";
import type { FetchSource } from "../run/fetch_source.ts";
import type { Node } from "../run/graph.ts";
import { digestOf } from "../define/hash.ts";
import { digestAs, pinOf } from "../define/source.ts";
import {
  type ArtifactDifference,
  type FieldDifference,
  largestDeviation,
} from "./artifact_difference.ts";
import {
  DamagedObjectError,
  type StageRecord,
  type Store,
} from "../store/store.ts";
import type { Progress, Scratch } from "../define/task_context.ts";
import { requestOf } from "../run/workers/worker_protocol.ts";
import type { Workers } from "../run/workers/workers.ts";

/** What came of running a stage again. */
export type Verification =
  /** It gives the bytes that are recorded. */
  | { readonly kind: "identical" }
  /** Other bytes, of which no number deviates by more than was allowed. */
  | { readonly kind: "close"; readonly deviation: number }
  /** Two executions of the same code on the same inputs gave two results. */
  | {
    readonly kind: "non-deterministic";
    /** What differs between the two executions. */
    readonly differences: readonly FieldDifference[];
  }
  /** Two executions agree, but not with the record. */
  | {
    readonly kind: "stale";
    /** What differs between the record and the executions. */
    readonly differences: readonly FieldDifference[];
  }
  /** It cannot be run, or what is recorded cannot be read. */
  | { readonly kind: "failed"; readonly error: Error };

/** The store, the code and the workers that stages are run again with. */
export interface VerifyOptions {
  readonly store: Store;
  readonly workers: Workers;
  readonly fetch: FetchSource;
  readonly signal: AbortSignal;
  /**
   * The largest deviation of a number that passes, as
   * `deviation()` in artifact_difference.ts measures it; 0 asks for the same bytes.
   */
  readonly tolerance: number;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Runs a stage again and compares. A result that is not the recorded one is
 * made a second time, to tell what is not deterministic from a record that the
 * code does not give.
 *
 * @throws the reason of the signal, when it is raised
 */
export async function verifyStage(
  node: Node,
  record: StageRecord,
  options: VerifyOptions,
): Promise<Verification> {
  const { signal, store, tolerance } = options;
  // Numbers that are the same may be written in other bytes.
  const isClose = ({ deviation }: Comparison) =>
    tolerance > 0 && deviation <= tolerance;
  try {
    const recorded = await readAll(record, store);
    const fetch = orRecorded(recorded, options.fetch);
    const execute = () => again(node, record, { ...options, fetch });
    const once = await execute();
    const first = await compare([recorded, once], record);
    if (first.isSame) return { kind: "identical" };
    if (isClose(first)) {
      return { kind: "close", deviation: first.deviation };
    }
    const twice = await execute();
    const second = await compare([once, twice], record);
    return second.isSame || isClose(second)
      ? { kind: "stale", differences: first.differences }
      : { kind: "non-deterministic", differences: second.differences };
  } catch (error) {
    signal.throwIfAborted();
    return {
      kind: "failed",
      error: error instanceof Error ? error : new Error(String(error)),
    };
  }
}

async function readAll(
  { outputs, stage }: StageRecord,
  store: Store,
): Promise<Outputs> {
  const fields = await Promise.all(
    Object.entries(outputs).map(async ([field, { digest }]) => {
      try {
        return [field, await store.object(digest)] as const;
      } catch (cause) {
        if (!(cause instanceof DamagedObjectError)) throw cause;
        throw new Error(
          `Cannot verify ${field} of stage "${stage}": its artifact in the store is damaged; deno task reproduce makes it again`,
          { cause },
        );
      }
    }),
  );
  return Object.fromEntries(fields);
}

/** Sources from what their own stage has recorded: of one that git's id pins nothing else tells where it is in the store. */
function orRecorded(recorded: Outputs, fetch: FetchSource): FetchSource {
  return async (source, signal) => {
    const pin = pinOf(source);
    const found = Object.values(recorded).find((bytes) =>
      digestAs(pin, bytes) === pin.digest
    );
    return found?.slice() ?? await fetch(source, signal);
  };
}

/** The result of a stage, from the recorded inputs. */
async function again(
  { stage }: Node,
  { key: { code, inputs, environment } }: StageRecord,
  { store, workers, fetch, signal, onProgress = () => {} }: VerifyOptions,
): Promise<Outputs> {
  return await workers.run({
    code,
    request: requestOf(stage, { inputs, environment }),
    context: {
      object: store.object,
      scratch: emptyScratch(),
      fetch,
      signal,
      onProgress,
    },
  });
}

/** A scratch that starts empty and is not kept, so that an execution is a whole one. */
function emptyScratch(): Scratch {
  let saved: Uint8Array | undefined;
  return {
    load: () => Promise.resolve(saved),
    save(bytes) {
      saved = bytes.slice();
      return Promise.resolve();
    },
  };
}

interface Comparison {
  readonly isSame: boolean;
  readonly deviation: number;
  readonly differences: readonly FieldDifference[];
}

async function compare(
  [before, after]: readonly [Outputs, Outputs],
  { key: { result } }: StageRecord,
): Promise<Comparison> {
  const differences: FieldDifference[] = [];
  let isSame = true;
  for (const field of Object.keys({ ...before, ...after }).sort()) {
    const [a, b] = [before[field], after[field]];
    if (a !== undefined && b !== undefined && digestOf(a) === digestOf(b)) {
      continue;
    }
    isSame = false;
    const found: readonly ArtifactDifference[] = a === undefined ||
        b === undefined
      ? [{ kind: "other", path: "", before: "a field that only one has" }]
      : await differencesBetween(a, b, result[field] ?? "");
    for (const one of found) differences.push({ field, ...one });
  }
  return { isSame, deviation: largestDeviation(differences), differences };
}
