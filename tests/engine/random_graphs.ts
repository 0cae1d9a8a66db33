/** Random graphs of stages; apart from their tasks, whose keys hold all that their module imports. */
import fc from "../property.ts";
import { OPERATIONS, type RandomGraph, type Vertex } from "./random_graph.ts";

const vertex: fc.Arbitrary<Vertex> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  salt: fc.nat({ max: 3 }),
  from: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
});

/** Graphs of up to a dozen stages. */
export const randomGraph: fc.Arbitrary<RandomGraph> = fc.array(vertex, {
  minLength: 1,
  maxLength: 12,
});

/** A graph, and graphs that come of it by edits of one vertex each, or by going back to an earlier one. */
export const editedGraphs: fc.Arbitrary<readonly RandomGraph[]> = fc.tuple(
  randomGraph,
  fc.array(
    fc.oneof(
      fc.record({ at: fc.nat(), vertex }),
      fc.record({ back: fc.nat() }),
    ),
    { minLength: 1, maxLength: 5 },
  ),
).map(([first, edits]) => {
  const graphs: RandomGraph[] = [first];
  for (const edit of edits) {
    const last = graphs.at(-1) ?? first;
    graphs.push(
      "back" in edit
        ? graphs[edit.back % graphs.length] ?? first
        : last.with(edit.at % last.length, edit.vertex),
    );
  }
  return graphs;
});
