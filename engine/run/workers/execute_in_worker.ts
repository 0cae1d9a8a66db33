/**
 * Runs one stage in a worker: what is said between sending the request and the
 * answer.
 *
 * @module
 */
import type { Outputs } from "./outputs.ts";
import type { Digest } from "../../define/hash.ts";
import type { Source } from "../../define/source.ts";
import type { Progress, Scratch } from "../../define/task_context.ts";
import { unreachable } from "../../define/unreachable.ts";
import {
  errorOf,
  failureOf,
  isReply,
  type Question,
  type ToWorker,
  type WorkerFailure,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/** What a stage in a worker may use, through the engine. */
export interface WorkerContext {
  /** The checked bytes of an input, which nobody else uses. */
  object(digest: Digest): Promise<Uint8Array<ArrayBuffer>>;
  /** Keeps unfinished work. */
  readonly scratch: Scratch;
  /** The bytes of a published file. */
  fetch(source: Source, signal: AbortSignal): Promise<Uint8Array>;
  /** Ends the stage when it is raised. */
  readonly signal: AbortSignal;
  /** Called with everything that the stage says of its progress. */
  readonly onProgress: (progress: Progress) => void;
}

/** A stage for a worker. */
export interface WorkerJob {
  /** What to run. */
  readonly request: WorkerRequest;
  /** What its key has of code, by path: all that it may read, besides packages. */
  readonly code: Readonly<Record<string, Digest>>;
  /** What it may use. */
  readonly context: WorkerContext;
}

/** How stages in a worker ended. */
export type WorkerEnd =
  | {
    readonly kind: "ended";
    /** How each stage ended, in the order of the jobs. */
    readonly ends: readonly PromiseSettledResult<Outputs>[];
    /** Whether the worker can run other stages, once it knows. */
    readonly isFit: Promise<boolean>;
  }
  /** Something was thrown outside of the task, e.g. by a timer. */
  | { readonly kind: "died"; readonly error: Error };

/** How many times this process has had stages run. */
let runs = 0;

/**
 * Runs stages of one task in a worker that does nothing else. The end of one is
 * a DamagedObjectError if an input is not what was written, or whatever the
 * task throws, with its name, message and stack. If this throws, the worker may
 * still be at work, and must be ended.
 *
 * @throws the reason of a signal, when it is raised
 */
export async function executeInWorker(
  jobs: readonly WorkerJob[],
  { worker, inputs, folder, files, original }: {
    readonly worker: Worker;
    /** What the jobs need, which the worker takes away. */
    readonly inputs: ReadInputs;
    /** Folder of the code of the run. */
    readonly folder: string;
    /** Paths of what of it the jobs may load, unless the worker has been told. */
    readonly files: readonly string[] | undefined;
    /** A text in which copies of modules are named, with the modules themselves. */
    readonly original: (text: string) => string;
  },
): Promise<WorkerEnd> {
  const ends = jobs.map(({ request }) => damageOf(request, inputs));
  const places = [...jobs.keys()].filter((i) => ends[i] === undefined);
  const signal = AbortSignal.any(jobs.map(({ context }) => context.signal));
  signal.throwIfAborted();
  if (places.length === 0) return ended(ends, Promise.resolve(true));
  const running = places.map((i) => jobs[i] as WorkerJob);
  const run = ++runs;
  const { promise, resolve, reject } = Promise.withResolvers<WorkerEnd>();
  const rest = Promise.withResolvers<boolean>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    // What a stage posts by itself is nobody's.
    if (!isReply(data)) return;
    try {
      hear(data);
    } catch (error) {
      reject(error); // e.g. the end of a stage that it made up itself
    }
  };
  function hear(data: WorkerReply): void {
    if (data.kind === "ended") {
      if (data.ends.length !== running.length) return;
      for (const [i, end] of data.ends.entries()) {
        ends[places[i] as number] = end.kind === "done"
          ? { status: "fulfilled", value: end.outputs }
          : { status: "rejected", reason: errorIn(end.error, original) };
      }
      return resolve(ended(ends, rest.promise));
    }
    if (data.kind === "rested") {
      // Who listens holds what the stages made.
      worker.onmessage = null;
      return rest.resolve(data.isFit);
    }
    if (data.kind === "progress") {
      return running[data.stage]?.context.onProgress(data.progress);
    }
    if (data.run === run) void answer(data);
  }
  worker.onerror = (event) => {
    event.preventDefault();
    rest.resolve(false);
    resolve({ kind: "died", error: new Error(event.message) });
  };

  async function answer(
    { id, question }: Extract<WorkerReply, { kind: "asked" }>,
  ): Promise<void> {
    const context = running[question.stage]?.context;
    if (context === undefined) return;
    const said = await answerTo(question, context).then(
      (bytes): ToWorker => ({ kind: "answer", id, bytes: bytes ?? undefined }),
      (error): ToWorker => ({ kind: "answer", id, error: failureOf(error) }),
    );
    worker.postMessage(said);
  }

  const bytes = new Map(
    [...inputs].flatMap(([digest, read]) =>
      read.status === "fulfilled" ? [[digest, read.value] as const] : []
    ),
  );
  const start: ToWorker = {
    kind: "run",
    run,
    requests: running.map(({ request }) => request),
    folder,
    files,
    artifacts: bytes,
  };
  try {
    worker.postMessage(start, [...bytes.values()].map(({ buffer }) => buffer));
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function answerTo(
  question: Question,
  { scratch, fetch, signal }: WorkerContext,
): Promise<Uint8Array | undefined | void> {
  switch (question.kind) {
    case "load":
      return await scratch.load();
    case "save":
      return await scratch.save(question.bytes);
    case "fetch":
      return await fetch(question.source, signal);
    default:
      return unreachable(question);
  }
}

type Read = PromiseSettledResult<Uint8Array<ArrayBuffer>>;

/** What reading inputs gave. */
export type ReadInputs = ReadonlyMap<Digest, Read>;

/** Reads every input of some jobs, each once. */
export async function readInputs(
  jobs: readonly WorkerJob[],
): Promise<ReadInputs> {
  const objects = new Map(
    jobs.flatMap(({ request, context }) =>
      Object.values(request.inputs).map(({ digest }) =>
        [digest, context.object] as const
      )
    ),
  );
  const reads = await Promise.allSettled(
    [...objects].map(([digest, object]) => object(digest)),
  );
  return new Map(
    [...objects.keys()].map((digest, i) => [digest, reads[i] as Read]),
  );
}

/** The end of a stage that has an input which could not be read. */
function damageOf(
  { inputs }: WorkerRequest,
  reads: ReadInputs,
): PromiseSettledResult<Outputs> | undefined {
  for (const { digest } of Object.values(inputs)) {
    const read = reads.get(digest);
    if (read?.status === "rejected") return read;
  }
  return undefined;
}

function ended(
  ends: readonly (PromiseSettledResult<Outputs> | undefined)[],
  isFit: Promise<boolean>,
): WorkerEnd {
  const all = ends as readonly PromiseSettledResult<Outputs>[]; // by now each has one
  return { kind: "ended", ends: all, isFit };
}

/** What Deno says of what a stage may not do; other errors quote it. */
const REFUSED = /\bRequires (.*?), run again with the --allow-\S+ flag/;

/** The error of a task, and what caused it; of what Deno refused it, what it reached for. */
function errorIn(
  failure: WorkerFailure,
  original: (text: string) => string,
): Error {
  const ofTask = (
    { name, message, stack, cause, ...rest }: WorkerFailure,
  ): WorkerFailure => ({
    ...rest,
    name: name === "NotCapable" ? "Error" : name,
    message: original(message.replace(
      REFUSED,
      (_, what) =>
        `it reached for ${what}, but a stage in a worker may use only its arguments and its code`,
    )),
    stack: stack && original(stack),
    cause: cause && ofTask(cause),
  });
  return errorOf(ofTask(failure));
}
