import assert from "node:assert/strict";
import { countedImages } from "../../../cli/ask/about_sets.ts";
import type { NamedExample } from "../../../data/asked/sets/shared_images.ts";
import type { PackedSet } from "../../../data/asked/sets/packed_set.ts";

/** So many images without pixels, named after the set, in the groups that are given. */
function packed(set: string, n: number, groups = 0): PackedSet {
  const numbers = Array.from({ length: n }, (_, i) => i);
  return {
    images: new Uint8Array(),
    side: 0,
    labels: Int32Array.from(numbers, (i) => i % 2),
    classes: ["cat", "owl"],
    groups: groups === 0 ? null : numbers.map((i) => `${i % groups}`),
    names: numbers.map((i) => `${set}${i}`),
    widths: new Int32Array(n),
    heights: new Int32Array(n),
    bytes: new Int32Array(n),
    types: new Uint8Array(n),
    found: n,
    unreadable: [],
    copies: [],
  };
}

const pair = (first: NamedExample, second: NamedExample) =>
  [first, second] as const;
const of = (set: NamedExample["set"], name: string): NamedExample => ({
  set,
  name,
});

Deno.test("countedImages() counts images as they are given, and without those in two sets", () => {
  const { given, distinct } = countedImages({
    reference: packed("r", 50),
    test: packed("t", 20),
    shifted: packed("s", 4, 2),
  }, [
    pair(of("reference", "r1"), of("test", "t1")),
    pair(of("reference", "r1"), of("shifted", "s0")),
    pair(of("test", "t2"), of("shifted", "s1")),
  ]);
  assert.deepEqual(given, {
    reference: { n: 50, groups: undefined },
    test: { n: 20, groups: undefined },
    shifted: { n: 4, groups: ["0", "1", "0", "1"] },
  });
  assert.deepEqual(distinct, {
    reference: { n: 49, groups: undefined },
    test: { n: 20, groups: undefined },
    shifted: { n: 2, groups: ["0", "1"] },
  });
});

Deno.test("countedImages() holds images out to test on where there are no others", () => {
  const { given } = countedImages({
    reference: packed("r", 100, 20),
    shifted: packed("s", 30),
  }, []);
  assert.deepEqual([given.reference.n, given.test.n], [80, 20]);
  // In whole groups.
  const groups = [given.reference, given.test]
    .map((set) => new Set(set.groups));
  assert.deepEqual(groups.map(({ size }) => size), [16, 4]);
});
