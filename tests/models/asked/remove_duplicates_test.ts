import assert from "node:assert/strict";
import { joinSets, takeExamples } from "../../../data/asked/take_examples.ts";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import {
  COLOUR_STATISTICS,
  PIXEL_STATISTICS,
} from "../../../data/images/pixel_statistics.ts";
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
  assert.equal(found.copies.length, 60);
  const copies = new Map(
    found.copies.map((pair) => [
      `${pair[1].set} ${pair[1].name}`,
      `${pair[0].set} ${pair[0].name}`,
    ]),
  );
  // The first of the shifted set are those from 40 on of the test set, the last those from 80 on of the reference set.
  assert.equal(copies.get("shifted 1"), "test 41");
  assert.equal(copies.get("shifted 321"), "reference 81");
  assert.equal(copies.get("test 1"), "reference 301");
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

/** Examples of which nothing is known but features, row by row. */
function described(
  rows: readonly (readonly number[])[],
  { kind = "answers", groups = null }: {
    readonly kind?: string;
    readonly groups?: AskedSet["groups"];
  } = {},
): AskedSet {
  return {
    n: rows.length,
    features: {
      [kind]: {
        values: Float32Array.from(rows.flat()),
        dimension: rows[0]?.length ?? 1,
      },
    },
    properties: {},
    labels: null,
    classes: [],
    groups,
    names: null,
    right: {},
  };
}

/** `n` rows of `row`, which is given numbers below its argument. */
function rowsOf(
  purpose: string,
  { n, row }: {
    readonly n: number;
    readonly row: (integer: (bound: number) => number) => readonly number[];
  },
): readonly (readonly number[])[] {
  const random = stream(4, "rows", purpose);
  return Array.from({ length: n }, () => row((bound) => random.integer(bound)));
}

const FEW_VALUED: readonly (readonly [
  string,
  (integer: (bound: number) => number) => readonly number[],
])[] = [
  [
    "of four answers from 1 to 5",
    (integer) => Array.from({ length: 4 }, () => 1 + integer(5)),
  ],
  ["of age and sex", (integer) => [18 + integer(60), integer(2)]],
  [
    "of twelve yes or no, in as many directions",
    (integer) => Array.from({ length: 12 }, () => integer(2)),
  ],
  ["of one country of twelve, a column for each", (integer) => {
    const own = integer(12);
    return Array.from({ length: 12 }, (_, k) => own === k ? 1 : 0);
  }],
  ["that are all the same", () => [1, 2]],
];

for (const [what, row] of FEW_VALUED) {
  Deno.test(`removeDuplicates() takes rows ${what} for no copies of each other`, () => {
    const [reference, test, shifted] = ["reference", "test", "shifted"].map(
      (purpose) => described(rowsOf(purpose, { n: 500, row })),
    ) as [AskedSet, AskedSet, AskedSet];
    const found = removeDuplicates({ reference, test, shifted }, options);
    assert.equal(found.duplicates.removed, 0);
    assert.deepEqual(
      [found.reference, found.test, found.shifted],
      [reference, test, shifted],
    );
  });
}

Deno.test("removeDuplicates() looks for no copies where more than one of a hundred rows are in a set twice, unless they are images", () => {
  const twice = (share: number) =>
    joinSets([
      reference,
      takeExamples(
        reference,
        Array.from({ length: share * 300 }, (_, i) => 3 * i),
      ),
    ]);
  const both = joinSets([shifted, takeExamples(test, [5, 6])]);
  const given = (set: AskedSet): AskedSet => ({
    ...set,
    features: {
      given: set.features["network"] as AskedSet["features"][string],
    },
  });
  const removedOf = (sets: readonly [AskedSet, AskedSet, AskedSet]) => {
    const [reference, test, shifted] = sets;
    const found = removeDuplicates({ reference, test, shifted }, options);
    return [
      found.duplicates.removed,
      new Set(found.reference.groups ?? []).size,
    ];
  };
  assert.deepEqual(removedOf([twice(0.03), test, both]), [2, 300]);
  assert.deepEqual(
    removedOf([given(twice(0.03)), given(test), given(both)]),
    [0, 0],
  );
  // One pair in 301 rows.
  assert.deepEqual(
    removedOf([given(twice(1 / 300)), given(test), given(both)]),
    [2, 300],
  );
});

Deno.test("removeDuplicates() expects equal rows of one group, and finds copies beside them", () => {
  const row = (integer: (bound: number) => number) => [integer(2 ** 20)];
  const frames = (purpose: string) => {
    const rows = rowsOf(purpose, { n: 200, row });
    return described([...rows, ...rows], {
      groups: Array.from({ length: 400 }, (_, i) => `${purpose} ${i % 200}`),
    });
  };
  const [test, own] = [frames("test"), frames("shifted")];
  const found = removeDuplicates({
    reference: frames("reference"),
    test,
    shifted: joinSets([own, takeExamples(test, [3, 4])]),
  }, options);
  assert.equal(found.duplicates.shifted, 2);
  assert.deepEqual(found.shifted, own);
});

Deno.test("removeDuplicates() finds equal rows of one column among twenty thousand a set", () => {
  const numbers = (from: number) =>
    described(Array.from({ length: 20_000 }, (_, i) => [from + i]));
  const found = removeDuplicates({
    reference: numbers(0),
    test: numbers(19_990),
    shifted: joinSets([
      numbers(200_000),
      described([[-0], [7], [30_000], [30_000], [200_000]]),
    ]),
  }, options);
  assert.deepEqual(found.duplicates, {
    removed: 14,
    reference: 10,
    test: 0,
    shifted: 4,
  });
  assert.equal(found.shifted.n, 5000);
});

Deno.test("removeDuplicates() finds near copies though most examples have one", () => {
  const found = removeDuplicates(
    { reference, test, shifted: nearly(test, 0.02) },
    options,
  );
  assert.equal(found.duplicates.shifted, 300);
});

Deno.test("removeDuplicates() finds copies of images that are stored otherwise, and takes none for one whose colours differ", () => {
  const random = stream(6, "images");
  const normal = (length: number) =>
    Float32Array.from({ length }, () => random.normal());
  const images = (set: AskedSet): AskedSet => ({
    ...set,
    features: {
      ...set.features,
      pixels: {
        values: normal(PIXEL_STATISTICS * set.n),
        dimension: PIXEL_STATISTICS,
      },
    },
  });
  /** The images with other values of some of their statistics. */
  const changed = (
    set: AskedSet,
    [from, to]: readonly [number, number],
  ): AskedSet => ({
    ...nearly(set, 0.02),
    features: {
      ...nearly(set, 0.02).features,
      pixels: {
        values: set.features["pixels"]?.values.map((value, at) => {
          const k = at % PIXEL_STATISTICS;
          return k >= from && k < to ? random.normal() : value;
        }) ?? new Float32Array(),
        dimension: PIXEL_STATISTICS,
      },
    },
  });
  const [own, tested] = [images(reference), images(test)];
  const removedOf = (range: readonly [number, number]) =>
    removeDuplicates({
      reference: own,
      test: tested,
      shifted: joinSets([images(shifted), changed(tested, range)]),
    }, options).duplicates;
  assert.deepEqual(removedOf([COLOUR_STATISTICS, PIXEL_STATISTICS]), {
    removed: 300,
    reference: 0,
    test: 0,
    shifted: 300,
  });
  assert.equal(removedOf([0, COLOUR_STATISTICS]).removed, 0);
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
