import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import {
  groupsOf,
  joinSets,
  takeExamples,
} from "../../../data/asked/take_examples.ts";

function setOf(n: number, from: number): AskedSet {
  const count = Array.from({ length: n }, (_, i) => from + i);
  return {
    n,
    features: {
      pixels: {
        values: Float32Array.from(count.flatMap((i) => [i, -i])),
        dimension: 2,
      },
    },
    properties: {
      brightness: { values: Float64Array.from(count), categories: null },
      bytes: {
        values: Float64Array.from(count),
        categories: null,
        ofFile: true,
      },
    },
    labels: Int32Array.from(count, (i) => i % 2),
    classes: ["even", "odd"],
    groups: count.map((i) => `group ${i}`),
    names: count.map((i) => `${i}.png`),
    right: { r50: Uint8Array.from(count, (i) => i % 3 === 0 ? 1 : 0) },
  };
}

Deno.test("takeExamples() takes all that is known of some examples, in their order", () => {
  assert.deepEqual(takeExamples(setOf(9, 0), [3, 4, 5]), setOf(3, 3));
});

Deno.test("joinSets() puts sets one after the other, and leaves out what one of them lacks", () => {
  assert.deepEqual(joinSets([setOf(2, 0), setOf(3, 2)]), setOf(5, 0));
  const bare = { ...setOf(3, 2), labels: null, groups: null, right: {} };
  assert.deepEqual(joinSets([setOf(2, 0), bare]), {
    ...setOf(5, 0),
    labels: null,
    groups: null,
    right: {},
  });
  assert.throws(() => joinSets([]), RangeError);
});

Deno.test("joinSets() leaves out a model that one set lacks, whatever it is called", () => {
  const right = { constructor: Uint8Array.of(1, 0) };
  const joined = joinSets([{ ...setOf(2, 0), right }, {
    ...setOf(3, 2),
    right: {},
  }]);
  assert.deepEqual(joined.right, {});
});

Deno.test("groupsOf() makes each example of a set without groups one of its own", () => {
  const without = { ...setOf(2, 0), groups: null };
  assert.equal(groupsOf([without, without]), null);
  const groups = groupsOf([setOf(1, 7), without, without]) ?? [];
  assert.equal(groups[0], "group 7");
  assert.equal(new Set(groups).size, 5);
});
