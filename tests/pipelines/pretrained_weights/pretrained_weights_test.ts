import assert from "node:assert/strict";
import { type Graph, graphOf } from "../../../engine/run/graph.ts";
import { PROFILES } from "../../../engine/define/pipeline.ts";
import type { Stage } from "../../../engine/define/ref.ts";
import { pretrainedWeights } from "../../../pipelines/pretrained_weights/pretrained_weights.ts";
import { splitKnownTruth } from "../../../pipelines/split_known_truth/split_known_truth.ts";
import { unseenTintPipeline } from "../../../pipelines/unseen_tint.ts";
import { verticalFlip } from "../../../pipelines/vertical_flip.ts";

const TRUNK = "loadCocoTrunk";

/** Names of the stages that the trunk is needed for, itself included. */
function aboveTrunk({ nodes }: Graph): ReadonlySet<string> {
  const above = new Set<string>();
  for (const { stage, inputs } of nodes) {
    const isAbove = stage.name === TRUNK ||
      inputs.some((input) => above.has(input.stage.name));
    if (isAbove) above.add(stage.name);
  }
  return above;
}

function inputsOf(graph: Graph, stage: Stage): readonly string[] {
  return graph.node(stage).inputs.map(({ path, stage, field }) =>
    `${path} = ${stage.name}.${field}`
  );
}

for (const profile of PROFILES) {
  Deno.test(`pretrainedWeights trains nothing without its weights that other pipelines do not, at ${profile}`, () => {
    const graph = graphOf(pretrainedWeights.build(profile));
    const others = [unseenTintPipeline, verticalFlip, splitKnownTruth]
      .map((pipeline) => graphOf(pipeline.build(profile)));
    const above = aboveTrunk(graph);
    assert.ok(above.has(TRUNK));
    for (const { stage } of graph.nodes) {
      // Smaller test sets alone are made in vain.
      if (above.has(stage.name) || stage.task.name === "takeFirst") continue;
      const same = others.find((other) => other.find(stage.name));
      const known = same?.find(stage.name)?.stage;
      assert.ok(same !== undefined && known !== undefined, stage.name);
      assert.deepEqual(inputsOf(same, known), inputsOf(graph, stage));
    }
  });

  Deno.test(`pretrainedWeights reports on test sets that its choices did not see, at ${profile}`, () => {
    const graph = graphOf(pretrainedWeights.build(profile));
    const setsOf = (name: string) =>
      graph.nodes
        .filter(({ stage }) =>
          stage.task.name === "evaluate" && stage.name.includes(name)
        )
        .flatMap(({ inputs }) =>
          inputs.filter(({ path }) => path.startsWith("sets."))
        )
        .map(({ path }) => path.replace("sets.", ""));
    const chosenOn = new Set(setsOf("/coco-12-layers-selection"));
    assert.deepEqual([...chosenOn], ["selection"]);
    for (const method of ["LP-4", "LP-FT-4"]) {
      const reported = new Set(setsOf(`/coco-${method}`));
      assert.deepEqual(
        [...reported].sort(),
        ["flipped", "plain", "strongTint", "weakTint"],
      );
    }
  });
}
