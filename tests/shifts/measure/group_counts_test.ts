import assert from "node:assert/strict";
import {
  accuracyByGroup,
  BLOCKS,
  countGroups,
  type GroupedSet,
  measureOf,
} from "../../../shifts/measure/group_counts.ts";
import { judgedSet } from "../../../shifts/measure/evaluation.ts";

const names = ["a", "b", "empty"];
const labels = Uint8Array.of(0, 0, 0, 0);

function judged(...right: number[]) {
  return judgedSet(Uint8Array.from(right), { labels, classes: 1 });
}

function part(set: string, ...of: number[]): GroupedSet {
  return { set, groups: { names, of: Int32Array.from(of) } };
}

const network = {
  sets: { own: judged(1, 1, 0, 1), random: judged(0, 1, 0, 0) },
};

Deno.test("countGroups() counts a group in the first set that has it", () => {
  const counts = countGroups(network, [
    part("own", 0, 0, 0, 0),
    part("random", 1, 0, 1, 1),
  ]);
  assert.deepEqual([...accuracyByGroup(counts)], [0.75, 0, NaN]);
});

Deno.test("accuracyByGroup() leaves out one block of images", () => {
  const counts = countGroups(network, [part("own", 0, 0, 1, 1)]);
  assert.deepEqual([...accuracyByGroup(counts)].slice(0, 2), [1, 0.5]);
  assert.deepEqual(
    [...accuracyByGroup(counts, { without: 2 })].slice(0, 2),
    [1, 1],
  );
  assert.ok(BLOCKS > 4);
});

Deno.test("measureOf() tells the worst group, the balanced mean and the mean as in training apart", () => {
  const accuracies = Float64Array.of(0.9, 0.5, NaN);
  assert.equal(measureOf(accuracies, { kind: "worst" }), 0.5);
  assert.equal(measureOf(accuracies, { kind: "balanced" }), 0.7);
  assert.equal(
    measureOf(accuracies, { kind: "as in training", shares: [0.75, 0.25, 0] }),
    0.8,
  );
  assert.throws(() => measureOf(Float64Array.of(NaN), { kind: "worst" }), {
    name: "RangeError",
    message:
      "Cannot measure accuracies of 1 groups: none has an image that counts",
  });
});

Deno.test("countGroups() throws when the network was not judged on a set, or on other images", () => {
  assert.throws(() => countGroups(network, [part("turned", 0)]), {
    name: "RangeError",
    message:
      'Cannot count groups on set "turned": the network was not judged on it',
  });
  assert.throws(() => countGroups(network, [part("own", 0, 1)]), {
    name: "RangeError",
    message:
      'Cannot count groups on set "own": it has 4 images, and 2 have one of 3 groups',
  });
});
