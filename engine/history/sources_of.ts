/**
 * The published files that a graph needs.
 *
 * @module
 */
import type { Graph } from "../run/graph.ts";
import type { Stage } from "../define/ref.ts";
import { isString, shapeOf } from "../define/shape.ts";
import type { Source } from "../define/source.ts";

/** Name of the task that fetches; it lies in a layer above, `tasks/datasets/fetch_source.ts`. */
const FETCH_TASK = "fetchSource";
const hasSource = shapeOf({
  source: shapeOf<Source>({ url: isString, sha256: isString, title: isString }),
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
