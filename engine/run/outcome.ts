/**
 * The records, failures and damage of a run so far.
 *
 * @module
 */
import { StageError, UpstreamError } from "../define/error.ts";
import { messageOf } from "../define/message_of.ts";
import type { StageEvent } from "./event.ts";
import type { Digest } from "../define/hash.ts";
import type { Stage } from "../define/ref.ts";
import type { DamagedObjectError, StageRecord } from "../store/store.ts";

/** Records, failures and damage, each said as an event when it is noted. */
export interface Outcome {
  /** The record of each stage that has an artifact, by name. */
  readonly records: Map<string, StageRecord>;
  readonly failures: readonly StageError[];
  /** Why each stage that could not start did not, by name. */
  readonly blocked: ReadonlyMap<string, UpstreamError>;
  /** Notes that a stage failed; the error to throw. */
  fail(stage: Stage, error: unknown): StageError;
  /** Notes that a stage cannot start; the error to throw. */
  block(stage: Stage, reason: unknown): unknown;
  /** Says that an artifact or a record is damaged, once. */
  reportDamage(
    stage: Stage,
    field: string,
    damage: Pick<DamagedObjectError, "digest" | "message">,
  ): void;
}

/** An outcome with nothing in it yet. */
export function newOutcome(emit: (event: StageEvent) => void): Outcome {
  const records = new Map<string, StageRecord>();
  const failures: StageError[] = [];
  const blocked = new Map<string, UpstreamError>();
  const reported = new Set<Digest>();
  return {
    records,
    failures,
    blocked,

    fail(stage, error) {
      const failure = error instanceof StageError ? error : new StageError(
        stage.name,
        `Cannot complete stage "${stage.name}": ${messageOf(error)}`,
        { cause: error },
      );
      records.delete(stage.name);
      failures.push(failure);
      emit({ kind: "stage-failed", stage: stage.name, error: failure });
      return failure;
    },

    block(stage, reason) {
      if (!(reason instanceof StageError || reason instanceof UpstreamError)) {
        return reason;
      }
      const error = new UpstreamError(
        reason.stage,
        `Cannot run stage "${stage.name}": stage "${reason.stage}" failed`,
        { cause: reason },
      );
      records.delete(stage.name);
      blocked.set(stage.name, error);
      return error;
    },

    reportDamage(stage, field, { digest, message }) {
      if (reported.has(digest)) return;
      reported.add(digest);
      emit({
        kind: "artifact-damaged",
        stage: stage.name,
        field,
        digest,
        message,
      });
    },
  };
}
