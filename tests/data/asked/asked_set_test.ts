import assert from "node:assert/strict";
import { type AskedSet, askedSet } from "../../../data/asked/asked_set.ts";

const whole: AskedSet = {
  n: 2,
  features: {
    network: { values: Float32Array.of(1, 2, 3, 4, 5, 6), dimension: 3 },
    pixels: { values: Float32Array.of(7, 8), dimension: 1 },
  },
  properties: {
    brightness: { values: Float64Array.of(0.25, NaN), categories: null },
    "file type": {
      values: Float64Array.of(1, 0),
      categories: ["png", "jpeg"],
      ofFile: true,
    },
  },
  labels: Int32Array.of(1, 0),
  classes: ["cat", "dog"],
  groups: ["garden", "street"],
  names: ["dog/a.png", "cat/<b>.jpg"],
  right: { "resnet.50": Uint8Array.of(1, 0) },
};

Deno.test("askedSet gives back what it is given, whatever is known of the examples", () => {
  const bare: AskedSet = {
    ...whole,
    properties: {},
    labels: null,
    classes: [],
    groups: null,
    names: null,
    right: {},
  };
  for (const set of [whole, bare]) {
    assert.deepEqual(askedSet.decode(askedSet.encode(set)), set);
  }
});

Deno.test("askedSet refuses a set that holds more or less of something than it has examples", () => {
  const cases: readonly [Partial<AskedSet>, string][] = [
    [{ labels: Int32Array.of(1) }, "it has 1 of labels"],
    [{ groups: ["garden"] }, "it has 1 of groups"],
    [
      { right: { r50: Uint8Array.of(1) } },
      'it has 1 of predictions of "r50"',
    ],
    [
      { features: { pixels: { values: Float32Array.of(1), dimension: 1 } } },
      'its features "pixels" are 1 numbers, not 2 × 1',
    ],
    [
      {
        features: { pixels: { values: Float32Array.of(1, NaN), dimension: 1 } },
      },
      'features "pixels" of example 2 are not finite',
    ],
    [
      { labels: Int32Array.of(1, 2) },
      "label 2 of example 2 is none of the 2 classes",
    ],
  ];
  for (const [change, message] of cases) {
    assert.throws(
      () => askedSet.encode({ ...whole, ...change }),
      new TypeError(`Cannot encode a set of 2 examples: ${message}`),
    );
  }
});
