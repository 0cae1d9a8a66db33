/**
 * A part of a pipeline's output that may be missing: what stands in its place
 * when a stage below it fails.
 *
 * @module
 */
import type { Lazy } from "./ref.ts";

/** Marks such parts; registered, so that two copies of this module agree. */
export const OR_ELSE: unique symbol = Symbol.for("shiftline.or-else");

/** Why a part is missing. */
export interface PartFailure {
  /** Name of the stage that failed. */
  readonly stage: string;
  /** What went wrong with it, in one line. */
  readonly reason: string;
  /** `unavailable` if a published source could be had neither from the network nor from a mirror. */
  readonly kind: "unavailable" | "failed";
}

/** A value, and what to put in its place; see {@linkcode orElse}. */
export interface OrElse<T> {
  /** Its parts; see {@linkcode partsOf}. */
  readonly [OR_ELSE]: {
    readonly value: unknown;
    readonly otherwise: (failure: PartFailure) => unknown;
  };
  /** Carries the type of the value; never present at run time. */
  readonly type?: T;
}

/**
 * A part of an output that the rest can do without.
 *
 * The stages of `value` belong to the graph like all others. If each of them
 * has its artifact, the value is put in its place; if not, what `otherwise`
 * gives is. Refs in that are resolved where the stage is part of the graph
 * for another reason.
 *
 * ```ts ignore
 * figures: [
 *   orElse<Figure>(drawLine({ table }), ({ reason }) => ({
 *     kind: "unavailable",
 *     id: "line",
 *     caption: "Accuracies of published models",
 *     reason,
 *   })),
 * ],
 * ```
 *
 * @param value what is wanted; may stand anywhere in an output, but not among the arguments of a task
 * @param otherwise what to put in its place; must depend on nothing but the failure
 */
export function orElse<T>(
  value: Lazy<T>,
  otherwise: (failure: PartFailure) => Lazy<T>,
): OrElse<T> {
  return { [OR_ELSE]: { value, otherwise } };
}

/** Whether `value` was made by {@linkcode orElse}. */
export function isOrElse(value: unknown): value is OrElse<unknown> {
  return typeof value === "object" && value !== null && OR_ELSE in value;
}

/** The value and its substitute. */
export function partsOf(
  part: OrElse<unknown>,
): OrElse<unknown>[typeof OR_ELSE] {
  return part[OR_ELSE];
}
