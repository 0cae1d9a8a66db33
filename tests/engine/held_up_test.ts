/** Pipelines side by side on a damaged store, where things take their time. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { fuzz } from "../fuzz/fuzz.ts";
import { filesBelow } from "../files_below.ts";
import { expectedOf, pipelineOf, takeRuns } from "./random_graph.ts";
import { damages, damageStore } from "./random_damage.ts";
import { editedGraphs } from "./random_graphs.ts";
import { toyProject } from "./toy_project.ts";

/** Holds up removals, each for so many turns of the event loop, until it is disposed of. */
function holdUp(turns: readonly number[]): Disposable {
  const { remove } = Deno;
  let count = 0;
  Deno.remove = async (...place) => {
    for (let left = turns[count++ % turns.length] ?? 0; left > 0; left--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await remove(...place);
  };
  return { [Symbol.dispose]: () => void (Deno.remove = remove) };
}

fuzz(
  "pipelines side by side give what they give alone, whatever of the store is damaged and however long removals take",
  fc.record({
    graphs: editedGraphs,
    damages,
    jobs: fc.integer({ min: 1, max: 4 }),
    turns: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 20 }),
  }),
  async ({ graphs, damages, jobs, turns }) => {
    await using project = await toyProject();
    using _held = holdUp(turns);
    for (const damage of damages) {
      const done = await project.reproduce(
        graphs.map((graph, i) => pipelineOf(graph, `random-${i}`)),
        { jobs },
      );
      assert.deepEqual(done.flatMap(({ result }) => result.failures), []);
      assert.deepEqual(
        done.map(({ output }) => output),
        graphs.map((graph) => ({
          kind: "value",
          value: expectedOf(graph).output,
        })),
      );
      for (const below of ["leases", "alive", "tmp"]) {
        assert.deepEqual(filesBelow(`${project.store}/${below}`), []);
      }
      damageStore(project.store, damage);
    }
    takeRuns();
  },
  { cost: 25 },
);
