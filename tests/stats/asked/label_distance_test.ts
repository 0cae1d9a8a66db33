import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  chiSquare,
  labelDistance,
  totalVariation,
} from "../../../stats/asked/label_distance.ts";
import { placeboSplit } from "../../../stats/asked/placebo_splits.ts";
import { close } from "../reference.ts";
import { scipy } from "./asked_reference.ts";

Deno.test("chiSquare() is SciPy's statistic of a table, and a class that nobody has adds nothing", () => {
  close(chiSquare(scipy.labels.a, scipy.labels.b), scipy.labels.chi, 1e-12);
});

Deno.test("totalVariation() is 0 of proportional counts and 1 of disjoint ones", () => {
  assert.equal(totalVariation([1, 2], [2, 4]), 0);
  assert.equal(totalVariation([5, 0], [0, 7]), 1);
});

/** Labels of two sets of 300, of three classes; the first one's share is given. */
function found(share: number, seed: number) {
  const random = stream(seed, "labels");
  const shifted = new Uint8Array(600).fill(1, 300);
  const labels = Int32Array.from(shifted, (set) => {
    const first = set === 1 ? share : 1 / 3;
    return random.uniform() < first ? 0 : 1 + random.integer(2);
  });
  const placebos = Array.from(
    { length: 99 },
    () =>
      placeboSplit(
        { shifted, strata: null, groups: null },
        (n) => random.permutation(n),
      ),
  );
  return labelDistance(labels, { shifted, classes: 3, placebos });
}

Deno.test("labelDistance() is at its null where classes are as frequent in both sets, in about nine of ten draws", () => {
  const ps = Array.from({ length: 40 }, (_, seed) => found(1 / 3, seed).p);
  const small = ps.filter((p) => p <= 0.1).length;
  assert.ok(small <= 9, `${small} of 40`);
});

Deno.test("labelDistance() holds the true distance, less what chance gives", () => {
  for (let seed = 0; seed < 10; seed++) {
    const { p, distance } = found(2 / 3, seed);
    assert.equal(p, 0.01);
    assert.ok(distance.low <= 1 / 3 && 1 / 3 <= distance.high + 0.02);
  }
});
