/**
 * Tasks as the engine sees them: their codecs, how they run alone and together.
 *
 * @module
 */
import type { Codec } from "./codec.ts";
import type { Definition } from "./definition.ts";
import type { Json } from "./hash.ts";
import type { TaskContext } from "./task_context.ts";

/** One codec, or one for each field of a result. */
export type Codecs = Codec<never> | Readonly<Record<string, Codec<never>>>;

/** The value that fits some codecs. */
export type ValueOf<C> = C extends Codec<infer T> ? T
  : { readonly [Name in keyof C]: C[Name] extends Codec<infer T> ? T : never };

/** One of several stages that run together. */
export interface TogetherStage<Args> {
  /** Its arguments. An artifact that others have at the same place is theirs too: it must not be changed. */
  readonly args: Args;
  /** What the stage may use besides its arguments; scratch and progress are its own. */
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

/** A task whose types are not known: what the engine sees. */
export interface AnyTask {
  /** URL of the module that exports the task. */
  readonly module: string;
  /** The name that the task is exported under. */
  readonly name: string;
  /** What its module is to export under that name; nothing where there is no such thing. */
  readonly self?: object;
  /** How each field of the result is stored. */
  readonly codecs: Readonly<Record<string, Codec<unknown>>>;
  /** Runs the task; the result by field. */
  run(
    args: unknown,
    context: TaskContext,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** The task itself, if its calls are part of the stages that take their results. */
  readonly inline?: Definition;
  /** How several stages run as one job; the results by field. */
  readonly together?: Together<unknown, Readonly<Record<string, Codec<never>>>>;
}
