/**
 * The published files that a graph needs.
 *
 * @module
 */
import type { Graph } from "../run/graph.ts";
import type { Stage } from "../define/ref.ts";
import { isString, optional, shapeOf } from "../define/shape.ts";
import type { Source } from "../define/source.ts";

/** Name of the task that fetches; it lies in a layer above, `tasks/datasets/fetch_source.ts`. */
const FETCH_TASK = "fetchSource";
const isNamed = shapeOf<
  Record<"url" | "title", string> & Record<"sha256" | "gitBlob", unknown>
>({
  url: isString,
  title: isString,
  sha256: optional(isString),
  gitBlob: optional(isString),
});
const hasSource = shapeOf({
  source: (value: unknown): value is Source => isNamed(value),
});

/** The published file that a stage fetches, if it is one that fetches. */
export function sourceOfStage({ task, args }: Stage): Source | undefined {
  if (task.name !== FETCH_TASK) return undefined;
  return hasSource(args) ? args.source : undefined;
}

/** Every published file that stages of a graph fetch, in order of place. */
export function sourcesOf({ nodes }: Graph): readonly Source[] {
  return nodes.flatMap(({ stage }) => sourceOfStage(stage) ?? []);
}
