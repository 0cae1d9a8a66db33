/**
 * Runs a graph: makes every artifact that the store does not hold yet.
 *
 * @module
 */
import type { AcceptedEdits } from "../keys/accepted_edits.ts";
import type { Cause } from "../keys/cause.ts";
import { decide, storedRecord } from "./decide.ts";
import { StageError, UpstreamError } from "../define/error.ts";
import type { Graph, Input, Node } from "./graph.ts";
import type { Digest } from "../define/hash.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import { type LastKeys, openLastKeys } from "./last_keys.ts";
import { type MakeOptions, type MakeState, stageMaker } from "./make_stage.ts";
import { newOutcome, type Outcome } from "./outcome.ts";
import type { Stage } from "../define/ref.ts";
import { keyIn, type StaticKey } from "../keys/static_key.ts";
import { DamagedObjectError, type StageRecord } from "../store/store.ts";

/** What a run of a graph is given, most of it shared with other graphs. */
export interface RunOptions extends MakeOptions {
  readonly graph: Graph;
  /** The key of every stage, without its inputs. */
  readonly keys: ReadonlyMap<Stage, StaticKey>;
  /** Name under which the keys of this run are remembered, e.g. `spurious-tint.smoke`. */
  readonly name: string;
  /** Names of stages that run whatever the store holds. */
  readonly force: ReadonlySet<string>;
  /** Edits that change no result. */
  readonly accepted: AcceptedEdits;
  /** Whether nothing is made: where not everything is in the store, the result has no records. */
  readonly fromStore?: boolean;
  /** Called with the key of each stage, once it is known, and again where the stage is that of an earlier one. */
  readonly onKey?: (stage: string, key: Digest) => void;
}

/** What a run of a graph did. */
export interface RunResult {
  /** The record of each stage that has an artifact, by name. */
  readonly records: ReadonlyMap<string, StageRecord>;
  /** Names of stages that ran, in the order in which they finished. */
  readonly ran: readonly string[];
  /** Names of stages whose records are of before edits of their code that are accepted. */
  readonly accepted: ReadonlySet<string>;
  /** One error for each stage that failed. */
  readonly failures: readonly StageError[];
  /** Why each stage that could not start did not, by name. */
  readonly blocked: ReadonlyMap<string, UpstreamError>;
  /**
   * The record of a stage, made again after its artifact was found damaged.
   *
   * @throws {StageError | UpstreamError} if it cannot be made, or was asked for before
   */
  remake(stage: Stage, damage: DamagedObjectError): Promise<StageRecord>;
}

/** A remote is asked for so many keys of before accepted edits: each takes its time to say that it has none. */
const MOST_ASKED = 8;

/** What is known of a run so far, and of the one before it. */
interface Notes extends Outcome, MakeState {
  /** Names of stages whose records are of before edits of their code that are accepted. */
  readonly accepted: Set<string>;
  readonly last: LastKeys;
  /** Says that a stage is there already, and notes by which key it was made. */
  found(stage: Stage, key: Key, record: StageRecord): void;
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
  const { graph, signal } = options;
  const notes = newNotes(options);
  const { records, ran, accepted, failures, blocked, fail, last } = notes;
  signal.throwIfAborted();
  const reused = stagesThere(options, notes);
  const { ensureAll, remake } = makerOf(options, { notes, reused });
  /** Artifacts that were made again for the output. */
  const remade = new Set<Digest>();
  const result = {
    records,
    ran,
    accepted,
    failures,
    blocked,
    async remake(stage: Stage, damage: DamagedObjectError) {
      const { digest } = damage;
      // Damaged again as soon as it was made: then the disk is to blame.
      if (remade.has(digest)) throw fail(stage, damage);
      remade.add(digest);
      return await remake(stage, damage).finally(last.flush);
    },
  };
  const rest = graph.nodes.filter(({ stage }) => !reused.has(stage));
  if (rest.length > 0 && options.fromStore) return result;
  for (const [stage, record] of reused) notes.remember(stage, record);
  const [made] = await Promise.allSettled([ensureAll(rest)]);
  const [kept] = await Promise.allSettled([last.flush()]);
  signal.throwIfAborted();
  // Where the store is gone nothing can be kept either: what was first is said.
  for (const end of [made, kept]) {
    if (end.status === "rejected") throw end.reason;
  }
  return result;
}

/** Nothing is known yet but the keys of the run before. */
function newNotes(
  { store, emit, name: pipeline, leases, onKey }: RunOptions,
): Notes {
  const outcome = newOutcome(emit);
  const accepted = new Set<string>();
  const last = openLastKeys(store, { pipeline, leases });
  return {
    ...outcome,
    ran: [],
    accepted,
    last,
    found({ name }, key, record) {
      const made = digestOfKey(record.key);
      onKey?.(name, made);
      if (made !== digestOfKey(key)) accepted.add(name);
      emit({ kind: "stage-cached", stage: name });
    },
    previous({ name }) {
      const digest = last.of(name);
      return digest === undefined ? undefined : store.record(digest);
    },
    remember({ name }, record) {
      outcome.records.set(name, record);
      last.set(name, digestOfKey(record.key));
      return record;
    },
  };
}

/**
 * The stages that are in the store, and so are all those before them: found in
 * one go, because a promise a stage would take longer than to look.
 */
function stagesThere(
  options: RunOptions,
  { found }: Notes,
): ReadonlyMap<Stage, StageRecord> {
  const there = new Map<Stage, StageRecord>();
  for (const node of options.graph.nodes) {
    const { stage, inputs } = node;
    if (options.force.has(stage.name)) continue;
    if (!inputs.every((input) => there.has(input.stage))) continue;
    const key = keyWith(node, (input) => there.get(input.stage), options);
    if (options.pool.running.has(digestOfKey(key))) continue;
    const record = storedRecord(node, { ...options, key });
    if (record === undefined) continue;
    found(stage, key, record);
    there.set(stage, record);
  }
  return there;
}

/** The key of a stage, given the record of the stage that makes each of its inputs. */
function keyWith(
  { stage, inputs }: Node,
  recordOf: (input: Input, i: number) => StageRecord | undefined,
  { keys }: Pick<RunOptions, "keys">,
): Key {
  const digests = inputs.map((input, i): [string, Digest] => [
    input.path,
    recordOf(input, i)?.outputs[input.field]?.digest ?? "",
  ]);
  return { ...keyIn(keys, stage), inputs: Object.fromEntries(digests) };
}

/** Whether the remote has what a stage makes, by its code or by that before the newest edits that are accepted. */
async function isPulled(
  node: Node,
  options: RunOptions & { readonly key: Key },
): Promise<boolean> {
  const { key, remote, accepted } = options;
  const earlier = Iterator.from(accepted.earlier(key));
  for (const one of [key, ...earlier.take(MOST_ASKED)]) {
    await remote?.pull(digestOfKey(one));
    if (storedRecord(node, options) !== undefined) return true;
  }
  return false;
}

/** Makes stages of a run, each once its producers are there; nothing is made yet. */
function makerOf(
  options: RunOptions,
  { notes, reused }: {
    readonly notes: Notes;
    readonly reused: ReadonlyMap<Stage, StageRecord>;
  },
) {
  const { graph, store, signal, halt, pool } = options;
  const { fail, block, found, remember, reportDamage } = notes;
  const attempt = stageMaker(options, notes);
  const ensured = new Map<Stage, Promise<StageRecord>>();
  /** Those of {@linkcode ensured} that are being made again. */
  const remaking = new Map<Stage, Promise<StageRecord>>();

  /** Makes stages; throws what is no failure of one, such as that the store cannot be read. */
  async function ensureAll(nodes: readonly Node[]): Promise<void> {
    if (nodes.length > 0) await options.workers.ready();
    const ends = await Promise.allSettled(
      nodes.map(({ stage }) => ensure(stage)),
    );
    const other = ends.find((end) =>
      end.status === "rejected" &&
      !(end.reason instanceof StageError ||
        end.reason instanceof UpstreamError)
    );
    if (other?.status === "rejected") throw other.reason;
  }

  /** The record of a stage, which is made if it was not there and nothing has asked for it yet. */
  function ensure(stage: Stage): Promise<StageRecord> {
    return ensured.getOrInsertComputed(stage, () => {
      const record = reused.get(stage);
      if (record !== undefined) return Promise.resolve(record);
      const forced = options.force.has(stage.name);
      const made = make(graph.node(stage), { forced });
      made.catch(() => {}); // seen by whoever awaits it
      return made;
    });
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
        if (storedRecord(node, { ...options, key }) === undefined) {
          if (await isPulled(node, { ...options, key })) reason = {};
          continue; // a twin may have begun meanwhile
        }
      }
      const causes = causesOf(node, { key, reason });
      if (!Array.isArray(causes)) {
        found(stage, key, causes);
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

  /** The key of a stage, once all its producers are done. */
  async function keyOf(node: Node): Promise<Key> {
    const made = await Promise.allSettled(
      node.inputs.map((input) => ensure(input.stage)),
    );
    signal.throwIfAborted();
    if (halt.aborted) throw block(node.stage, halt.reason);
    const records = made.map((result) => {
      if (result.status === "rejected") throw block(node.stage, result.reason);
      return result.value;
    });
    return keyWith(node, (_, i) => records[i], options);
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
      last: notes.last.of(stage.name),
      forced: (reason.forced ?? false) && !pool.made.has(digestOfKey(key)),
      accepted: options.accepted,
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

  /** The record of a stage, made again unless the artifact that was damaged is whole by now. */
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
      // A stage that makes the same, or another graph, may have mended it.
      if (store.dropDamaged(digest)) return record;
      reportDamage(stage, damaged, damage);
      again = make(graph.node(stage), { damaged })
        .finally(() => remaking.delete(stage));
      remaking.set(stage, again);
      ensured.set(stage, again);
    }
    return await again;
  }

  return { ensureAll, remake };
}
