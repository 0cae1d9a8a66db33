import type {
  Progress,
  TaskContext,
} from "../../engine/define/task_context.ts";

/** What a task may use, on tfjs's cpu backend; collects the progress that it tells of. */
export function contextOnCpu(): TaskContext & {
  readonly told: readonly Progress[];
} {
  const told: Progress[] = [];
  return {
    signal: new AbortController().signal,
    environment: { device: "cpu" },
    scratch: {
      load: () => Promise.resolve(undefined),
      save: () => Promise.resolve(),
    },
    fetch: ({ url }) =>
      Promise.reject(new Error(`Cannot fetch ${url}: this is a test`)),
    progress: (progress) => void told.push(progress),
    told,
  };
}
