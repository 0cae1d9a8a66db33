import assert from "node:assert/strict";
import { joinSets, takeExamples } from "../../../data/asked/take_examples.ts";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import { removeDuplicates } from "../../../models/asked/remove_duplicates.ts";
import { plantedSets } from "./planted_sets.ts";

const { reference, test, shifted } = plantedSets({ n: 300, seed: 9 });
const options = { seed: 1, atMost: 5000 };

/** The set with a little noise on all features. */
function nearly(set: AskedSet, deviation: number): AskedSet {
  const random = stream(1, "noise");
  return {
    ...set,
    features: Object.fromEntries(
      Object.entries(set.features).map(([name, { values, dimension }]) => [
        name,
        {
          values: values.map((value) => value + deviation * random.normal()),
          dimension,
        },
      ]),
    ),
  };
}

Deno.test("removeDuplicates() removes nothing from sets that are drawn apart", () => {
  const found = removeDuplicates({ reference, test, shifted }, options);
  assert.deepEqual(found.shifted, shifted);
  assert.deepEqual(found.duplicates, {
    removed: 0,
    reference: 0,
    test: 0,
    shifted: 0,
  });
  assert.deepEqual(
    found.places.shifted,
    Uint32Array.from({ length: 300 }, (_, i) => i),
  );
});

Deno.test("removeDuplicates() takes equal and nearly equal examples out of the shifted and the reference set", () => {
  const some = (set: AskedSet, from: number) =>
    takeExamples(set, Array.from({ length: 20 }, (_, i) => from + i));
  const found = removeDuplicates({
    reference: joinSets([reference, some(test, 0)]),
    test,
    shifted: joinSets([
      nearly(some(test, 40), 0.02),
      shifted,
      some(reference, 80),
    ]),
  }, options);
  assert.deepEqual(found.duplicates, {
    removed: 60,
    reference: 20,
    test: 0,
    shifted: 40,
  });
  assert.deepEqual(found.reference, reference);
  assert.equal(found.shifted.n, 300);
  assert.equal(found.places.shifted[0], 20);
});

Deno.test("removeDuplicates() puts nearly equal examples of one set into one group", () => {
  const twice = joinSets([
    shifted,
    nearly(takeExamples(shifted, [7, 8]), 0.02),
  ]);
  const found = removeDuplicates({ reference, test, shifted: twice }, options);
  assert.equal(found.duplicates.removed, 0);
  const groups = found.shifted.groups ?? [];
  assert.equal(groups[7], groups[300]);
  assert.equal(groups[8], groups[301]);
  assert.equal(new Set(groups).size, 300);
  assert.equal(groups[300], "of near copies (shifted 8)");
});

Deno.test("removeDuplicates() makes one group of two that have a nearly equal example, in all sets", () => {
  const inPairs = (set: AskedSet, from = 0): AskedSet => ({
    ...set,
    groups: Array.from(
      { length: set.n },
      (_, i) => `${from + Math.floor(i / 2)}`,
    ),
  });
  const twice = joinSets([
    inPairs(shifted),
    inPairs(nearly(takeExamples(shifted, [7]), 0.02), 1000),
    inPairs(takeExamples(nearly(test, 3), [0]), 1000),
  ]);
  const found = removeDuplicates({
    reference: inPairs(reference, 2000),
    test: inPairs(test, 900),
    shifted: twice,
  }, options);
  assert.equal(found.duplicates.removed, 0);
  const [own, ofTest] = [found.shifted.groups ?? [], found.test.groups ?? []];
  // Examples 6 and 7 were in one group, the last two in another one.
  assert.equal(new Set([own[6], own[7], own[300], own[301]]).size, 1);
  assert.equal(new Set(own).size, 150);
  // That other one has two examples in the test set as well.
  assert.deepEqual([ofTest[200], ofTest[201]], [own[6], own[6]]);
  assert.equal(new Set(ofTest).size, 150);
});

Deno.test("removeDuplicates() takes neighbours in few dimensions for no duplicates, equal rows for some", () => {
  const flat = (set: AskedSet): AskedSet => ({
    ...set,
    features: {
      two: {
        values: set.features["network"]?.values.slice(0, 600) ??
          new Float32Array(),
        dimension: 2,
      },
    },
  });
  const found = removeDuplicates({
    reference: flat(reference),
    test: flat(test),
    shifted: flat(shifted),
  }, options);
  assert.equal(found.duplicates.removed, 0);
  const equal = removeDuplicates({
    reference: flat(reference),
    test: flat(test),
    shifted: flat(test),
  }, options);
  assert.equal(equal.duplicates.shifted, 300);
});

Deno.test("removeDuplicates() goes on with a random part of a large set", () => {
  const found = removeDuplicates({ reference, test, shifted }, {
    seed: 1,
    atMost: 100,
  });
  assert.deepEqual(
    [found.reference.n, found.test.n, found.shifted.n],
    [100, 100, 100],
  );
  assert.deepEqual(found.shifted, takeExamples(shifted, found.places.shifted));
});
