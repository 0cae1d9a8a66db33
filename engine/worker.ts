/**
 * Entry of a worker: an isolate that runs stages, one after the other, until it
 * is ended.
 *
 * @module
 */
import { argumentsOf, readInputs, type StoredInput } from "./arguments.ts";
import { encode, type Outputs } from "./execute.ts";
import type { Digest } from "./hash.ts";
import { watchIsolateMemory } from "./isolate_memory.ts";
import { type AnyTask, anyTaskOf, type Scratch } from "./task.ts";
import {
  errorOf,
  type ExportName,
  failureOf,
  MOST_HELD,
  type ToWorker,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/** The part of a worker's global scope that this module uses. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: WorkerReply, transfer: readonly Transferable[]): void;
}

type Answer = Extract<ToWorker, { readonly kind: "scratch" }>;

const scope = globalThis as unknown as WorkerScope;
const memory = watchIsolateMemory();
const NOTHING = new Uint8Array();

/** Questions about scratch that were not answered yet. */
const asked = new Map<number, (answer: Answer) => void>();
let questions = 0;

scope.onmessage = async ({ data }) => {
  if (data.kind === "scratch") {
    asked.get(data.id)?.(data);
    asked.delete(data.id);
    return;
  }
  try {
    const outputs = await run(data.request, data.artifacts);
    const whole = Object.values(outputs)
      .filter(({ buffer, byteLength }) => buffer.byteLength === byteLength);
    const buffers = new Set(whole.map(({ buffer }) => buffer));
    scope.postMessage(
      { kind: "done", outputs, held: memory.held({ limit: MOST_HELD }) },
      [...buffers].filter((buffer) => buffer instanceof ArrayBuffer),
    );
  } catch (error) {
    scope.postMessage({ kind: "failed", error: failureOf(error) }, []);
  }
};

async function run(
  request: WorkerRequest,
  artifacts: ReadonlyMap<Digest, Uint8Array>,
): Promise<Outputs> {
  const task = await importTask(request.task);
  const stored: StoredInput[] = [];
  for (
    const [path, { digest, task, field }] of Object.entries(request.inputs)
  ) {
    const codec = (await importTask(task)).codecs[field];
    if (codec === undefined) {
      throw new ReferenceError(
        `Cannot read input "${path}": task "${task.name}" has no field "${field}"`,
      );
    }
    stored.push({ path, digest, codec });
  }
  const values = new Map(
    await readInputs(stored, {
      object: (digest) => Promise.resolve(artifacts.get(digest) ?? NOTHING),
    }),
  );
  for (const [path, source] of Object.entries(request.definitions)) {
    values.set(path, await importExport(source));
  }
  const args = argumentsOf(request.args, values);
  // The engine stops a worker by terminating it; the signal is never raised here.
  const { signal } = new AbortController();
  let isRunning = true;
  const result = await task.run(args, {
    signal,
    environment: request.environment,
    scratch,
    progress(progress) {
      // A word that came later would pass for one of the next stage.
      if (isRunning) scope.postMessage({ kind: "progress", progress }, []);
    },
    fetch: ({ title }) =>
      Promise.reject(
        new Error(
          `Cannot fetch "${title}" in a worker: workers have no network; take the bytes as an argument, from a stage of fetchSource`,
        ),
      ),
  });
  isRunning = false;
  return encode(task, result);
}

/** Kept by the engine: a worker writes nothing itself. */
const scratch: Scratch = {
  load: async () => (await ask({ kind: "load" })).bytes,
  async save(bytes) {
    await ask({ kind: "save", bytes });
  },
};

async function ask(
  question:
    | { readonly kind: "load" }
    | { readonly kind: "save"; readonly bytes: Uint8Array },
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const id = ++questions;
  asked.set(id, resolve);
  scope.postMessage({ ...question, id }, []);
  const answer = await promise;
  if (answer.error !== undefined) throw errorOf(answer.error);
  return answer;
}

async function importTask(name: ExportName): Promise<AnyTask> {
  return anyTaskOf(await importExport(name));
}

async function importExport({ module, name }: ExportName): Promise<unknown> {
  const exports: Record<string, unknown> = await import(module);
  if (!(name in exports)) {
    throw new ReferenceError(
      `Cannot find "${name}" in ${module}: a task or definition must be exported under its name`,
    );
  }
  return exports[name];
}
