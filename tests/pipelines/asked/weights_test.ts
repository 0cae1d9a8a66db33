import assert from "node:assert/strict";
import type { AskedImages } from "../../../data/asked/asked_inputs.ts";
import { isRef, mapLeaves, targetOf } from "../../../engine/define/ref.ts";
import { type Graph, graphOf, type Node } from "../../../engine/run/graph.ts";
import type { TrainingRecipe } from "../../../models/training/options.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";

const source = { url: "file:///a", sha256: "0".repeat(64), title: "a" };
const given = { name: "mine.safetensors", source };

function graphWith(changes: Partial<AskedImages>): Graph {
  const pipeline = askedPipeline({
    kind: "images",
    sources: { reference: source, shifted: source },
    weights: [],
    classes: "same",
    isLabelled: true,
    side: 64,
    quick: false,
    ...changes,
  }, "field");
  return graphOf(pipeline.build("default"));
}

const names = ({ nodes }: Graph) => nodes.map(({ stage }) => stage.name);

function nodeOf({ nodes }: Graph, name: string): Node {
  return nodes.find(({ stage }) => stage.name === name) ??
    assert.fail(`no stage ${name}`);
}

/** Arguments with the names of stages in place of refs. */
function leavesOf(args: unknown): unknown {
  return mapLeaves(
    args,
    (leaf) => isRef(leaf) ? targetOf(leaf).stage.name : leaf,
  );
}

Deno.test("askedPipeline() fine-tunes weights as it does photo networks, and changes no other stage for them", () => {
  const [without, graph] = [
    graphWith({}),
    graphWith({ weights: [given, { ...given, name: "b.safetensors" }] }),
  ];
  const own = (n: number) => [
    `loadWeights/asked-weights-${n}`,
    ...[11, 12, 13].flatMap((seed) => [
      `train/asked-weights-${n}-${seed}`,
      `evaluate/asked-weights-${n}-${seed}`,
    ]),
    ...["placePoints", "measureRobustness", "measureSplit"].map((task) =>
      `${task}/asked-weights-${n}`
    ),
  ];
  const more = names(graph).filter((name) => !names(without).includes(name));
  assert.deepEqual(more.toSorted(), [...own(1), ...own(2)].toSorted());
  assert.deepEqual(
    names(without).filter((name) => !names(graph).includes(name)),
    [],
  );
  for (const seed of [11, 12, 13]) {
    const recipeOf = (kind: string) => {
      const { from, ...recipe } = nodeOf(graph, `train/asked-${kind}-${seed}`)
        .stage.args as TrainingRecipe;
      assert(isRef(from));
      return [targetOf(from).stage.name.split("/")[0], leavesOf(recipe)];
    };
    const [photo, mine] = [recipeOf("photo"), recipeOf("weights-1")];
    assert.deepEqual([photo[0], mine[0]], ["train", "loadWeights"]);
    assert.deepEqual(mine[1], photo[1]);
  }
});

Deno.test("askedPipeline() reads no weights where no network is trained", () => {
  for (const changes of [{ quick: true }, { isLabelled: false }]) {
    const graph = graphWith({ ...changes, weights: [given] });
    assert.deepEqual(
      names(graph).filter((name) => name.includes("weights")),
      [],
    );
  }
});
