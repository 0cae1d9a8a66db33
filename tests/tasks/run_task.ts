/** Runs a task as the engine does, through its codecs. */
import type { ValueOf } from "../../engine/define/any_task.ts";
import { anyTaskOf, type Task } from "../../engine/define/task.ts";
import { contextOnCpu } from "./context.ts";

/** The fields of a task's result after they were stored and read again. */
export async function runTask<Args, C>(
  task: Task<Args, C>,
  args: Args,
): Promise<ValueOf<C>> {
  const { codecs, run } = anyTaskOf(task);
  const result = await run(args, contextOnCpu());
  return Object.fromEntries(
    Object.entries(codecs).map(([field, codec]) => [
      field,
      codec.decode(codec.encode(result[field])),
    ]),
  ) as ValueOf<C>;
}
