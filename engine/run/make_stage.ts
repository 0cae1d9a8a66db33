/**
 * Having one stage made: here in a slot, by a worker of another process, or by
 * another run that is at it already.
 *
 * @module
 */
import type { Cause } from "../keys/cause.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { Digest } from "../define/hash.ts";
import type { Stage } from "../define/ref.ts";
import { GoneError, goneStore } from "../store/gone_store.ts";
import { LeaseLostError, type Leases } from "../store/lease.ts";
import { nameOfProcess } from "../store/presence.ts";
import { pause } from "../store/pause.ts";
import type { RemoteStore } from "../store/remote_store.ts";
import type { WorkedBy } from "../store/historic_run.ts";
import {
  DamagedObjectError,
  type StageRecord,
  type Store,
} from "../store/store.ts";
import { cachedRecord, RECORD } from "./decide.ts";
import type { StageEvent } from "./event.ts";
import type { FetchSource } from "./fetch_source.ts";
import type { Node } from "./graph.ts";
import type { Outcome } from "./outcome.ts";
import type { StageQueue } from "./queue/stage_queue.ts";
import { runStage } from "./run_stage.ts";
import { haveSameOutputs } from "./workers/keep_result.ts";
import { type Group, groupOf, type Pool } from "./workers/pool.ts";
import type { Workers } from "./workers/workers.ts";

/** What making a stage takes, shared by all stages of a run and mostly with other graphs. */
export interface MakeOptions {
  readonly store: Store;
  /** Has stages made by workers of other processes, those of which it says so. */
  readonly queue?: (StageQueue & { isFor(stage: Stage): boolean }) | undefined;
  /** Of all runs on the store one at a time makes a stage. */
  readonly leases: Pick<Leases, "claim" | "holder">;
  /** Slots to run in, shared with other graphs that run at the same time. */
  readonly pool: Pool;
  /** Where stages run; shared as well. */
  readonly workers: Workers;
  /** The place of this graph among the graphs of the pool; lower ones are served first. */
  readonly order: number;
  /** Gets published files. */
  readonly fetch: FetchSource;
  /** A second store, asked for what the first lacks. */
  readonly remote?: RemoteStore | undefined;
  readonly signal: AbortSignal;
  /** Raised with a stage's error if that shall end all others. */
  readonly halt: AbortSignal;
  readonly emit: (event: StageEvent) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What is known of a run while its stages are made. */
export interface MakeState
  extends Pick<Outcome, "fail" | "block" | "reportDamage"> {
  /** Names of stages that ran, in the order in which they finished. */
  readonly ran: string[];
  /** The record of a stage when it last ran. */
  previous(stage: Stage): StageRecord | undefined;
  /** Notes the record of a stage. */
  remember(stage: Stage, record: StageRecord): StageRecord;
}

/** A stage that is to be made, and why. */
interface Wanted {
  readonly key: Key;
  readonly causes: readonly Cause[];
}

/**
 * Makes a stage, or waits for another run that does; a damaged input is a
 * result, everything else that goes wrong is thrown.
 */
export type MakeStage = (
  node: Node,
  wanted: Wanted,
) => Promise<StageRecord | DamagedObjectError>;

/** Makes stages of one run. */
export function stageMaker(
  options: MakeOptions,
  { ran, fail, block, reportDamage, previous, remember }: MakeState,
): MakeStage {
  const { store, queue, emit, signal, halt, pool } = options;
  const ends = AbortSignal.any([signal, halt]);

  async function attempt(
    node: Node,
    why: Wanted,
  ): Promise<StageRecord | DamagedObjectError> {
    const { stage } = node;
    store.forgetRecord(digestOfKey(why.key));
    if (queue?.isFor(stage)) return await byWorker(queue, node, why);
    for (let told = "";;) {
      const end = await inSlot(node, why);
      if (typeof end !== "string") return end;
      if (end !== told) {
        emit({ kind: "stage-elsewhere", stage: stage.name, message: end });
      }
      told = end;
      await untilFree(
        digestOfKey(why.key),
        () =>
          !isForced(why) &&
          cachedRecord(node, { store, key: why.key }) !== undefined,
      )
        .catch((reason) => {
          throw signal.aborted ? signal.reason : block(stage, reason);
        });
    }
  }

  /** Has a worker run a stage, on whatever machine. */
  async function byWorker(
    queue: StageQueue,
    node: Node,
    why: Wanted,
  ): Promise<StageRecord | DamagedObjectError> {
    const { stage, height } = node;
    const { key, causes } = why;
    const before = previous(stage);
    try {
      ends.throwIfAborted();
      await dropDamagedRecord(stage, digestOfKey(key));
      const made = await queue.make({
        stage,
        key,
        height,
        seconds: before?.seconds,
        replace: isForced(why),
        made: () => cachedRecord(node, { store, key }),
        onStart: (by) =>
          emit({ kind: "stage-started", stage: stage.name, causes, by }),
        onProgress: (progress) =>
          emit({ kind: "stage-progress", stage: stage.name, progress }),
        signal: ends,
      });
      return finished(stage, { ...made, before });
    } catch (error) {
      throwIfOver(stage, error);
      if (error instanceof DamagedObjectError) return error;
      throw fail(stage, error);
    }
  }

  /** Throws what ended all stages, and not one alone, if anything did. */
  function throwIfOver(stage: Stage, error: unknown): void {
    if (signal.aborted) throw signal.reason;
    if (halt.aborted) throw block(stage, halt.reason);
    const gone = goneStore(store.folder);
    if (gone !== undefined) throw gone;
    if (error instanceof GoneError) throw error;
  }

  /** Notes that a stage has run. */
  function finished(
    stage: Stage,
    { record, before, by }: {
      readonly record: StageRecord;
      readonly before: StageRecord | undefined;
      readonly by?: WorkedBy;
    },
  ): StageRecord {
    ran.push(stage.name);
    pool.made.add(digestOfKey(record.key));
    options.remote?.push(record);
    const sizes = Object.values(record.outputs).map(({ bytes }) => bytes);
    emit({
      kind: "stage-finished",
      stage: stage.name,
      seconds: record.seconds,
      bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      unchanged: before !== undefined && haveSameOutputs(before, record),
      ...by === undefined ? {} : { by },
    });
    return remember(stage, record);
  }

  /** Waits until nobody alive has a lease, or all is there that it was for. */
  async function untilFree(name: string, isMade: () => boolean): Promise<void> {
    let wait = LEAST_WAIT_MILLISECONDS;
    while (!isMade() && options.leases.holder(name) !== undefined) {
      await pause(wait, ends);
      wait = Math.min(1.5 * wait, MOST_WAIT_MILLISECONDS);
    }
  }

  /**
   * Runs a stage in a slot; a damaged input is a result, everything else that
   * goes wrong is thrown.
   *
   * @returns that another run makes it, in words, if it does
   */
  async function inSlot(
    node: Node,
    why: Wanted,
  ): Promise<StageRecord | DamagedObjectError | string> {
    const { stage, height } = node;
    const { key, causes } = why;
    const group = groupIn(stage, key);
    using seat = await pool.take({ order: options.order, height, group });
    try {
      ends.throwIfAborted();
      const claim = await options.leases.claim(digestOfKey(key));
      using _lease = claim.kind === "ours" ? claim.lease : undefined;
      // Another run may have made it since it was decided, and still hold the lease.
      const made = isForced(why)
        ? undefined
        : cachedRecord(node, { store, key });
      if (made !== undefined) {
        emit({ kind: "stage-cached", stage: stage.name });
        return remember(stage, made);
      }
      if (claim.kind === "theirs") {
        return `${nameOfProcess(claim.holder)} makes it`;
      }
      await dropDamagedRecord(stage, digestOfKey(key));
      emit({ kind: "stage-started", stage: stage.name, causes });
      const before = previous(stage);
      const { record, differs } = await runStage(stage, {
        ...options,
        key,
        replace: store.recordOf(key) !== undefined,
        signal: AbortSignal.any([ends, claim.lease.lost]),
        crew: seat.crew,
        onProgress: (progress) =>
          emit({ kind: "stage-progress", stage: stage.name, progress }),
      });
      if (differs) emit({ kind: "stage-differs", stage: stage.name });
      return finished(stage, { record, before });
    } catch (error) {
      throwIfOver(stage, error);
      if (error instanceof DamagedObjectError) return error;
      // Its own lease, or that of a stage that ran in one job with it.
      if (error instanceof LeaseLostError) return error.message;
      throw fail(stage, error);
    }
  }

  /** What a task says of its groups is its own code: if that throws, the stage fails. */
  function groupIn(stage: Stage, key: Key): Group | undefined {
    try {
      return groupOf(stage, key);
    } catch (error) {
      throw fail(stage, error);
    }
  }

  /** A record that is not whole is named and goes before its stage runs. */
  async function dropDamagedRecord(stage: Stage, key: Digest): Promise<void> {
    if (!store.isRecordDamaged(key)) return;
    const short = key.slice(0, 12);
    reportDamage(stage, RECORD, {
      digest: key,
      message:
        `Cannot read record ${short}: what it says is not what a run would write`,
    });
    await store.dropRecord(key);
  }

  return attempt;
}

function isForced({ causes }: Wanted): boolean {
  return causes.some(({ kind }) => kind === "forced");
}

/** Between two looks at a stage that another run makes. */
const LEAST_WAIT_MILLISECONDS = 50;
const MOST_WAIT_MILLISECONDS = 2000;
