/**
 * Workers among the processes at a store: what they say of themselves there,
 * and how a run reads it.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import { readJson } from "../../define/json.ts";
import {
  isNumber,
  isString,
  optional,
  recordOf,
  shapeOf,
} from "../../define/shape.ts";
import type { Progress } from "../../define/task_context.ts";
import { isThisMachine } from "../../store/machine.ts";
import type { Sighting } from "../../store/presence.ts";

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
  return new Map(Object.entries(readJson(text, isProgress) ?? {}));
}

/** What a worker says of its role. */
export const WORKER_ROLE = "work";
