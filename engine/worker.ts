/**
 * Entry of a stage's worker: one isolate, one stage, then it ends.
 *
 * @module
 */
import { encode, type Outputs } from "./execute.ts";
import { mapLeaves } from "./ref.ts";
import { DamagedObjectError, openStore } from "./store.ts";
import { type AnyTask, anyTaskOf } from "./task.ts";
import {
  type ExportName,
  failureOf,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/** The part of a worker's global scope that this module uses. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(message: WorkerReply, transfer: readonly Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = async ({ data }) => {
  try {
    const outputs = await run(data);
    const buffers = Object.values(outputs).map(({ buffer }) => buffer);
    scope.postMessage(
      { kind: "done", outputs },
      [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer),
    );
  } catch (error) {
    scope.postMessage(
      error instanceof DamagedObjectError
        ? { kind: "damaged", digest: error.digest, message: error.message }
        : { kind: "failed", error: failureOf(error) },
      [],
    );
  }
};

async function run(request: WorkerRequest): Promise<Outputs> {
  const store = await openStore(request.store);
  const task = await importTask(request.task);
  const values = new Map<string, unknown>();
  for (const [path, input] of Object.entries(request.inputs)) {
    const producer = await importTask(input.task);
    const bytes = await store.object(input.digest);
    values.set(path, producer.codecs[input.field]?.decode(bytes));
  }
  for (const [path, source] of Object.entries(request.definitions)) {
    values.set(path, await importExport(source));
  }
  const args = mapLeaves(
    request.args,
    (leaf, path) => values.has(path) ? values.get(path) : leaf,
  );
  // The engine stops a worker by terminating it; the signal is never raised here.
  const { signal } = new AbortController();
  return encode(
    task,
    await task.run(args, {
      signal,
      environment: request.environment,
      scratch: store.scratch(request.key),
      progress: (progress) =>
        scope.postMessage({ kind: "progress", progress }, []),
    }),
  );
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
