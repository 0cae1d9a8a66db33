/**
 * Reads what a pipeline gives from what the store holds. Runs nothing.
 *
 * @module
 */
import { SourceUnavailableError } from "../define/error.ts";
import type { Stage } from "../define/ref.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { HistoricRun, RunPipeline } from "../store/historic_run.ts";
import type { OpenPipeline, Reproduced } from "../run/open_pipeline.ts";
import { newOutcome } from "../run/outcome.ts";
import type { PlannedStage } from "../run/plan.ts";
import { resolve } from "../run/resolve.ts";

/** What the store holds of a pipeline. */
export type Stored<T> =
  | {
    readonly kind: "complete";
    /** What a run of the pipeline would give in which nothing had to be made. */
    readonly done: Reproduced<T>;
  }
  | {
    readonly kind: "missing";
    /** Stages without an artifact, of which no run says why. */
    readonly stages: readonly StoredStage[];
  };

/** A stage, and its record if the store has that. */
type StoredStage = Pick<PlannedStage, "node" | "record"> & {
  /** The key that it has now, where that was asked. */
  readonly key?: Key;
};

/**
 * The output of a pipeline, from the store alone. A stage that failed in the
 * last run that reached it counts as failed, with the reason that it had: what the output has
 * in its place is given.
 *
 * @throws {DamagedObjectError} if an artifact is not what was written
 */
export async function readStored<T>(
  pipeline: OpenPipeline<T>,
  history: History,
): Promise<Stored<T>> {
  return await read(pipeline, {
    ...history,
    stages: await pipeline.plan(new Set()),
  });
}

/**
 * The same from the last run of the pipeline that came to its end, though code
 * or numbers are others by now.
 *
 * @throws {DamagedObjectError} if an artifact is not what was written
 */
export async function readLast<T>(
  pipeline: OpenPipeline<T>,
  history: History,
): Promise<Stored<T>> {
  const { name, profile, graph, store } = pipeline;
  // Last keys of the stages would mix runs: of one that failed halfway with those before.
  const run = history.runs.findLast((run) =>
    run.profile === profile && run.pipelines[name]?.summary !== undefined
  );
  const ended = run?.pipelines[name]?.stages ?? {};
  const stages = graph.nodes.map((node) => {
    const { key, state } = ended[node.stage.name] ?? {};
    const isMade = state === "ran" || state === "reused";
    return {
      node,
      record: key !== undefined && isMade ? store.record(key) : undefined,
    };
  });
  return await read(pipeline, { runs: run === undefined ? [] : [run], stages });
}

/** The runs that a store remembers, oldest first. */
interface History {
  readonly runs: readonly HistoricRun[];
}

async function read<T>(
  pipeline: OpenPipeline<T>,
  { runs, stages }: History & { readonly stages: readonly StoredStage[] },
): Promise<Stored<T>> {
  const { name, output, store } = pipeline;
  // Of each stage what became of it last: a run that was stopped, or never began, knows of few.
  const last: RunPipeline["stages"] = Object.assign(
    {},
    ...runs.filter(({ profile }) => profile === pipeline.profile)
      .map(({ pipelines }) => pipelines[name]?.stages),
  );
  const { records, failures, blocked, fail, block } = newOutcome(() => {});
  /** Why stages have no artifact. */
  const errors = new Map<Stage, unknown>();
  const missing: StoredStage[] = [];

  for (const one of stages) {
    const { node: { stage, inputs }, record } = one;
    const { state, reason, unavailable } = last[stage.name] ?? {};
    const errorBefore = inputs.map(({ stage }) => errors.get(stage))
      .find((error) => error !== undefined);
    if (record !== undefined) records.set(stage.name, record);
    else if (errorBefore !== undefined) {
      errors.set(stage, block(stage, errorBefore));
    } else if (state === "failed" && reason !== undefined) {
      const cause = unavailable === true
        ? new SourceUnavailableError(reason)
        : new Error(reason);
      errors.set(stage, fail(stage, cause));
    } else missing.push(one);
  }
  if (missing.length > 0) return { kind: "missing", stages: missing };
  const result = {
    records,
    ran: [],
    accepted: new Set(
      stages.filter(({ key, record }) =>
        key !== undefined && record !== undefined &&
        digestOfKey(record.key) !== digestOfKey(key)
      ).map(({ node }) => node.stage.name),
    ),
    failures,
    blocked,
    remake: (_stage: unknown, damage: Error) => Promise.reject(damage),
  };
  return {
    kind: "complete",
    done: {
      name,
      pipeline,
      result,
      output: await resolve<T>(output, { result, store }),
    },
  };
}
