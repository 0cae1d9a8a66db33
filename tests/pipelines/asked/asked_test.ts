import assert from "node:assert/strict";
import type { AskedImages } from "../../../data/asked/asked_inputs.ts";
import { isRef, mapLeaves, targetOf } from "../../../engine/define/ref.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import { IMAGES } from "./images.ts";

const source = { url: "file:///a", sha256: "0".repeat(64), title: "a" };

function trainedBy(asked: Partial<AskedImages>): readonly string[] {
  const pipeline = askedPipeline({
    ...IMAGES,
    ...asked,
  }, "Field 2");
  return graphOf(pipeline.build("default")).nodes
    .map(({ stage }) => stage.name)
    .filter((name) => /^(?:train|scoreFold)\//.test(name));
}

Deno.test("askedPipeline() trains nothing quickly, and without labels of the shifted images only what tells them apart", () => {
  assert.deepEqual(trainedBy({ quick: true }), []);
  assert.deepEqual(trainedBy({ quick: true, isLabelled: false }), []);
  const trained = trainedBy({ isLabelled: false });
  assert.deepEqual(
    trained.filter((name) => !name.startsWith("scoreFold/"))
      .map((name) => name.replace(/\d+$/, "SEED")),
    ["train/pretrain-photo-SEED"],
  );
  assert.equal(trained.length, 11);
  // Of images that are too few for folds nothing is asked.
  const few = { reference: { n: 100 }, test: { n: 100 }, shifted: { n: 3 } };
  assert.deepEqual(
    trainedBy({ isLabelled: false, counted: { given: few, distinct: few } }),
    [],
  );
});

Deno.test("askedPipeline() has the rule read linear classifiers of unlabelled images, and fine-tuned ones of labelled ones", () => {
  for (
    const [isLabelled, read, beside] of [
      [true, "findTrainedSupport", undefined],
      [false, "findSupport", "findTrainedSupport"],
    ] as const
  ) {
    const pipeline = askedPipeline({ ...IMAGES, isLabelled }, "field");
    const judge = graphOf(pipeline.build("default")).nodes
      .find(({ stage }) => stage.name === "judgeEvidence");
    const { outOfSupport, trainedSupport } = judge?.stage.args as {
      readonly outOfSupport: unknown;
      readonly trainedSupport?: unknown;
    };
    const made = [outOfSupport, trainedSupport].map((ref) =>
      isRef(ref) ? targetOf(ref).stage.name : undefined
    );
    assert.deepEqual(made, [read, beside]);
  }
});

Deno.test("askedPipeline() compares a test set that was given with the reference set, and none that was held out", () => {
  for (const isGiven of [true, false]) {
    const sources = {
      ...IMAGES.sources,
      ...isGiven ? { test: source } : {},
    };
    const pipeline = askedPipeline({ ...IMAGES, quick: true, sources }, "f");
    const judge = graphOf(pipeline.build("default")).nodes
      .find(({ stage }) => stage.name === "judgeEvidence");
    const args = judge?.stage.args as Readonly<Record<string, unknown>>;
    assert.equal(isRef(args["testShift"]), isGiven);
    assert.equal("testShift" in args, isGiven);
  }
});

Deno.test("askedPipeline() says of each picture which images it has, and names the examples of images and of tables", () => {
  const table = {
    kind: "table",
    predictions: source,
    features: {},
    columns: {},
  } as const;
  for (const inputs of [{ ...IMAGES, quick: true }, table]) {
    const answer = askedPipeline(inputs, "field").build("default");
    assert.ok(!isRef(answer));
    const { pictures, examples } = answer as {
      readonly pictures: readonly { readonly alt: string }[];
      readonly examples: unknown;
    };
    assert.ok(isRef(examples));
    assert.equal(targetOf(examples).stage.name, "listTypical");
    const alts = pictures.map(({ alt }) => alt);
    assert.equal(new Set(alts).size, inputs.kind === "images" ? 4 : 0);
    for (const alt of alts) {
      assert.match(
        alt,
        /^Up to 24 shifted images (?:in|out of) support, in rows of 8: those that look (?:most|least) like reference images/,
      );
    }
  }
});

Deno.test("askedPipeline() trains on one's own images all but what is pre-trained, ten baselines among it", () => {
  const trained = trainedBy({});
  assert.deepEqual(
    trained.filter((name) => !/^(?:train|scoreFold)\/asked-/.test(name))
      .map((name) => name.replace(/\d+$/, "SEED")),
    ["train/pretrain-photo-SEED"],
  );
  const baselines = trained.filter((name) => name.includes("asked-scratch-on"));
  assert.equal(baselines.length, 10);
  // Two networks tell the sets apart, over five folds.
  assert.equal(
    trained.filter((name) => name.startsWith("scoreFold/")).length,
    10,
  );
});

Deno.test("askedPipeline() takes apart the drops of all that the trial trains, while the rule reads that of a linear classifier", () => {
  const pipeline = askedPipeline(IMAGES, "field");
  const stages = new Map(
    graphOf(pipeline.build("default")).nodes
      .map(({ stage }) => [stage.name, stage.args]),
  );
  /** The stages that an argument of one comes from. */
  const sources = (stage: string, argument: string) => {
    const found: string[] = [];
    const args = stages.get(stage) as Readonly<Record<string, unknown>>;
    mapLeaves(args[argument], (leaf) => {
      if (isRef(leaf)) found.push(targetOf(leaf).stage.name);
    });
    return found;
  };
  const baselines = sources("attributeTrial", "baselines");
  assert.equal(baselines.length, 10);
  assert(
    baselines.every((name) => name.startsWith("evaluate/asked-scratch-on-")),
  );
  assert.deepEqual(
    sources("attributeTrial", "fineTuned"),
    ["photo", "coco"].flatMap((kind) =>
      [11, 12, 13].map((seed) => `evaluate/asked-${kind}-${seed}`)
    ),
  );
  assert.deepEqual(sources("judgeEvidence", "drop"), ["attributeDrop"]);
  const quickly = askedPipeline({ ...IMAGES, quick: true }, "field");
  assert.equal(
    graphOf(quickly.build("default")).nodes
      .some(({ stage }) => stage.name === "attributeTrial"),
    false,
  );
});

Deno.test("askedPipeline() has a name of its own for each question, of what a name of a pipeline may have", () => {
  const inputs = {
    kind: "table",
    predictions: source,
    features: {},
    columns: {},
  } as const;
  const nameOf = (question: string) => askedPipeline(inputs, question).name;
  assert.equal(nameOf("field-2-b"), "asked-field-2-b");
  assert.match(nameOf("Field_2.b"), /^asked-field-2-b-[0-9a-f]{8}$/);
});
