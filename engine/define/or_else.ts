/**
 * A part of a pipeline's output that may be missing: what stands in its place
 * when a stage below it fails.
 *
 * @module
 */
import { type Lazy, OR_ELSE, type OrElse, type ValueFailure } from "./ref.ts";

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
  otherwise: (failure: ValueFailure) => Lazy<T>,
): OrElse<T> {
  return { [OR_ELSE]: { value, otherwise } };
}
