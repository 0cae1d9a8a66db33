/**
 * What graphs that run side by side share.
 *
 * @module
 */
import { type Crew, newCrew } from "./crew.ts";
import { isDefinition, sourceOf } from "../../define/definition.ts";
import type { WorkerJob } from "./execute_in_worker.ts";
import { canonicalJson, type Digest, type Json } from "../../define/hash.ts";
import type { Key } from "../../keys/key.ts";
import { isRef, mapLeaves, type Stage } from "../../define/ref.ts";
import { slots } from "../../store/slots.ts";
import type { DamagedObjectError, StageRecord } from "../../store/store.ts";
import type { Outputs } from "./outputs.ts";

/** A place to run in; disposing of it gives it back, once. */
export interface Seat extends Disposable {
  /** The stages that run with this one as one job. */
  readonly crew: Crew<WorkerJob, Outputs>;
}

/** Stages that may run as one job. */
export interface Group {
  /** Name of the group, the same for all its stages. */
  readonly name: string;
  /** How many stages run as one job at most. */
  readonly most: number;
}

/** Slots to run in, and the stages that run or have run, by key. */
export interface Pool {
  /**
   * Waits for a slot: the first graph is served first, and in it the longest
   * chain. A stage of a group that gets one takes those of its group along that
   * are ready too.
   */
  take(
    place: {
      readonly order: number;
      readonly height: number;
      readonly group?: Group | undefined;
    },
  ): Promise<Seat>;
  /** Stages that run now or wait for a slot. */
  readonly running: Map<Digest, Promise<StageRecord | DamagedObjectError>>;
  /** Keys whose stage has run: by force it runs once. */
  readonly made: Set<Digest>;
}

/** Which stages a stage may run together with; `undefined` if it runs alone. */
export function groupOf(
  { task, args }: Stage,
  { environment }: Pick<Key, "environment">,
): Group | undefined {
  const { together } = task;
  if (together === undefined) return undefined;
  const most = together.most(environment);
  if (most < 2) return undefined;
  const plain = mapLeaves(args, (leaf) => {
    if (isRef(leaf)) return null;
    return isDefinition(leaf) ? { ...sourceOf(leaf) } : leaf;
  }) as Readonly<Record<string, Json>>;
  const { module, name } = task;
  const group = together.group(plain);
  return { name: canonicalJson([module, name, environment, group]), most };
}

/** Greater than the height of any stage, so that the order of graphs counts first. */
const HEIGHTS = 2 ** 30;

/**
 * An empty pool.
 *
 * @param jobs how many stages may run at once
 * @throws {RangeError} if that is not a positive integer
 */
export function newPool(jobs: number): Pool {
  const slot = slots(jobs);
  /** By the name of their group, the stages that have no seat yet. */
  const standing = new Map<string, Set<(seat: Seat) => void>>();

  /** Waits for a slot, or for a seat beside a stage of the group that got one. */
  async function takeOrJoin(
    { name, most }: Group,
    priority: number,
  ): Promise<Seat> {
    const { promise, resolve } = Promise.withResolvers<Seat>();
    const others = standing.getOrInsertComputed(name, () => new Set());
    others.add(resolve);
    slot.take(priority).then((taken) =>
      setImmediate(() => {
        // A turn later: what is ready for the same reason is ready by then.
        if (!others.delete(resolve)) return taken[Symbol.dispose]();
        const crew = [resolve, ...[...others].slice(0, most - 1)];
        for (const one of crew) others.delete(one);
        const shared = newCrew<WorkerJob, Outputs>(
          crew.length,
          () => taken[Symbol.dispose](),
        );
        for (const one of crew) one(seatIn(shared));
      })
    );
    return await promise;
  }

  return {
    async take({ order, height, group }) {
      const priority = height - order * HEIGHTS;
      if (group !== undefined) return await takeOrJoin(group, priority);
      const taken = await slot.take(priority);
      return seatIn(newCrew(1, () => taken[Symbol.dispose]()));
    },
    running: new Map(),
    made: new Set(),
  };
}

function seatIn(crew: Seat["crew"]): Seat {
  let isTaken = true;
  return {
    crew,
    [Symbol.dispose]() {
      if (isTaken) crew.leave();
      isTaken = false;
    },
  };
}
