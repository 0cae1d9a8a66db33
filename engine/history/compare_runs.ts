/**
 * Compares two runs: which stages are not what they were, through which cause,
 * and what of their results moved.
 *
 * @module
 */
import { causesBetween } from "../keys/cause.ts";
import { sentencesOf } from "../keys/causes_alike.ts";
import { differencesBetween } from "./compare_artifacts.ts";
import type { Digest } from "../define/hash.ts";
import type { RunPipeline, RunStage } from "../store/historic_run.ts";
import type { FieldDifference } from "./artifact_difference.ts";
import {
  DamagedObjectError,
  type StageRecord,
  type Store,
} from "../store/store.ts";

/** A stage that ran anew, or has another key. */
export interface StageComparison {
  readonly stage: string;
  /** What became of the stage in the later run. */
  readonly state: RunStage["state"];
  /** Whether the stage failed for no other reason than that its published source cannot be had. */
  readonly unavailable?: true | undefined;
  /** Why the stage ran or has another key, in sentences. */
  readonly causes: readonly string[];
  /**
   * `new` if it failed or was not reached in the earlier run; `unknown` if what
   * a run made is no longer in the store, or the later one made nothing.
   */
  readonly result: "unchanged" | "changed" | "new" | "unknown";
  /** What differs in each field of the result. */
  readonly differences: readonly FieldDifference[];
}

/** What differs in a pipeline between two runs that have it. */
export interface PipelineComparison {
  /** Stages that are not what they were, producers first. */
  readonly stages: readonly StageComparison[];
  /** Stages that only the later run has. */
  readonly appeared: readonly string[];
  /** Stages that only the earlier run has. */
  readonly gone: readonly string[];
}

/** What two runs are compared by. */
export interface CompareOptions {
  readonly store: Store;
  /** Results of more bytes are compared by digest alone; no limit if left out. */
  readonly mostBytes?: number;
  /**
   * Whether to take the causes that the later run wrote down, where it did.
   * They are right, and quick to have, if the earlier run is the one before it.
   */
  readonly recordedCauses?: boolean;
}

/** Compares what became of one pipeline in two runs. */
export async function comparePipelines(
  [before, after]: readonly [RunPipeline, RunPipeline],
  options: CompareOptions,
): Promise<PipelineComparison> {
  const changed: { stage: string; old: RunStage; now: RunStage }[] = [];
  for (const [stage, now] of Object.entries(after.stages)) {
    const old = before.stages[stage];
    if (old === undefined) continue;
    const isKept = now.state === "reused"
      ? !isUnfinished(old.state)
      : now.state === old.state && now.state !== "ran";
    if (old.key !== now.key || !isKept) changed.push({ stage, old, now });
  }
  const stages: StageComparison[] = [];
  const producerOf = producerFinder(
    [...changed.map(({ stage }) => stage), ...Object.keys(after.stages)],
    { after, ...options },
  );
  for (const { stage, old, now } of changed) {
    stages.push(
      await compareStage(stage, { ...options, old, now, producerOf }),
    );
  }
  const only = (a: RunPipeline, b: RunPipeline) =>
    Object.keys(a.stages).filter((stage) => !(stage in b.stages));
  return {
    stages,
    appeared: only(after, before),
    gone: only(before, after),
  };
}

async function compareStage(
  stage: string,
  { old, now, producerOf, ...options }: CompareOptions & {
    readonly old: RunStage;
    readonly now: RunStage;
    readonly producerOf: FindProducer;
  },
): Promise<StageComparison> {
  const { store, mostBytes = Infinity, recordedCauses = false } = options;
  const { state, unavailable } = now;
  const became = unavailable ? { stage, state, unavailable } : { stage, state };
  const [a, b] = [recordOf(old, store), recordOf(now, store)];
  const recorded = now.causes ?? [];
  const isRecorded = old.key === now.key ||
    (recordedCauses && recorded.length > 0);
  const causes = a === undefined || b === undefined || isRecorded
    ? recorded
    : sentencesOf(
      causesBetween(a.key, b.key, producersOf([a, b], producerOf)),
    );
  const isMissing = b === undefined || isUnfinished(state);
  if (!isMissing && isUnfinished(old.state)) {
    return { ...became, causes, result: "new", differences: [] };
  }
  // The record of one key is that of the last time it ran.
  const isReplaced = old.key === now.key && now.state === "ran";
  if (isMissing || a === undefined || isReplaced) {
    return { ...became, causes, result: "unknown", differences: [] };
  }
  const differences: FieldDifference[] = [];
  let result: StageComparison["result"] = "unchanged";
  for (const field of Object.keys({ ...a.outputs, ...b.outputs }).sort()) {
    const [x, y] = [a.outputs[field], b.outputs[field]];
    if (x?.digest === y?.digest) continue;
    result = "changed";
    const format = b.key.result[field];
    if (x === undefined || y === undefined || format !== a.key.result[field]) {
      continue; // its cause says so
    }
    if (Math.max(x.bytes, y.bytes) > mostBytes) continue;
    const bytes = await Promise.all([x.digest, y.digest].map(read(store)));
    if (bytes[0] === undefined || bytes[1] === undefined) continue;
    const found = await differencesBetween(bytes[0], bytes[1], format ?? "");
    for (const one of found) differences.push({ field, ...one });
  }
  return { ...became, causes, result, differences };
}

function isUnfinished(state: RunStage["state"]): boolean {
  return state === "failed" || state === "blocked";
}

function recordOf(
  { key }: Pick<RunStage, "key">,
  store: Store,
): StageRecord | undefined {
  return key === undefined ? undefined : store.record(key);
}

function read(
  store: Store,
): (digest: Digest) => Promise<Uint8Array | undefined> {
  return async (digest) => {
    try {
      return await store.object(digest);
    } catch (error) {
      if (error instanceof DamagedObjectError) return undefined;
      throw error;
    }
  };
}

/** Finds the stage that made an artifact. */
type FindProducer = (digest: Digest) => string | undefined;

/**
 * Looks for producers of artifacts in the records of stages, in their order and
 * no further than it must: what another input is was made by a stage that is
 * not what it was, nearly always.
 */
function producerFinder(
  stages: readonly string[],
  { after, store }: { readonly after: RunPipeline; readonly store: Store },
): FindProducer {
  const producers = new Map<Digest, string>();
  let read = 0;
  return (digest) => {
    for (; !producers.has(digest) && read < stages.length; read++) {
      const stage = stages[read] ?? "";
      const record = recordOf(after.stages[stage] ?? {}, store);
      for (const { digest } of Object.values(record?.outputs ?? {})) {
        if (!producers.has(digest)) producers.set(digest, stage);
      }
    }
    return producers.get(digest);
  };
}

/** The stage that made each input that is not what it was, by path. */
function producersOf(
  [before, after]: readonly [StageRecord, StageRecord],
  producerOf: FindProducer,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(after.key.inputs).flatMap(([path, digest]) => {
      if (digest === before.key.inputs[path]) return [];
      const stage = producerOf(digest);
      return stage === undefined ? [] : [[path, stage]];
    }),
  );
}
