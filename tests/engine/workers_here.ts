/** Workers that run stages in this isolate, where a test sees what its tasks do. */
import type { Codec } from "../../engine/define/codec.ts";
import { argumentsOf } from "../../engine/run/workers/arguments.ts";
import type { WorkerJob } from "../../engine/run/workers/execute_in_worker.ts";
import {
  importDefinition,
  importTask,
} from "../../engine/run/workers/import_export.ts";
import { callMaker } from "../../engine/run/workers/inline_calls.ts";
import { encode, type Outputs } from "../../engine/run/workers/outputs.ts";
import type { TaskContext } from "../../engine/define/task_context.ts";
import type { Workers } from "../../engine/run/workers/workers.ts";

export function workersHere(): Workers {
  return {
    ready: () => Promise.resolve(),
    run,
    runTogether: (jobs) => Promise.allSettled(jobs.map(run)),
    [Symbol.dispose]() {},
  };
}

async function run({ request, context }: WorkerJob): Promise<Outputs> {
  const { signal, scratch, fetch, onProgress: progress } = context;
  const { environment } = request;
  signal.throwIfAborted();
  const values = new Map<string, unknown>();
  for (const [path, { digest, codec }] of Object.entries(request.inputs)) {
    const bytes = await context.object(digest);
    const { decode } = await importDefinition<Codec<unknown>>(codec);
    values.set(path, decode(bytes));
  }
  for (const [path, source] of Object.entries(request.definitions)) {
    values.set(path, await importDefinition(source));
  }
  const task = await importTask(request.task);
  const taskContext: TaskContext = {
    signal,
    scratch,
    environment,
    progress,
    fetch: (source) => fetch(source, signal),
  };
  const args = await callMaker()(
    argumentsOf(request.args, values),
    { context: taskContext, given: new Set(values.values()) },
  );
  const made = await task.run(args, taskContext);
  signal.throwIfAborted();
  return encode(task, made);
}
