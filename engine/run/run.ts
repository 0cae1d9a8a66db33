/**
 * Runs a graph: makes every artifact that the store does not hold yet. It is
 * long because its functions share what is known of a run: what was reused, is
 * being made, or was damaged. Having a stage made, here or by a worker, could
 * become a file of its own.
 *
 * @module
 */
import type { Cause } from "../keys/cause.ts";
import { cachedRecord, decide, RECORD } from "./decide.ts";
import { type StageError, UpstreamError } from "../define/error.ts";
import type { StageEvent } from "./event.ts";
import type { FetchSource } from "./fetch_source.ts";
import type { Graph, Node } from "./graph.ts";
import type { Digest } from "../define/hash.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import { openLastKeys } from "./last_keys.ts";
import { newOutcome } from "./outcome.ts";
import { groupOf, type Pool } from "./workers/pool.ts";
import type { Stage } from "../define/ref.ts";
import type { RemoteStore } from "../store/remote_store.ts";
import { runStage } from "./run_stage.ts";
import { haveSameOutputs } from "./workers/keep_result.ts";
import { keyIn, type StaticKey } from "../keys/static_key.ts";
import {
  DamagedObjectError,
  type StageRecord,
  type Store,
} from "../store/store.ts";
import type { StageQueue } from "./queue/stage_queue.ts";
import type { WorkedBy } from "../store/historic_run.ts";
import { LeaseLostError, type Leases } from "../store/lease.ts";
import { nameOfProcess } from "../store/presence.ts";
import { pause } from "../store/use_store.ts";
import type { Workers } from "./workers/workers.ts";

/** What a run of a graph is given, most of it shared with other graphs. */
export interface RunOptions {
  readonly graph: Graph;
  /** The key of every stage, without its inputs. */
  readonly keys: ReadonlyMap<Stage, StaticKey>;
  readonly store: Store;
  /** Has stages made by workers of other processes, those of which it says so. */
  readonly queue?: (StageQueue & { isFor(stage: Stage): boolean }) | undefined;
  /** Of all runs on the store one at a time makes a stage. */
  readonly leases: Pick<Leases, "claim" | "holder">;
  /** Name under which the keys of this run are remembered, e.g. `spurious-tint.smoke`. */
  readonly name: string;
  /** Names of stages that run whatever the store holds. */
  readonly force: ReadonlySet<string>;
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
  /** Called with the key of each stage, once it is known. */
  readonly onKey?: (stage: string, key: Digest) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What a run of a graph did. */
export interface RunResult {
  /** The record of each stage that has an artifact, by name. */
  readonly records: ReadonlyMap<string, StageRecord>;
  /** Names of stages that ran, in the order in which they finished. */
  readonly ran: readonly string[];
  /** One error for each stage that failed. */
  readonly failures: readonly StageError[];
  /** Why each stage that could not start did not, by name. */
  readonly blocked: ReadonlyMap<string, UpstreamError>;
  /**
   * The record of a stage, made again after its artifact was found damaged.
   *
   * @throws {StageError | UpstreamError} if it cannot be made
   */
  remake(stage: Stage, damage: DamagedObjectError): Promise<StageRecord>;
}

/** Why a stage is made: as usual, by force, or because of a damaged artifact. */
interface Reason {
  readonly forced?: boolean;
  readonly damaged?: string;
}

/**
 * Runs a graph. Failures are returned, not thrown; what does not depend on them
 * still runs.
 *
 * @throws the reason of the signal, if it ends the run
 * @throws {StoreError} if the keys of the run cannot be written
 * @throws {Error} if the code of a stage that must run is not any more what it
 * was in the keys
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { graph, store, emit, signal, halt, pool } = options;
  const ends = AbortSignal.any([signal, halt]);
  const last = openLastKeys(store, options.name);
  const ran: string[] = [];
  const {
    records,
    failures,
    blocked,
    fail,
    block,
    reportDamage,
  } = newOutcome(emit);
  const reused = new Map<Stage, StageRecord>();
  const ensured = new Map<Stage, Promise<StageRecord>>();
  const remaking = new Map<Stage, Promise<StageRecord>>();

  /**
   * Takes a stage from the store if it is there, and so are those before it: in
   * one go, because a promise a stage would take longer than to look.
   */
  function reuse(node: Node): void {
    const { stage, inputs } = node;
    if (options.force.has(stage.name)) return;
    const digests: [path: string, digest: Digest][] = [];
    for (const { path, stage, field } of inputs) {
      const record = reused.get(stage);
      if (record === undefined) return;
      digests.push([path, record.outputs[field]?.digest ?? ""]);
    }
    const key = keyWith(node, digests);
    if (pool.running.has(digestOfKey(key))) return;
    const record = cachedRecord(node, { store, key });
    if (record === undefined) return;
    options.onKey?.(stage.name, digestOfKey(key));
    emit({ kind: "stage-cached", stage: stage.name });
    reused.set(stage, remember(stage, record));
  }

  function ensure(stage: Stage): Promise<StageRecord> {
    let found = ensured.get(stage);
    const record = reused.get(stage);
    if (found === undefined && record !== undefined) {
      ensured.set(stage, found = Promise.resolve(record));
    } else if (found === undefined) {
      const forced = options.force.has(stage.name);
      ensured.set(stage, found = make(graph.node(stage), { forced }));
      found.catch(() => {}); // seen by whoever awaits it
    }
    return found;
  }

  /** Makes a stage's artifact, going back to its producers when one of theirs proves damaged. */
  async function make(node: Node, first: Reason): Promise<StageRecord> {
    const { stage } = node;
    const remade = new Set<Digest>();
    let isAsked = first.forced ?? false;
    for (let reason = first;;) {
      const key = await keyOf(node);
      const digest = digestOfKey(key);
      options.onKey?.(stage.name, digest);
      const twin = pool.running.get(digest);
      if (twin !== undefined) {
        // Another stage with this very key, perhaps of another pipeline: what
        // it makes is ours as well.
        await twin.catch((error) => {
          if (signal.aborted) throw error;
          throw error instanceof UpstreamError
            ? block(stage, error)
            : fail(stage, error.cause ?? error.message);
        });
        reason = {};
        continue;
      }
      if (!isAsked && options.remote !== undefined) {
        isAsked = true;
        if (cachedRecord(node, { store, key }) === undefined) {
          await options.remote.pull(digest);
          if (cachedRecord(node, { store, key }) !== undefined) reason = {};
          continue; // a twin may have begun meanwhile
        }
      }
      const causes = causesOf(node, { key, reason });
      if (!Array.isArray(causes)) {
        emit({ kind: "stage-cached", stage: stage.name });
        return remember(stage, causes);
      }
      const made = attempt(node, { key, causes });
      pool.running.set(digest, made);
      const result = await made.finally(() => pool.running.delete(digest));
      if (!(result instanceof DamagedObjectError)) return result;
      const producer = node.inputs
        .find(({ path }) => key.inputs[path] === result.digest)?.stage;
      // Damaged again as soon as it was made: then the disk is to blame.
      if (producer === undefined || remade.has(result.digest)) {
        throw fail(stage, result);
      }
      remade.add(result.digest);
      await remake(producer, result).catch((error) => {
        throw block(stage, error);
      });
    }
  }

  /** Why a stage must run, or its record if it need not. */
  function causesOf(
    node: Node,
    { key, reason }: { readonly key: Key; readonly reason: Reason },
  ): Cause[] | StageRecord {
    const { stage } = node;
    if (reason.damaged !== undefined) {
      return [{ kind: "damaged", field: reason.damaged }];
    }
    const decision = decide(node, {
      store,
      key,
      last: last.of(stage.name),
      forced: (reason.forced ?? false) && !pool.made.has(digestOfKey(key)),
    });
    if (decision.kind === "cached") return decision.record;
    for (const cause of decision.causes) {
      if (cause.kind !== "missing" && cause.kind !== "damaged") continue;
      const digest = decision.record?.outputs[cause.field]?.digest;
      const state = cause.kind === "missing"
        ? "it is missing"
        : "its size is not what was written";
      if (digest === undefined) continue;
      reportDamage(stage, cause.field, new DamagedObjectError(digest, state));
    }
    return [...decision.causes];
  }

  /** Makes a stage, or waits for another run that does. */
  async function attempt(
    node: Node,
    why: { readonly key: Key; readonly causes: readonly Cause[] },
  ): Promise<StageRecord | DamagedObjectError> {
    const { stage } = node;
    const isForced = why.causes.some(({ kind }) => kind === "forced");
    if (options.queue?.isFor(stage)) return await byWorker(node, why);
    for (let told = "";;) {
      const end = await inSlot(node, why, told !== "");
      if (typeof end !== "string") return end;
      if (end !== told) {
        emit({ kind: "stage-elsewhere", stage: stage.name, message: end });
      }
      told = end;
      await untilFree(
        digestOfKey(why.key),
        () =>
          !isForced &&
          cachedRecord(node, { store, key: why.key }) !== undefined,
      )
        .catch((reason) => {
          throw signal.aborted ? signal.reason : block(stage, reason);
        });
    }
  }

  /** Has a worker run a stage, on whatever machine. */
  async function byWorker(
    { stage, height, ...node }: Node,
    { key, causes }: { readonly key: Key; readonly causes: readonly Cause[] },
  ): Promise<StageRecord | DamagedObjectError> {
    const before = previous(stage);
    try {
      ends.throwIfAborted();
      await dropDamagedRecord(stage, digestOfKey(key));
      const made = await options.queue?.make({
        stage,
        key,
        height,
        seconds: before?.seconds,
        replace: causes.some(({ kind }) => KNOWN.includes(kind)),
        made: () => cachedRecord({ stage, height, ...node }, { store, key }),
        onStart: (by) =>
          emit({ kind: "stage-started", stage: stage.name, causes, by }),
        signal: ends,
      });
      if (made === undefined) throw new TypeError("Cannot run without a queue");
      return finished(stage, { ...made, before });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (halt.aborted) throw block(stage, halt.reason);
      if (error instanceof DamagedObjectError) return error;
      throw fail(stage, error);
    }
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
   * @param hasWaited whether another run may have made it since it was decided
   * @returns that another run makes it, in words, if it does
   */
  async function inSlot(
    node: Node,
    { key, causes }: { readonly key: Key; readonly causes: readonly Cause[] },
    hasWaited: boolean,
  ): Promise<StageRecord | DamagedObjectError | string> {
    const { stage, height } = node;
    using seat = await pool.take({
      order: options.order,
      height,
      group: groupOf(stage, key),
    });
    try {
      ends.throwIfAborted();
      const claim = await options.leases.claim(digestOfKey(key));
      if (claim.kind === "theirs") {
        return `${nameOfProcess(claim.holder)} makes it`;
      }
      using lease = claim.lease;
      const isKnown = causes.some(({ kind }) => KNOWN.includes(kind));
      const isForced = causes.some(({ kind }) => kind === "forced");
      const made = isKnown && !hasWaited || isForced
        ? undefined
        : cachedRecord(node, { store, key });
      if (made !== undefined) {
        emit({ kind: "stage-cached", stage: stage.name });
        return remember(stage, made);
      }
      await dropDamagedRecord(stage, digestOfKey(key));
      emit({ kind: "stage-started", stage: stage.name, causes });
      const before = previous(stage);
      const { record, differs } = await runStage(stage, {
        ...options,
        key,
        replace: isKnown,
        signal: AbortSignal.any([ends, lease.lost]),
        crew: seat.crew,
        onProgress: (progress) =>
          emit({ kind: "stage-progress", stage: stage.name, progress }),
      });
      if (differs) emit({ kind: "stage-differs", stage: stage.name });
      return finished(stage, { record, before });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (halt.aborted) throw block(stage, halt.reason);
      if (error instanceof DamagedObjectError) return error;
      // Its own lease, or that of a stage that ran in one job with it.
      if (error instanceof LeaseLostError) return error.message;
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

  /** The key of a stage, once all its producers are done. */
  async function keyOf(node: Node): Promise<Key> {
    const made = await Promise.allSettled(
      node.inputs.map((input) => ensure(input.stage)),
    );
    signal.throwIfAborted();
    if (halt.aborted) throw block(node.stage, halt.reason);
    const digests = made.map((result, i): [string, Digest] => {
      if (result.status === "rejected") throw block(node.stage, result.reason);
      const { path = "", field = "" } = node.inputs[i] ?? {};
      return [path, result.value.outputs[field]?.digest ?? ""];
    });
    return keyWith(node, digests);
  }

  function keyWith(
    { stage }: Node,
    digests: readonly (readonly [path: string, digest: Digest])[],
  ): Key {
    return {
      ...keyIn(options.keys, stage),
      inputs: Object.fromEntries(digests),
    };
  }

  function previous(stage: Stage): StageRecord | undefined {
    const digest = last.of(stage.name);
    return digest === undefined ? undefined : store.record(digest);
  }

  function remember({ name }: Stage, record: StageRecord): StageRecord {
    records.set(name, record);
    last.set(name, digestOfKey(record.key));
    return record;
  }

  async function remake(
    stage: Stage,
    damage: DamagedObjectError,
  ): Promise<StageRecord> {
    const { digest } = damage;
    const record = await ensure(stage);
    const { outputs } = record;
    const damaged = Object.keys(outputs)
      .find((field) => outputs[field]?.digest === digest);
    if (damaged === undefined) return await ensure(stage);
    // Several readers may report one artifact; the first has it made again.
    let again = remaking.get(stage);
    if (again === undefined) {
      const key = digestOfKey(record.key);
      const before = pool.mending.get(key) ?? Promise.resolve();
      again = before.then(async () => {
        // Another reader or graph may have mended it, and must not lose it again.
        if (await isWhole(digest, store)) return record;
        reportDamage(stage, damaged, damage);
        await store.dropObject(digest);
        return await make(graph.node(stage), { damaged });
      }).finally(() => remaking.delete(stage));
      pool.mending.set(key, again.catch(() => {})); // seen by whoever awaits it
      remaking.set(stage, again);
      ensured.set(stage, again);
    }
    return await again;
  }

  try {
    signal.throwIfAborted();
    graph.nodes.forEach(reuse);
    const rest = graph.nodes.filter(({ stage }) => !reused.has(stage));
    if (rest.length > 0) await options.workers.ready();
    await Promise.allSettled(rest.map(({ stage }) => ensure(stage)));
  } finally {
    await last.flush();
  }
  if (signal.aborted) throw signal.reason;
  return {
    records,
    ran,
    failures,
    blocked,
    remake: (stage, damage) => remake(stage, damage).finally(last.flush),
  };
}

function isWhole(digest: Digest, store: Store): Promise<boolean> {
  return store.object(digest).then(() => true, (error) => {
    if (error instanceof DamagedObjectError) return false;
    throw error;
  });
}

/** Causes of a record that is there and must be made again. */
const KNOWN: readonly Cause["kind"][] = ["forced", "damaged", "missing"];

/** Between two looks at a stage that another run makes. */
const LEAST_WAIT_MILLISECONDS = 50;
const MOST_WAIT_MILLISECONDS = 2000;
