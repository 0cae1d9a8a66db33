/** What must hold of any pipeline, whatever is done to it. */
import assert from "node:assert/strict";
import fc from "../property.ts";
import { garbageIn, removeGarbage } from "../../engine/store/garbage.ts";
import {
  canonicalJson,
  digestOfJson,
  type Json,
} from "../../engine/define/hash.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import type { Reproduced } from "../../engine/run/open_pipeline.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { filesBelow } from "../files_below.ts";
import { lastStages } from "./last_stages.ts";
import {
  expectedOf,
  pipelineOf,
  type RandomGraph,
  takeRuns,
} from "./random_graph.ts";
import { damages, damageStore } from "./random_damage.ts";
import { editedGraphs, randomGraph } from "./random_graphs.ts";
import { type ToyProject, toyProject } from "./toy_project.ts";
import { isFull } from "../full.ts";

/** The same graphs each time; a failure names the seed and the path to its smallest form. */
const RUNS = { seed: 8, numRuns: isFull ? 15 : 2 };

interface Made {
  readonly output: unknown;
  /** What really ran, sorted. */
  readonly runs: readonly string[];
  readonly result: Reproduced<unknown>["result"];
}

async function make(
  project: ToyProject,
  graph: RandomGraph,
  options: { readonly jobs?: number } = {},
): Promise<Made> {
  takeRuns();
  const [done] = await project.reproduce([pipelineOf(graph)], {
    about: { commit: null, device: "none" },
    ...options,
  });
  assert.ok(done !== undefined);
  assert.deepEqual(done.result.failures, []);
  const { output, result } = done;
  return {
    output: output.kind === "value" ? output.value : undefined,
    runs: takeRuns(),
    result,
  };
}

/** Key and artifacts of every stage. */
function recordsOf({ result }: Made): unknown {
  return Object.fromEntries(
    [...result.records].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, { key, outputs }]) => [name, digestOfKey(key), outputs]),
  );
}

Deno.test("reproduce() is deterministic: the same pipeline gives the same keys and bytes in any store, with any number of jobs", async () => {
  await fc.assert(
    fc.asyncProperty(
      randomGraph,
      fc.integer({ min: 1, max: 5 }),
      async (graph, jobs) => {
        await using one = await toyProject();
        await using other = await toyProject();
        const first = await make(one, graph, { jobs: 1 });
        const second = await make(other, graph, { jobs });
        assert.deepEqual(recordsOf(second), recordsOf(first));
        assert.deepEqual(second.output, first.output);
        assert.deepEqual(second.runs, first.runs);
      },
    ),
    RUNS,
  );
});

Deno.test("reproduce() runs exactly the calls that were never made before, each once, and gives what a run from scratch gives, after any edits", async () => {
  await fc.assert(
    fc.asyncProperty(editedGraphs, async (graphs) => {
      await using project = await toyProject();
      const made = new Set<string>();
      for (const graph of graphs) {
        const { output, calls } = expectedOf(graph);
        // Early cutoff: a stage whose inputs came out as before is not in here,
        // nor is one that an earlier edit had made already.
        const missing = calls.filter((call) => !made.has(call));
        const { runs, ...found } = await make(project, graph);
        assert.deepEqual(runs, missing);
        assert.deepEqual(found.output, output);
        for (const call of calls) made.add(call);
        assert.deepEqual((await make(project, graph)).runs, []);
      }
      const last = graphs.at(-1) ?? [];
      await using scratch = await toyProject();
      const again = await make(scratch, last);
      assert.deepEqual(again.runs, expectedOf(last).calls);
      assert.deepEqual(
        recordsOf(again),
        recordsOf(await make(project, last)),
      );
    }),
    RUNS,
  );
});

Deno.test("reproduce() gives what a run from scratch gives, whatever files of the store are damaged between edits", async () => {
  await fc.assert(
    fc.asyncProperty(
      editedGraphs,
      damages,
      async (graphs, damages) => {
        await using project = await toyProject();
        for (const [i, graph] of graphs.entries()) {
          const { output } = await make(project, graph);
          assert.deepEqual(output, expectedOf(graph).output);
          damageStore(project.store, damages[i % damages.length] ?? []);
          const mended = await make(project, graph);
          assert.deepEqual(mended.output, expectedOf(graph).output);
          assert.deepEqual((await make(project, graph)).runs, []);
        }
      },
    ),
    RUNS,
  );
});

Deno.test("removeGarbage() takes nothing that the next run needs, and nothing is left for a second time", async () => {
  await fc.assert(
    fc.asyncProperty(editedGraphs, fc.nat({ max: 3 }), async (graphs, kept) => {
      await using project = await toyProject();
      for (const graph of graphs) await make(project, graph);
      const roots = {
        runs: kept,
        published: new Set<string>(),
        unfinished: false,
      };
      const collect = async () => {
        const contents = contentsOf(project.store);
        const stages = lastStages(contents);
        const garbage = garbageIn(contents, { ...roots, stages });
        await removeGarbage(project.store, garbage);
        return Object.values(garbage).flat().length;
      };
      await collect();
      const before = filesBelow(project.store);
      assert.equal(await collect(), 0);
      assert.deepEqual(filesBelow(project.store), before);
      const last = graphs.at(-1) ?? [];
      const { runs, output } = await make(project, last);
      assert.deepEqual(runs, []);
      assert.deepEqual(output, expectedOf(last).output);
    }),
    RUNS,
  );
});

const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false, 0, 1, "", "0", "null", [], {}),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.string({ unit: "grapheme", maxLength: 3 }),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: "grapheme", maxLength: 2 }), tie("json"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).json;

Deno.test("canonicalJson() is injective: equal text means equal value, and equal digests equal tags and values", () => {
  const tag = fc.constantFrom("key", "run", "");
  const isEqual = (a: unknown, b: unknown) => {
    try {
      assert.deepStrictEqual(a, b);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(json, json, tag, tag, (a, b, tagA, tagB) => {
      assert.equal(canonicalJson(a) === canonicalJson(b), isEqual(a, b));
      assert.deepEqual(JSON.parse(canonicalJson(a)), a);
      assert.equal(
        digestOfJson(tagA, a) === digestOfJson(tagB, b),
        tagA === tagB && isEqual(a, b),
      );
    }),
    { seed: 8, numRuns: isFull ? 2000 : 200 },
  );
});
