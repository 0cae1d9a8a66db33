import assert from "node:assert/strict";
import { graphOf } from "../../../engine/run/graph.ts";
import { PROFILES } from "../../../engine/define/pipeline.ts";
import { typesetDigitsPipeline } from "../../../pipelines/typeset_digits/typeset_digits.ts";
import { SCALES } from "../../../pipelines/typeset_digits/scale.ts";

/** Names of the stages of one task, with the stages that they depend on, directly or not. */
function above(profile: typeof PROFILES[number], task: string) {
  const { nodes } = graphOf(typesetDigitsPipeline.build(profile));
  const below = new Map<string, ReadonlySet<string>>();
  for (const { stage, inputs } of nodes) {
    below.set(
      stage.name,
      new Set(
        inputs.flatMap((input) => [
          input.stage.name,
          ...(below.get(input.stage.name) ?? []),
        ]),
      ),
    );
  }
  return nodes.filter(({ stage }) => stage.task.name === task)
    .map(({ stage }) => ({
      stage,
      needs: below.get(stage.name) ?? new Set<string>(),
    }));
}

for (const profile of typesetDigitsPipeline.profiles) {
  Deno.test(`typesetDigitsPipeline builds a graph at ${profile}, no two stages of one name`, () => {
    const { nodes } = graphOf(typesetDigitsPipeline.build(profile));
    const names = nodes.map(({ stage }) => stage.name);
    assert.equal(new Set(names).size, names.length);
  });
}

Deno.test("typesetDigitsPipeline trains no network on an evaluation face, and chooses by none", () => {
  for (const task of ["train", "chooseRun"]) {
    for (const { stage, needs } of above("default", task)) {
      assert.ok(
        ![...needs].some((name) => name.startsWith("loadTypesetDigits")),
        stage.name,
      );
    }
  }
});

Deno.test("typesetDigitsPipeline shows letters to one kind of pre-training alone, in as many steps", () => {
  const pretrained = above("default", "train")
    .filter(({ stage }) => stage.name.includes("-pretrain-"));
  const seesLetters = pretrained.map(({ needs }) =>
    [...needs].some((name) => name.startsWith("loadLetters"))
  );
  const seeds = SCALES.default.pretraining.seeds.length;
  assert.equal(seesLetters.length, 2 * seeds);
  assert.equal(seesLetters.filter((sees) => sees).length, seeds);
  const steps = pretrained.map(({ stage }) =>
    (stage.args as { steps: number }).steps
  );
  assert.equal(new Set(steps).size, 1);
  for (const { stage, needs } of above("default", "train")) {
    if (!stage.name.includes("-scratch-")) continue;
    assert.ok(![...needs].some((name) => name.startsWith("loadLetters")));
  }
});

Deno.test("typesetDigitsPipeline measures one network of each pre-training, over lines of four runs and more", () => {
  for (const profile of ["default", "full"] as const) {
    const trained = above(profile, "train");
    for (const { stage, needs } of above(profile, "measureWhole")) {
      const { networks, baselines } = stage.args as {
        networks: readonly unknown[];
        baselines: readonly unknown[];
      };
      assert.ok(networks.length >= 6 && baselines.length >= 4);
      const kind = stage.name.split("-")[1];
      const pretrained = trained.filter(({ stage }) =>
        needs.has(stage.name) && stage.name.includes(`-pretrain-${kind}-`)
      );
      assert.equal(pretrained.length, networks.length);
    }
  }
});

Deno.test("typesetDigitsPipeline holds families out as a whole where it tells typeset digits apart", () => {
  for (const { stage } of above("default", "scoreFold")) {
    const { groups, folds } = stage.args as {
      groups: { shifted: unknown };
      folds: number;
    };
    assert.ok(groups.shifted !== undefined);
    assert.equal(folds, SCALES.default.split.folds);
  }
});

Deno.test("SCALES of typeset digits never take a pool image twice, and grow with the profile", () => {
  for (const { sizes, scratch, pretraining } of Object.values(SCALES)) {
    const largest = Math.max(...scratch.sizes.map(({ images }) => images));
    assert.ok(largest <= sizes.reference + sizes.pool);
    assert.ok(pretraining.digits <= sizes.pool);
  }
  const steps = Object.values(SCALES).map(({ pretraining }) =>
    pretraining.steps
  );
  assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
});
