import assert from "node:assert/strict";
import { isRef, mapLeaves, targetOf } from "../../../engine/define/ref.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import type { CountedImages } from "../../../data/asked/asked_inputs.ts";
import { IMAGES } from "./images.ts";

/** Images without groups, the shifted ones perhaps in some; perhaps few are left without copies. */
function countedIn(
  groups: readonly string[] | undefined,
  { left = 100 } = {},
): CountedImages {
  const counts = (shifted: number) => ({
    reference: { n: 100 },
    test: { n: 100 },
    shifted: { n: shifted, groups: groups?.slice(0, shifted) },
  });
  return { given: counts(100), distinct: counts(left) };
}

/** Arguments of the stages of a question by name, with names of stages in place of refs. */
function stagesOf(counted?: CountedImages): ReadonlyMap<string, unknown> {
  const pipeline = askedPipeline({
    ...IMAGES,
    ...counted === undefined ? {} : { counted },
  }, "field");
  return new Map(
    graphOf(pipeline.build("default")).nodes.map(({ stage }) => [
      stage.name,
      mapLeaves(stage.args, (leaf) => {
        if (!isRef(leaf)) return leaf;
        const { stage, field } = targetOf(leaf);
        return `${stage.name}.${field}`;
      }),
    ]),
  );
}

const twelve = Array.from({ length: 100 }, (_, i) => `patient ${i % 12}`);

Deno.test("askedPipeline() measures with groups of the shifted images that are left as units, in all and in parts", () => {
  const stages = stagesOf(countedIn(twelve));
  const units = "removeDuplicates.shiftedGroups";
  for (const kind of ["asked-photo", "asked-COCO"]) {
    for (
      const task of ["measureWhole", "measureSplit", "leaveOutFewUnits"]
    ) {
      const args = stages.get(`${task}/${kind}`) as { units: unknown };
      assert.equal(args.units, units, task);
    }
    assert.equal(stages.has(`measureRobustness/${kind}`), false);
  }
  const { units: ofLine } = stages.get("placeHits/asked-baselines") as {
    units: unknown;
  };
  assert.equal(ofLine, units);
});

Deno.test("askedPipeline() has the same stages for images of no groups, or of groups of one, as if nobody had counted them", () => {
  const plain = stagesOf();
  assert.equal(
    [...plain.keys()].some((name) => /Whole|Hits|Units/.test(name)),
    false,
  );
  assert.deepEqual(stagesOf(countedIn(undefined)), plain);
  assert.deepEqual(stagesOf(countedIn(twelve.map((_, i) => `${i}`))), plain);
});

Deno.test("askedPipeline() trains nothing where too few images are left without copies, and asks for no trial", () => {
  const stages = stagesOf(countedIn(undefined, { left: 0 }));
  assert.deepEqual(
    [...stages.keys()].filter((name) => /^(train|scoreFold)\//.test(name)),
    [],
  );
  const { canTrain } = stages.get("judgeEvidence") as { canTrain: unknown };
  assert.equal(canTrain, false);
});
