/**
 * Which stages of several pipelines are one. Their names do not tell: a name is
 * of one stage in a pipeline, and may be of another in the next.
 *
 * @module
 */
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { leavesOf } from "../../engine/define/leaves.ts";
import { isRef, type Stage } from "../../engine/define/ref.ts";
import type { Graph } from "../../engine/run/graph.ts";

/**
 * Gives ids to stages: one to all that call the same task with the same
 * arguments, made by the same stages, and so have one key.
 *
 * @returns the ids of a graph's stages by their names
 */
export function stageIds(): (
  graph: Pick<Graph, "nodes">,
) => ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  return ({ nodes }) => {
    const ids = new Map<Stage, string>();
    for (const { stage, inputs } of nodes) {
      const { task: { module, name } } = stage;
      const args = [
        ...leavesOf(stage).flatMap(({ path, leaf }) =>
          isRef(leaf)
            ? []
            : [[path, isDefinition(leaf) ? { of: sourceOf(leaf) } : leaf]]
        ),
        ...inputs.map(({ path, stage: input, field }) => [
          path,
          ids.get(input),
          field,
        ]),
      ].map((one) => JSON.stringify(one)).sort(); // in whatever order they are written
      const text = JSON.stringify([module, name, args]);
      const id = known.get(text) ?? `${known.size}`;
      known.set(text, id);
      ids.set(stage, id);
    }
    return new Map([...ids].map(([{ name }, id]) => [name, id]));
  };
}
