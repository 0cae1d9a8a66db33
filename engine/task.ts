/**
 * Tasks: pure functions with typed arguments and a codec for their result.
 * Calling one inside a pipeline makes a stage and returns refs.
 *
 * (In machine learning a "task" is also a data set with its labels; here that
 * is a dataset.)
 *
 * @module
 */
import type { Codec } from "./codec.ts";
import type { Json } from "./hash.ts";
import { isOrElse } from "./or_else.ts";
import {
  type Lazy,
  mapLeaves,
  type NoOthers,
  type Ref,
  refTo,
  type Stage,
  VALUE,
} from "./ref.ts";
import type { Source } from "./source.ts";

/** How far a stage has come. All numbers are optional but `done` and `total`. */
export interface Progress {
  /** What is counted, e.g. `epoch`. */
  readonly unit: string;
  /** How many of them are done. */
  readonly done: number;
  /** How many there are. */
  readonly total: number;
  /** Epoch under way, from 1, and how many there are. */
  readonly epoch?: number;
  /** How many epochs there are. */
  readonly epochs?: number;
  /** Mean loss of the last steps. */
  readonly loss?: number;
  /** Speed of the last steps. */
  readonly imagesPerSecond?: number;
  /** Something worth a word, e.g. `resumed after epoch 3`. */
  readonly note?: string;
}

/** Bytes kept between two attempts of one stage, so that a killed stage can go on. */
export interface Scratch {
  /** The bytes saved last, or `undefined`. */
  load(): Promise<Uint8Array | undefined>;
  /** Replaces the saved bytes; atomic. */
  save(bytes: Uint8Array): Promise<void>;
}

/** What a running task may use besides its arguments. */
export interface TaskContext {
  /** Raised when the run is to end. */
  readonly signal: AbortSignal;
  /** The environment part of the stage's key, e.g. the chosen device. */
  readonly environment: Readonly<Record<string, string>>;
  /** Unfinished work of an earlier attempt at this very key. */
  readonly scratch: Scratch;
  /** Says how far the stage has come. */
  progress(progress: Progress): void;
  /**
   * The bytes of a published file, from the store, a mirror or the network.
   * Only in the main isolate: workers have no network.
   *
   * @throws {SourceUnavailableError} if it cannot be had
   */
  fetch(source: Source): Promise<Uint8Array>;
}

/** One codec, or one for each field of a result. */
export type Codecs = Codec<never> | Readonly<Record<string, Codec<never>>>;

/** The value that fits some codecs. */
export type ValueOf<C> = C extends Codec<infer T> ? T
  : { readonly [Name in keyof C]: C[Name] extends Codec<infer T> ? T : never };

/** The refs to a result: one ref, or a record of one for each field. */
export type RefsOf<C> = C extends Codec<infer T> ? Ref<T>
  : {
    readonly [Name in keyof C]: C[Name] extends Codec<infer T> ? Ref<T> : never;
  };

/** One of several stages that run together. */
export interface TogetherStage<Args> {
  /** Its arguments. An artifact that others have at the same place is theirs too: it must not be changed. */
  readonly args: Args;
  /** What it may use besides them; its own scratch and progress. */
  readonly context: TaskContext;
}

/** How stages of one task that are ready at the same time run as one job, in one worker. */
export interface Together<Args, C> {
  /** Most stages that run together in an environment; below 2 each runs alone. */
  most(environment: Readonly<Record<string, string>>): number;
  /**
   * Stages for which this is equal may run together.
   *
   * @param args the arguments as JSON; `null` where an artifact of another stage will be
   */
  group(args: Readonly<Record<string, Json>>): Json;
  /**
   * Computes all results: the very ones that `run` gives each stage. What ends
   * one stage is its result, and leaves the others alone; a throw ends all.
   */
  run(
    stages: readonly TogetherStage<Args>[],
  ): Promise<readonly PromiseSettledResult<ValueOf<C>>[]>;
}

/** What a task is made of. */
export interface TaskOptions<Args, C> {
  /** `import.meta.url` of the module that exports the task. */
  readonly module: string;
  /** The name it is exported under. */
  readonly name: string;
  /** How the result is stored. Fields of a record are artifacts of their own. */
  readonly result: C;
  /**
   * Where the task runs: `worker` means an isolate beside the main one, which
   * runs one stage at a time and may run others before and after; `main` suits
   * what takes well under a second.
   */
  readonly runsIn: "main" | "worker";
  /** Computes the result. Must depend on nothing but arguments and environment. */
  run(args: Args, context: TaskContext): ValueOf<C> | Promise<ValueOf<C>>;
  /** Given where several stages at once are faster than one by one; for tasks that run in workers. */
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
  /** What it is made of. */
  readonly task: TaskOptions<Args, C>;
}

/** A task whose types are not known: what the engine sees. */
export interface AnyTask {
  /** URL of the module that exports it. */
  readonly module: string;
  /** The name it is exported under. */
  readonly name: string;
  /** Where it runs. */
  readonly runsIn: "main" | "worker";
  /** How each field of its result is stored. */
  readonly codecs: Readonly<Record<string, Codec<unknown>>>;
  /** Runs the task; the result by field. */
  run(
    args: unknown,
    context: TaskContext,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** How several stages run as one job; the results by field. */
  readonly together?: Together<unknown, Readonly<Record<string, Codec<never>>>>;
}

function isCodec(value: unknown): value is Codec<unknown> {
  return typeof value === "object" && value !== null && "encode" in value &&
    typeof value.encode === "function";
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
  const { together, ...task } = value.task as TaskOptions<unknown, unknown>;
  const { result } = task;
  const byField = (made: unknown) =>
    (isCodec(result) ? { [VALUE]: made } : made) as Record<string, never>;
  return {
    ...task,
    codecs: isCodec(result)
      ? { [VALUE]: result }
      : result as Record<string, Codec<unknown>>,
    run: async (args, context) => byField(await task.run(args, context)),
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
 *   runsIn: "main",
 *   run: ({ points }: { points: readonly Point[] }) => leastSquares(points),
 * });
 * ```
 *
 * @throws {TypeError} if the name is not an identifier
 */
export function defineTask<Args, const C>(
  options: TaskOptions<Args, C>,
): Task<Args, C> {
  if (!/^[A-Za-z_$][\w$]*$/.test(options.name)) {
    throw new TypeError(
      `Cannot define task "${options.name}": a task is named after its export`,
    );
  }
  function call(args: Lazy<Args>, label?: string): RefsOf<C> {
    const any = anyTaskOf(call);
    const name = label === undefined
      ? options.name
      : `${options.name}/${label}`;
    const stage: Stage = { name, task: any, args };
    mapLeaves(args, (leaf, path) => {
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
  return call;
}
