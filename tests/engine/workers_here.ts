/** Workers that run stages in this isolate, where a test sees what its tasks do. */
import { type Codec, PLAIN_FORMATS } from "../../engine/define/codec.ts";
import { later } from "../../engine/define/later.ts";
import { anyTaskOf } from "../../engine/define/task.ts";
import { argumentsOf } from "../../engine/run/workers/arguments.ts";
import type { WorkerJob } from "../../engine/run/workers/execute_in_worker.ts";
import { encode, type Outputs } from "../../engine/run/workers/outputs.ts";
import type { CodecName } from "../../engine/run/workers/worker_protocol.ts";
import type { Workers } from "../../engine/run/workers/workers.ts";

export function workersHere(): Workers {
  return {
    ready: () => Promise.resolve(),
    run,
    runTogether: (jobs) => Promise.allSettled(jobs.map(run)),
    [Symbol.dispose]() {},
  };
}

/** Written so that a key lets tasks be in a file that imports this. */
const load = (module: string) => later<Record<string, unknown>>(module)();

async function run({ request, context }: WorkerJob): Promise<Outputs> {
  const { signal, scratch, fetch, onProgress: progress } = context;
  const { environment } = request;
  signal.throwIfAborted();
  const values = new Map<string, unknown>();
  for (const [path, { digest, codec }] of Object.entries(request.inputs)) {
    const bytes = await context.object(digest);
    values.set(path, (await decoderOf(codec))?.(bytes));
  }
  for (const [path, { module, name }] of Object.entries(request.definitions)) {
    values.set(path, (await load(module))[name]);
  }
  const { module, name } = request.task;
  const task = anyTaskOf((await load(module))[name]);
  const made = await task.run(argumentsOf(request.args, values), {
    signal,
    scratch,
    environment,
    progress,
    fetch: (source) => fetch(source, signal),
  });
  signal.throwIfAborted();
  return encode(task, made);
}

async function decoderOf({ module, name }: CodecName) {
  if (module === undefined) return PLAIN_FORMATS[name];
  return ((await load(module))[name] as Codec<unknown>).decode;
}
