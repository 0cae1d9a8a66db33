import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  chiSquare,
  labelDistance,
  totalVariation,
} from "../../../stats/asked/label_distance.ts";
import { placeboSplits } from "../../../stats/asked/placebo_splits.ts";
import { inFull, isFull } from "../../full.ts";
import { close } from "../reference.ts";
import { scipy } from "./asked_reference.ts";

Deno.test("chiSquare() is SciPy's statistic of a table, and a class that nobody has adds nothing", () => {
  close(chiSquare(scipy.labels.a, scipy.labels.b), scipy.labels.chi, 1e-12);
});

Deno.test("totalVariation() is 0 of proportional counts and 1 of disjoint ones", () => {
  assert.equal(totalVariation([1, 2], [2, 4]), 0);
  assert.equal(totalVariation([5, 0], [0, 7]), 1);
});

Deno.test("labelDistance() has the interval of a share of a half where nothing is seen, however little the splits scatter", () => {
  const shifted = Uint8Array.from({ length: 200 }, (_, i) => i % 2);
  const labels = Int32Array.from(shifted, (_, i) => i % 4 < 2 ? 0 : 1);
  const { distance: { value, low, high } } = labelDistance(labels, {
    shifted,
    classes: 2,
    placebos: [shifted],
  });
  assert.deepEqual([value, low], [0, 0]);
  close(high, 1.96 * 0.5 * Math.sqrt(2 / 100), 1e-12);
});

Deno.test("labelDistance() takes off what chance adds to shares that differ for sure", () => {
  const counts = [[60, 10, 10], [20, 30, 30]];
  const labels = Int32Array.from(
    counts.flatMap((set) =>
      set.flatMap((n, label) => new Array<number>(n).fill(label))
    ),
  );
  const left = [40, 25, 15];
  const split = Uint8Array.from(
    labels,
    (label) => (left[label] as number) > 0 ? (left[label] as number)-- && 0 : 1,
  );
  const { p, distance: { value, low, high } } = labelDistance(labels, {
    shifted: new Uint8Array(160).fill(1, 80),
    classes: 3,
    placebos: new Array<Uint8Array>(99).fill(split),
  });
  assert.equal(p, 0.01);
  // Two of three differences of 0.25 are 2 deviations from 0, so that their
  // mean is √3; 0.5 − 0.25 (φ(√3) − √3 Φ(−√3)) with Python's math.erfc.
  close(value, 0.49577328293712897, 1e-7);
  // Splits scatter by twice the textbook's variance.
  close(high - 0.5, 1.96 * Math.sqrt(2 * 2 * 0.75 * 0.25 / 80), 1e-12);
  // If both that are not clear are chance, 0.25 φ(0) is of it.
  close(
    low,
    0.5 - 0.25 / Math.sqrt(2 * Math.PI) - (high - 0.5),
    1e-7,
  );
});

/** Labels of two sets of 300, of three classes; the first one's share is given. */
function found(share: number, seed: number) {
  const random = stream(seed, "labels");
  const shifted = new Uint8Array(600).fill(1, 300);
  const labels = Int32Array.from(shifted, (set) => {
    const first = set === 1 ? share : 1 / 3;
    return random.uniform() < first ? 0 : 1 + random.integer(2);
  });
  const placebos = placeboSplits({ shifted, strata: null, groups: null }, {
    count: 99,
    draw: (n) => random.permutation(n),
  });
  return labelDistance(labels, { shifted, classes: 3, placebos });
}

Deno.test("labelDistance() is at its null where classes are as frequent in both sets, in about nine of ten draws", () => {
  const ps = Array.from({ length: 40 }, (_, seed) => found(1 / 3, seed).p);
  const small = ps.filter((p) => p <= 0.1).length;
  assert.ok(small <= 9, `${small} of 40`);
});

/** How often the interval holds the truth, and how far it lies from it on the average, over draws in classes of which half have a share together. */
function held(
  before: number,
  after: number,
  { groupsOf, sizes: [first, second], classes }: {
    readonly groupsOf: number;
    readonly sizes: readonly [number, number];
    readonly classes: number;
  },
) {
  const DRAWS = isFull ? 1000 : 100;
  let [within, off] = [0, 0];
  for (let seed = 0; seed < DRAWS; seed++) {
    const random = stream(seed, "distance", before, after, groupsOf);
    const shifted = new Uint8Array(first + second).fill(1, first);
    let label = 0;
    const labels = Int32Array.from(shifted, (set, i) => {
      const share = set === 1 ? after : before;
      // Examples of a group have one label.
      if (i % groupsOf === 0) {
        const half = classes / 2;
        label = random.integer(half) + (random.uniform() < share ? 0 : half);
      }
      return label;
    });
    const groups = groupsOf === 1
      ? null
      : Array.from(labels, (_, i) => `${Math.floor(i / groupsOf)}`);
    const placebos = placeboSplits({ shifted, strata: null, groups }, {
      count: 99,
      draw: (n) => random.permutation(n),
    });
    const { distance } = labelDistance(labels, {
      shifted,
      classes,
      placebos,
    });
    const truth = Math.abs(after - before);
    if (distance.low <= truth && truth <= distance.high) within++;
    off += distance.value - truth;
  }
  return { share: within / DRAWS, off: off / DRAWS };
}

for (
  const [before, after, groupsOf, sizes, classes] of [
    [0.5, 0.5, 1, [200, 200], 10],
    [0.2, 0.8, 1, [200, 200], 10],
    [0.2, 0.8, 4, [200, 200], 10],
    // Seen in some draws, and not in others.
    [0.5, 1 / 3, 1, [200, 200], 10],
    ...inFull(
      [0.5, 1 / 3, 1, [200, 200], 2],
      [0.5, 1 / 3, 1, [200, 200], 50],
      [0.5, 1 / 3, 1, [1000, 1000], 50],
    ),
    // What is hardly ever seen.
    ...inFull([0.5, 0.65, 1, [1000, 40], 10]),
    [0.5, 0.62, 10, [200, 200], 10],
  ] as const
) {
  Deno.test(`labelDistance() has an interval that holds ${before} becoming ${after} of ${classes} classes in groups of ${groupsOf} among ${sizes}`, () => {
    const { share, off } = held(before, after, {
      groupsOf,
      sizes,
      classes,
    });
    assert.ok(share >= (isFull ? 0.92 : 0.88), `held ${share}, off by ${off}`);
    // At 0 an interval ends, and holds it nearly always.
    if (isFull && after - before > 0.5) {
      assert.ok(share <= 0.98, `held ${share}, off by ${off}`);
    }
    // What is not seen for sure is told as less than it is.
    const most = after - before > 0.5 ? 0.04 * Math.sqrt(groupsOf) : 0.13;
    assert.ok(Math.abs(off) <= most, `off by ${off}`);
  });
}
