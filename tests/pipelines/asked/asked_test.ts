import assert from "node:assert/strict";
import type { AskedImages } from "../../../data/asked/asked_inputs.ts";
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

Deno.test("askedPipeline() trains nothing quickly, or without labels of the shifted images", () => {
  assert.deepEqual(trainedBy({ quick: true }), []);
  assert.deepEqual(trainedBy({ isLabelled: false }), []);
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
