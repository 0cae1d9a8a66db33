import assert from "node:assert/strict";
import { aboutSets, inGroups } from "../../../cli/ask/about_sets.ts";
import type { PackedSet } from "../../../data/asked/sets/packed_set.ts";

/** Images of one pixel, each its number; named after the set. */
function packed(
  set: string,
  numbers: readonly number[],
  more: Partial<PackedSet> = {},
): PackedSet {
  const n = numbers.length;
  return {
    images: Uint8Array.from(numbers.flatMap((value) => [value, 0, value >> 8])),
    side: 1,
    labels: Int32Array.from(numbers, (value) => value % 2),
    classes: ["cat", "owl"],
    groups: null,
    names: numbers.map((value) => `${set}${value}.png`),
    widths: new Int32Array(n).fill(1),
    heights: new Int32Array(n).fill(1),
    bytes: new Int32Array(n).fill(70),
    types: new Uint8Array(n),
    found: n,
    unreadable: [],
    copies: [],
    ...more,
  };
}

const count = (n: number, from = 0) =>
  Array.from({ length: n }, (_, i) => from + i);

Deno.test("aboutSets() says how noisy an accuracy is with so many images, before anything is trained", () => {
  const [reference, shifted] = [
    packed("r", count(500)),
    packed("s", count(25, 1000)),
  ];
  const told = (test?: PackedSet, more: Partial<PackedSet> = {}) =>
    aboutSets({ reference, test, shifted: { ...shifted, ...more } })
      .map(({ text }) => text);
  assert.deepEqual(told(packed("t", count(400, 2000))), [
    "Noise of an accuracy (95%): up to ±4.9 points with 400 test images, ±19.6 points with 25 shifted.",
  ]);
  assert.deepEqual(told(undefined, { labels: null }), [
    "Noise of an accuracy (95%): up to ±9.8 points with 100 test images.",
  ]);
});

Deno.test("aboutSets() counts groups where there are some, large ones for more", () => {
  const inGroups = (n: number, groupOf: (i: number) => number) => ({
    groups: count(n).map((i) => `patient ${groupOf(i)}`),
  });
  const [reference, test, shifted] = [
    packed("r", count(100), inGroups(100, (i) => i % 20)),
    packed("t", count(400, 2000), inGroups(400, (i) => i % 25)),
    // 70 images of one, 30 of three.
    packed("s", count(100, 1000), inGroups(100, (i) => i < 70 ? 9 : i % 3)),
  ];
  const [text] = aboutSets({ reference, test, shifted })
    .map(({ text }) => text);
  assert.equal(
    text,
    "Noise of an accuracy (95%): up to ±19.6 points with 400 test images of 25 groups, ±70.7 points with 100 shifted of 4 groups.",
  );
  const [held] = aboutSets({ reference, shifted }).map(({ text }) => text);
  assert.match(
    held ?? "",
    /: up to ±49\.0 points with 20 test images of 4 groups, /,
  );
});

Deno.test("aboutSets() names pairs of images that two sets share, five of them, and no file in public", () => {
  const sets = {
    reference: packed("r", count(20)),
    test: packed("t", [3, ...count(9, 50)]),
    shifted: packed("s", [50, 3, ...count(5, 10), 99]),
  };
  const [, shared, ...more] = aboutSets(sets);
  assert.deepEqual(more, []);
  assert.equal(
    shared?.text,
    "8 images are in two sets, and will be left out of one: t3.png of test is r3.png of reference, s50.png of shifted is t50.png of test, s3.png of shifted is r3.png of reference, s10.png of shifted is r10.png of reference, s11.png of shifted is r11.png of reference and 3 more.",
  );
  assert.equal(
    shared?.inPublic,
    "8 images are in two sets, and will be left out of one.",
  );
});

Deno.test("aboutSets() takes no images for the same whose files are of other sizes or that are in one set", () => {
  const sets = {
    reference: packed("r", [1, 2, 2]),
    shifted: packed("s", [1], { bytes: Int32Array.of(71) }),
  };
  assert.equal(aboutSets(sets).length, 1);
});

Deno.test("inGroups() tells of groups only where there are some", () => {
  assert.equal(inGroups(packed("shifted", [1, 2])), "");
  assert.equal(
    inGroups(packed("shifted", [1, 2], { groups: ["a", "b"] })),
    ", in whole groups as far as they fit",
  );
});
