import assert from "node:assert/strict";
import { PROFILES } from "../../../../engine/define/pipeline.ts";
import type { Node } from "../../../../engine/run/graph.ts";
import { WEIGHT_DECAY } from "../../../../pipelines/shared/synthetic/networks.ts";
import { SCALES } from "../../../../pipelines/shared/synthetic/scale.ts";
import {
  allBuilt,
  argumentsOf,
  built,
  stagesOf,
  synthetic,
} from "./experiments.ts";

Deno.test("every pipeline builds a graph at every profile, no two stages of one name", () => {
  assert.equal(synthetic.length, 8);
  for (const { name, profile, graph } of allBuilt) {
    const names = graph.nodes.map(({ stage }) => stage.name);
    assert.equal(new Set(names).size, names.length, `${name} ${profile}`);
  }
});

Deno.test("stages of one name have the same arguments in every pipeline", () => {
  for (const profile of PROFILES) {
    const seen = new Map<string, { args: string; pipeline: string }>();
    for (const one of allBuilt.filter((one) => one.profile === profile)) {
      for (const node of one.graph.nodes) {
        const args = `${node.stage.task.name} ${argumentsOf(node)}`;
        const before = seen.get(node.stage.name);
        assert.equal(
          args,
          before?.args ?? args,
          `${node.stage.name} of ${before?.pipeline} and ${one.name} at ${profile}`,
        );
        seen.set(node.stage.name, { args, pipeline: one.name });
      }
    }
  }
});

Deno.test("no network is trained or evaluated twice under two names", () => {
  for (const profile of PROFILES) {
    const byArguments = new Map<string, string>();
    for (const one of built.filter((one) => one.profile === profile)) {
      for (const task of ["train", "evaluate", "applyShift"]) {
        for (const node of stagesOf(one, task)) {
          // The name of an evaluation is for readers: the same networks and sets count.
          const args = `${task} ${
            argumentsOf(node).replace(/"name":"[^"]*","networks"/, '"networks"')
          }`;
          const { name } = node.stage;
          assert.equal(byArguments.get(args) ?? name, name);
          byArguments.set(args, name);
        }
      }
    }
  }
});

/** Names of all networks that are trained at a profile. */
function trained(profile: string): ReadonlySet<string> {
  return new Set(
    built.filter((one) => one.profile === profile)
      .flatMap((one) => stagesOf(one, "train"))
      .map(({ stage }) => stage.name),
  );
}

Deno.test("the experiments train so many networks in all, four of them in advance", () => {
  const counts = PROFILES.map((profile) => [profile, trained(profile).size]);
  assert.deepEqual(Object.fromEntries(counts), {
    smoke: 52,
    default: 72,
    full: 267,
  });
  for (const profile of PROFILES) {
    assert.deepEqual(
      [...trained(profile)].filter((name) => name.includes("/pretrain-"))
        .toSorted(),
      ["coarse", "drawings", "narrow", "photo"]
        .map((kind) => `train/pretrain-${kind}`),
    );
  }
});

Deno.test("both kinds of pre-training differ in nothing but the augmentation", () => {
  for (const one of built.filter(({ name }) => name === "spurious-tint")) {
    const argumentsAt = (name: string) => {
      const node = one.graph.find(name);
      assert.ok(node !== undefined, name);
      const { augmentation, ...rest } = JSON.parse(argumentsOf(node));
      return { augmentation, rest };
    };
    const [photo, narrow] = ["photo", "narrow"]
      .map((kind) => argumentsAt(`train/pretrain-${kind}`));
    assert.deepEqual(photo?.rest, narrow?.rest);
    assert.match(photo?.augmentation, /wide\.ts$/);
    assert.match(narrow?.augmentation, /crop_and_mirror\.ts$/);
  }
});

/** Whether some images reach a stage, through whatever makes other images or networks of them. */
function reaches(
  node: Node,
  { field, via }: { field: string; via: (node: Node) => readonly Node[] },
): boolean {
  return node.inputs.some((input) =>
    input.stage.task.name === "loadSubsets" && input.field === field
  ) || via(node).some((input) => reaches(input, { field, via }));
}

/** What a stage takes, but for the choice of a learning rate. */
function inputsIn(one: typeof built[number]) {
  return ({ inputs }: Node): readonly Node[] =>
    inputs.filter(({ stage }) => stage.task.name !== "chooseRun")
      .map(({ stage }) => one.graph.node(stage));
}

Deno.test("no network is trained on images that choose the learning rate or are tested on", () => {
  for (const one of built) {
    const via = inputsIn(one);
    for (const node of stagesOf(one, "train")) {
      for (const field of ["selection", "test"]) {
        assert.ok(!reaches(node, { field, via }), node.stage.name);
      }
      assert.ok(
        ["reference", "pool"].some((field) => reaches(node, { field, via })),
        node.stage.name,
      );
    }
  }
});

Deno.test("the images that choose the learning rate are evaluated on for nothing else", () => {
  for (const one of built) {
    const via = inputsIn(one);
    const onSelection = stagesOf(one, "evaluate")
      .filter((node) => reaches(node, { field: "selection", via }))
      .map(({ stage }) => stage.name);
    const { learningRates } = SCALES[one.profile].fineTuning;
    assert.ok(onSelection.length >= learningRates.length, one.name);
    for (const node of one.graph.nodes) {
      if (node.stage.task.name === "chooseRun") continue;
      for (const { stage } of node.inputs) {
        assert.ok(!onSelection.includes(stage.name), node.stage.name);
      }
    }
    for (const node of stagesOf(one, "chooseRun")) {
      for (const { stage } of node.inputs) {
        const isTested = stage.task.name === "evaluate" &&
          reaches(one.graph.node(stage), { field: "test", via });
        assert.ok(!isTested, node.stage.name);
      }
    }
  }
});

Deno.test("hyper-parameters are each tried once, the usual value among them", () => {
  for (const [profile, scale] of Object.entries(SCALES)) {
    const { fineTuning, sweep, batchSize } = scale;
    for (
      const values of [
        [...fineTuning.learningRates, ...sweep.learningRates],
        [fineTuning.epochs, ...sweep.epochs],
        [batchSize, ...sweep.batchSizes],
        [WEIGHT_DECAY, ...sweep.weightDecays],
      ]
    ) {
      assert.equal(new Set(values).size, values.length, profile);
      assert.ok(values.length > 1, profile);
    }
  }
});

Deno.test("the seed that tries learning rates is kept out of pre-training without the classes", () => {
  // Its network of the usual name would be a second training of the chosen one.
  for (const { fineTuning, sweep } of Object.values(SCALES)) {
    assert.ok(!sweep.unseenSeeds.includes(fineTuning.seeds[0] ?? NaN));
    for (const seed of [...sweep.unseenSeeds, ...sweep.narrowSeeds]) {
      assert.ok(fineTuning.seeds.includes(seed));
    }
  }
});

Deno.test("a sweep of the bias has all networks of the other experiments at its usual value, and as many photo networks elsewhere", () => {
  for (const one of built.filter(({ name }) => name === "bias-strength")) {
    const { fineTuning, scratch, sweep } = SCALES[one.profile];
    const runsAt = (name: string) => {
      const found = one.graph.find(`placePoints/${name}`)?.stage.args as
        | { readonly evaluations: readonly unknown[] }
        | undefined;
      return found?.evaluations.length ?? 0;
    };
    const counts = (setting: string) =>
      ["checkpoints", "photo", "narrow"].map((name) =>
        runsAt(`${setting}-${name}`)
      );
    const { length } = fineTuning.seeds;
    assert.deepEqual(counts("tint-0.5"), [
      ...[scratch.seeds.length, length, length],
    ]);
    assert.deepEqual(counts("label-0.2"), [
      ...[scratch.label?.seeds.length, length, length],
    ]);
    for (
      const setting of [
        ...sweep.spurious.map((p) => `tint-${p}`),
        ...sweep.minority.map((p) => `label-${p}`),
      ]
    ) {
      assert.deepEqual(
        counts(setting),
        [sweep.scratchRuns, length, sweep.narrowSeeds.length],
        `${setting} ${one.profile}`,
      );
    }
  }
});

Deno.test("pre-training with drawings sees photographs with two labels, sketches and icons", () => {
  for (const one of built.filter(({ name }) => name === "unseen-classes")) {
    const node = one.graph.find("train/pretrain-drawings");
    const images = node?.inputs.find(({ path }) => path === "images");
    assert.ok(images !== undefined);
    assert.deepEqual(
      one.graph.node(images.stage).inputs
        .map(({ stage }) => stage.task.name),
      ["labelCoarsely", "loadDrawings", "loadIcons"],
    );
  }
});

Deno.test("the sweep of the spurious tint ends where every image has the colour of its class", () => {
  for (const { sweep } of Object.values(SCALES)) {
    assert.equal(sweep.spurious.at(-1), 1);
    assert.deepEqual(sweep.spurious, sweep.spurious.toSorted());
  }
});

Deno.test("networks of one experiment are tested on no strong tint, which it does not measure", () => {
  for (
    const one of built.filter(({ name }) =>
      ["hyper-parameters", "unseen-classes"].includes(name)
    )
  ) {
    const own = stagesOf(one, "evaluate").filter(({ stage }) =>
      /plain-(coarse|drawings|photo-[a-z])/.test(stage.name) &&
      !/probed|selection/.test(stage.name)
    );
    assert.ok(own.length > 1, `${one.name} ${one.profile}`);
    for (const { stage } of own) {
      const { sets } = stage.args as { readonly sets: object };
      assert.deepEqual(
        Object.keys(sets),
        ["plain", "weakTint", "flipped"],
        stage.name,
      );
    }
  }
});
