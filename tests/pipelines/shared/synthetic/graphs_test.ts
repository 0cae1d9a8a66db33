import assert from "node:assert/strict";
import {
  type ProfileName,
  PROFILES,
} from "../../../../engine/define/pipeline.ts";
import { isRef, targetOf } from "../../../../engine/define/ref.ts";
import type { Node } from "../../../../engine/run/graph.ts";
import { WEIGHT_DECAY } from "../../../../pipelines/shared/synthetic/networks.ts";
import {
  SCALES,
  SWEPT_SCALES,
  type SweptScale,
} from "../../../../pipelines/shared/synthetic/scale.ts";
import {
  allBuilt,
  argumentsOf,
  built,
  builtOf,
  callsOf,
  pipelineOf,
  stagesOf,
  synthetic,
} from "./experiments.ts";
import { clashAmong } from "./stage_clash.ts";

Deno.test("every pipeline builds a graph at every profile, no two stages of one name", () => {
  assert.equal(synthetic.length, 12);
  for (const { name, profile, graph } of allBuilt) {
    const names = graph.nodes.map(({ stage }) => stage.name);
    assert.equal(new Set(names).size, names.length, `${name} ${profile}`);
  }
});

Deno.test("stages of one name have the same arguments in every pipeline", () => {
  const clash = clashAmong(allBuilt);
  assert.ok(clash === undefined, clash);
});

Deno.test("no network is trained or evaluated twice under two names", () => {
  for (const profile of PROFILES) {
    const byArguments = new Map<string, string>();
    for (const one of built.filter((one) => one.profile === profile)) {
      for (const task of ["train", "evaluate"]) {
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

Deno.test("no reference set has more images than there are", () => {
  let extended = 0;
  for (const one of allBuilt) {
    for (const { args } of callsOf(one, "extendReference")) {
      const { reference, pool, n } = args as Record<string, unknown>;
      assert.ok(isRef(reference) && isRef(pool));
      const { sizes } = Object(targetOf(pool).stage.args);
      const most = sizes[targetOf(reference).field] + sizes.pool;
      assert.ok(Number(n) <= most, `${n} of ${one.name} ${one.profile}`);
      extended++;
    }
  }
  assert.ok(extended > 20, `${extended}`);
});

/** Names of all networks that are trained at a profile. */
function trained(profile: string): ReadonlySet<string> {
  return new Set(
    built.filter((one) => one.profile === profile)
      .flatMap((one) => stagesOf(one, "train"))
      .map(({ stage }) => stage.name),
  );
}

Deno.test("the experiments train so many networks in all", () => {
  const counts = PROFILES.map((profile) => [profile, trained(profile).size]);
  assert.deepEqual(Object.fromEntries(counts), {
    smoke: 137,
    default: 179,
    full: 598,
    gpu: 491,
  });
});

Deno.test("every network that is fine-tuned has a pre-trained one of its own seed, four photo and four narrow ones or more where the shifts are decided", () => {
  for (const profile of ["default", "full", "gpu"] as const) {
    const { photo, narrow } = SCALES[profile].pretraining.seeds;
    assert.ok(photo.length >= 4 && narrow.length >= 4, profile);
    for (const name of ["photo", "narrow"] as const) {
      for (const seed of SCALES[profile].pretraining.seeds[name]) {
        for (const setting of ["plain", "tint-0.5", "label-0.2"]) {
          assert.ok(trained(profile).has(`train/${setting}-${name}-${seed}`));
        }
        assert.ok(trained(profile).has(`train/pretrain-${name}-${seed}`));
      }
    }
  }
});

Deno.test("the line of finished networks has ten or more, and that of checkpoints four runs or more", () => {
  for (const profile of ["default", "full", "gpu"] as const) {
    const { sizes, ...settings } = SCALES[profile].scratch;
    for (const { seeds, sizeSeeds } of Object.values(settings)) {
      assert.ok(seeds.length >= 4, profile);
      assert.ok(seeds.length + sizes.length * sizeSeeds.length >= 10, profile);
    }
  }
});

Deno.test("both kinds of pre-training differ in nothing but the augmentation", () => {
  for (const one of builtOf("spurious-tint")) {
    const argumentsAt = (name: string) => {
      const node = one.graph.find(name);
      assert.ok(node !== undefined, name);
      const { augmentation, ...rest } = JSON.parse(argumentsOf(node));
      return { augmentation, rest };
    };
    const [photo, narrow] = (["photo", "narrow"] as const)
      .map((kind) =>
        argumentsAt(
          `train/pretrain-${kind}-${
            SCALES[one.profile].pretraining.seeds[kind][0]
          }`,
        )
      );
    assert.deepEqual(photo?.rest, narrow?.rest);
    assert.match(photo?.augmentation, /wide\.ts wide$/);
    assert.match(
      narrow?.augmentation,
      /crop_and_mirror\.ts cropAndMirror(Small)?$/,
    );
  }
});

/** For what images that a stage takes are there: a subset of CIFAR-10, or a draw of digits. */
function subsetOf({ stage, field }: Node["inputs"][number]): unknown {
  if (stage.task.name === "loadSubsets") return field;
  if (stage.task.name !== "drawLinkedDigits") return undefined;
  const { subset } = stage.args as { readonly subset: string };
  return subset === "train" ? "reference" : subset;
}

/** Whether some images reach a stage, through whatever makes other images or networks of them. */
function reaches(
  node: Node,
  { field, via }: { field: string; via: (node: Node) => readonly Node[] },
): boolean {
  return node.inputs.some((input) => subsetOf(input) === field) ||
    via(node).some((input) => reaches(input, { field, via }));
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
        ["reference", "pool", "refit"].some((field) =>
          reaches(node, { field, via })
        ),
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
    assert.ok(
      learningRates.length === 1 ||
        onSelection.length >= learningRates.length,
      one.name,
    );
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
  for (const [profile, scale] of Object.entries(SWEPT_SCALES)) {
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

Deno.test("pre-training without the classes has the seeds of photo networks beside it", () => {
  for (const { pretraining, sweep } of Object.values(SWEPT_SCALES)) {
    for (const seed of sweep.unseenSeeds) {
      assert.ok(pretraining.seeds.photo.includes(seed));
    }
  }
});

Deno.test("a sweep of the bias has all runs of the other experiments at its usual value, and as many photo networks at each", () => {
  for (const one of builtOf("bias-strength")) {
    const scale: SweptScale =
      SWEPT_SCALES[one.profile as keyof typeof SWEPT_SCALES];
    const { scratch, sweep } = scale;
    const runsAt = (name: string) => {
      const found = one.graph.find(`placePoints/${name}`)?.stage.args as
        | { readonly evaluations: readonly unknown[] }
        | undefined;
      return found?.evaluations.length ?? 0;
    };
    const counts = (setting: string) =>
      ["checkpoints", "swept-photo"].map((name) =>
        runsAt(`${setting}-${name}`)
      );
    assert.deepEqual(counts("tint-0.5"), [
      ...[scratch.tint.seeds.length, sweep.networks],
    ]);
    assert.deepEqual(counts("label-0.2"), [
      ...[scratch.label.seeds.length, sweep.networks],
    ]);
    for (
      const setting of [
        ...sweep.spurious.map((p) => `tint-${p}`),
        ...sweep.minority.map((p) => `label-${p}`),
      ]
    ) {
      assert.deepEqual(
        counts(setting),
        [sweep.scratchRuns, sweep.networks],
        `${setting} ${one.profile}`,
      );
    }
  }
});

Deno.test("pre-training with drawings sees photographs with two labels, sketches and icons", () => {
  for (const one of builtOf("unseen-classes")) {
    const { sweep } = SWEPT_SCALES[one.profile as keyof typeof SWEPT_SCALES];
    const node = one.graph.find(
      `train/pretrain-drawings-${sweep.unseenSeeds[0]}`,
    );
    assert.deepEqual(
      node?.inputs.map(({ path, stage }) => [path, stage.task.name]),
      [
        ["images.from.sets[0].from.images", "loadSubsets"],
        ["images.from.sets[1]", "shrinkImages"],
        ["images.from.sets[2]", "shrinkImages"],
      ],
    );
  }
});

Deno.test("bias-strength answers first what it finds where the paper has it near 0, if that is measured", () => {
  for (const [profile, { sweep }] of Object.entries(SWEPT_SCALES)) {
    const { answer } = pipelineOf("bias-strength")
      .build(profile as ProfileName) as unknown as {
        readonly answer:
          readonly (string | Readonly<Record<string, unknown>>)[];
      };
    const [, , first] = answer;
    const change = answer.flatMap((piece) =>
      typeof piece === "object" && isRef(piece["value"])
        ? targetOf(piece["value"]).stage.name
        : []
    );
    const isThere = sweep.spurious.includes(0.8);
    assert.equal(/near 0.*\*\*$/.test(`${answer[0]}${answer[1]}`), isThere);
    if (!isThere) continue;
    assert.ok(typeof first === "object" && isRef(first["value"]));
    assert.match(
      targetOf(first["value"]).stage.name,
      /\/tint-0\.8-swept-photo-/,
    );
    assert.ok(change.includes("compareShifts/spurious-0.8"), `${change}`);
  }
});

Deno.test("the sweep of the spurious tint ends where every image has the colour of its class", () => {
  for (const { sweep } of Object.values(SWEPT_SCALES)) {
    assert.equal(sweep.spurious.at(-1), 1);
    assert.deepEqual(sweep.spurious, sweep.spurious.toSorted());
  }
});

Deno.test("networks of one experiment are tested on no strong tint, which it does not measure", () => {
  for (const one of builtOf("hyper-parameters", "unseen-classes")) {
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
