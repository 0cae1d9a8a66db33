/** Runs a task as the engine does, through its codecs. */
import type { ValueOf } from "../../engine/define/any_task.ts";
import type { TaskContext } from "../../engine/define/task_context.ts";
import { VALUE } from "../../engine/define/ref.ts";
import { anyTaskOf, type Task } from "../../engine/define/task.ts";
import { contextOnCpu } from "./context.ts";

/**
 * The result of a task after it was stored and read again.
 *
 * @param context what it may use other than on the cpu backend
 */
export async function runTask<Args, C>(
  task: Task<Args, C>,
  args: Args,
  context: Partial<TaskContext> = {},
): Promise<ValueOf<C>> {
  const { codecs, run } = anyTaskOf(task);
  const result = await run(args, { ...contextOnCpu(), ...context });
  const fields = Object.fromEntries(
    Object.entries(codecs).map(([field, codec]) => [
      field,
      codec.decode(codec.encode(result[field])),
    ]),
  );
  // A result of one codec is the field VALUE, of which its type knows nothing.
  const isOne = "encode" in (task.task.result as object);
  return (isOne ? fields[VALUE] : fields) as ValueOf<C>;
}
