/**
 * What goes on in the queue of a store: how many stages wait, and which workers
 * are at them.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import {
  isNumber,
  isString,
  optional,
  recordOf,
  shapeOf,
} from "../../define/shape.ts";
import type { Progress } from "../../define/task_context.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import { isThisMachine } from "../../store/machine.ts";
import type { Sighting } from "../../store/presence.ts";
import type { StoreUse } from "../../store/use_store.ts";
import type { QueueFiles } from "./queue_files.ts";

/** How many stages wait for a worker, and how many are with one that lives. */
export interface QueueCounts {
  readonly ready: number;
  readonly running: number;
}

/** A worker, as the store knows it. */
export interface SeenWorker {
  /** Id of its presence. */
  readonly id: string;
  /** What a scheduler calls its machine, or else its name; empty if neither is known. */
  readonly node: string;
  readonly pid: number;
  /** When it began: ISO 8601, UTC, by the clock of its machine. */
  readonly since: string;
  readonly isAlive: boolean;
  /** Seconds since its last sign of life. */
  readonly age: number;
  /** Id of the job of a scheduler that it runs in, e.g. `123_4`. */
  readonly job?: string | undefined;
  readonly gpu?: string | undefined;
  readonly device?: string | undefined;
  /** Keys of the stages that it is at. */
  readonly stages: readonly Digest[];
  /** How far those are that say so. */
  readonly progress: ReadonlyMap<Digest, Progress>;
}

/**
 * Counts of a queue by the device that stages need, `any` where that is none.
 *
 * @param options.checkout whose stages are counted; all are if it is left out
 */
export function queueCounts(
  queue: Pick<QueueFiles, "jobs">,
  use: Pick<StoreUse, "held">,
  { checkout }: { readonly checkout?: string } = {},
): ReadonlyMap<string, QueueCounts> {
  // The dead keep their leases until somebody takes these over.
  const held = use.held();
  const counts = new Map<string, QueueCounts>();
  for (const { device, key, ...name } of queue.jobs()) {
    if (name.checkout !== (checkout ?? name.checkout)) continue;
    const { ready, running } = counts.get(device) ?? { ready: 0, running: 0 };
    counts.set(
      device,
      held.has(key)
        ? { ready, running: running + 1 }
        : { ready: ready + 1, running },
    );
  }
  return counts;
}

/** All workers of a store that have said of themselves that they are there, dead ones included until somebody buries them. */
export function seenWorkers(
  { presence }: Pick<StoreUse, "presence">,
): readonly SeenWorker[] {
  return workersAmong(presence.others());
}

/** Those of some processes that are workers. */
export function workersAmong(
  sightings: readonly Sighting[],
): readonly SeenWorker[] {
  return sightings.flatMap((sighting) => workerOf(sighting) ?? []);
}

/** Whether a process may be a run that waits for stages: it lives, and is neither a worker nor this process. */
export function isOtherRun({ isAlive, note }: Sighting): boolean {
  if (!isAlive || note?.about?.["role"] === WORKER_ROLE) return false;
  return note?.pid !== Deno.pid || !isThisMachine(note.machine);
}

function workerOf(
  { id, note, isAlive, age }: Sighting,
): SeenWorker | undefined {
  const about = note?.about ?? {};
  const { role, job, gpu, device, node, stages = "" }: Partial<typeof about> =
    about;
  if (note === undefined || role !== WORKER_ROLE) return undefined;
  const { machine, pid, since } = note;
  return {
    id,
    node: node ?? machine.split("/")[0] ?? "",
    pid,
    since,
    isAlive,
    age,
    job,
    gpu,
    device,
    stages: stages.split(" ").filter(Boolean),
    progress: progressIn(about["progress"]),
  };
}

/** What a worker says of how far its stages are. */
export function progressNote(
  progress: ReadonlyMap<Digest, Progress>,
): Readonly<Record<string, string>> {
  return progress.size === 0
    ? {}
    : { progress: JSON.stringify(Object.fromEntries(progress)) };
}

const isProgress = recordOf(shapeOf<Progress>({
  unit: isString,
  done: isNumber,
  total: isNumber,
  epoch: optional(isNumber),
  epochs: optional(isNumber),
  loss: optional(isNumber),
  images: optional(isNumber),
  note: optional(isString),
}));

/** What {@linkcode progressNote} has said; nothing if it is not that. */
function progressIn(text = "{}"): ReadonlyMap<Digest, Progress> {
  try {
    const said: unknown = JSON.parse(text);
    return new Map(isProgress(said) ? Object.entries(said) : []);
  } catch {
    return new Map();
  }
}

/** What a worker says of its role. */
export const WORKER_ROLE = "work";

/** What of a worker is said of the stages that it makes. */
export function byOf(
  { node, pid, job, gpu }: {
    readonly node: string;
    readonly pid: number;
    readonly job?: string | undefined;
    readonly gpu?: string | undefined;
  },
): WorkedBy {
  return {
    ...node === "" ? {} : { node },
    pid: `${pid}`,
    ...job === undefined ? {} : { job },
    ...gpu === undefined ? {} : { gpu },
  };
}

/** Where a stage was made, in words: `host-b, job 123_4`. */
export function placeOf(by: WorkedBy): string {
  const { node, job, pid }: Partial<WorkedBy> = by;
  return [
    node ?? (pid === undefined ? undefined : `process ${pid}`),
    job === undefined ? undefined : `job ${job}`,
  ].filter((part) => part !== undefined).join(", ");
}
