/**
 * Tasks: pure functions with typed arguments and a codec for their result.
 * Calling one inside a pipeline makes a stage and returns refs.
 *
 * (In machine learning a "task" is also a data set with its labels; here that
 * is a dataset.)
 *
 * @module
 */
import type { AnyTask, Together, ValueOf } from "./any_task.ts";
import type { Codec } from "./codec.ts";
import { DEFINITION, isDefinition } from "./definition.ts";
import {
  isOrElse,
  type Lazy,
  type NoOthers,
  type Ref,
  refTo,
  type Stage,
  VALUE,
  walkLeaves,
} from "./ref.ts";
import type { TaskContext } from "./task_context.ts";

/** The refs to a result: one ref, or a record of one for each field. */
export type RefsOf<C> = C extends Codec<infer T> ? Ref<T>
  : {
    readonly [Name in keyof C]: C[Name] extends Codec<infer T> ? Ref<T> : never;
  };

/** What a task is defined with. */
export interface TaskOptions<Args, C> {
  /** `import.meta.url` of the module that exports the task. */
  readonly module: string;
  /** The name that the task is exported under. */
  readonly name: string;
  /** How the result is stored. Fields of a record are artifacts of their own. */
  readonly result: C;
  /**
   * Computes the result, in an isolate beside the main one, which runs one stage
   * at a time and may run others before and after. Must depend on nothing but
   * arguments and environment.
   */
  run(args: Args, context: TaskContext): ValueOf<C> | Promise<ValueOf<C>>;
  /**
   * Whether a call is part of each stage that takes its result, and made again
   * there, in the place of being kept: for what takes less time to make than
   * room to keep, such as a shifted copy of images. Only where a report itself
   * takes the result is a call a stage of its own.
   */
  readonly inline?: boolean;
  /** Given where several stages at once are faster than one by one. */
  readonly together?: Together<Args, C>;
}

/** A task: call it in a pipeline to make a stage. */
export interface Task<Args, C> {
  /**
   * @param args the arguments and no others; any part may be a ref
   * @param label tells stages of one task apart, e.g. `scratch-0`
   * @throws {TypeError} if an argument is a part that may be missing
   */
  <Given extends Lazy<Args>>(
    args: Given & NoOthers<Given, Args>,
    label?: string,
  ): RefsOf<C>;
  /** What the task was defined with. */
  readonly task: TaskOptions<Args, C>;
}

function isCodec(value: unknown): value is Codec<unknown> {
  return typeof value === "object" && value !== null && "encode" in value &&
    typeof value.encode === "function";
}

/** The codec of each field; of a value that is no record there is one. */
function codecsOf(result: unknown): Readonly<Record<string, Codec<unknown>>> {
  return isCodec(result)
    ? { [VALUE]: result }
    : result as Record<string, Codec<unknown>>;
}

/**
 * The untyped side of a task.
 *
 * @throws {TypeError} if `value` is not a task
 */
export function anyTaskOf(value: unknown): AnyTask {
  if (typeof value !== "function" || !("task" in value)) {
    throw new TypeError(`Cannot run ${Deno.inspect(value)}: it is not a task`);
  }
  const { together, inline: _, ...task } = value.task as TaskOptions<
    unknown,
    unknown
  >;
  const { result } = task;
  const byField = (made: unknown) =>
    (isCodec(result) ? { [VALUE]: made } : made) as Record<string, never>;
  return {
    ...task,
    self: value,
    codecs: codecsOf(result),
    run: async (args, context) => byField(await task.run(args, context)),
    ...isDefinition(value) ? { inline: value } : {},
    ...together === undefined ? {} : {
      together: {
        ...together,
        run: async (stages) =>
          (await together.run(stages)).map((end) =>
            end.status === "rejected"
              ? end
              : { ...end, value: byField(end.value) }
          ),
      },
    },
  };
}

/**
 * Defines a task.
 *
 * ```ts ignore
 * export const fitLine = defineTask({
 *   module: import.meta.url,
 *   name: "fitLine",
 *   result: json(lineSchema),
 *   run: ({ points }: { points: readonly Point[] }) => leastSquares(points),
 * });
 * ```
 *
 * @throws {TypeError} if the name is not an identifier, or a codec is no definition
 */
export function defineTask<Args, const C>(
  options: TaskOptions<Args, C>,
): Task<Args, C> {
  if (!/^[A-Za-z_$][\w$]*$/.test(options.name)) {
    throw new TypeError(
      `Cannot define task "${options.name}": a task is named after its export`,
    );
  }
  for (const [field, codec] of Object.entries(codecsOf(options.result))) {
    if (isDefinition(codec)) continue;
    throw new TypeError(
      `Cannot define task "${options.name}": nothing says which module the codec of its ${field} is from; export it as define(import.meta.url, "its name", { name, encode, decode })`,
    );
  }
  function call(args: Lazy<Args>, label?: string): RefsOf<C> {
    const any = anyTaskOf(call);
    const name = label === undefined
      ? options.name
      : `${options.name}/${label}`;
    const stage: Stage = { name, task: any, args };
    walkLeaves(args, (leaf, path) => {
      if (!isOrElse(leaf)) return;
      throw new TypeError(
        `Cannot use argument "${path}" of stage "${name}": a part that may be missing (orElse) belongs into a pipeline's output, not among the arguments of a task`,
      );
    });
    const refs = Object.fromEntries(
      Object.keys(any.codecs).map((field) => [field, refTo(stage, field)]),
    );
    return (isCodec(options.result) ? refs[VALUE] : refs) as RefsOf<C>;
  }
  call.task = options;
  if (options.inline) {
    const { module, name } = options;
    Object.defineProperty(call, DEFINITION, { value: { module, name } });
  }
  return call;
}
