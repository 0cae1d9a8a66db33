import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  bootstrapCounts,
  dropTerms,
  termWidenings,
} from "../../../stats/asked/drop_terms.ts";
import { deviationAbout, meanOf } from "../../../stats/asked/placebo_splits.ts";
import { close } from "../reference.ts";
import { withinGroups } from "./within_groups.ts";

const random = stream(1, "terms");
const n = 400;
const examples = {
  right: Float64Array.from({ length: n }, () => random.integer(2)),
  shifted: new Uint8Array(n).fill(1, n / 2),
  probability: Float64Array.from({ length: n }, () => random.uniform()),
  expected: {
    test: Float64Array.from({ length: n }, () => random.uniform()),
    shifted: Float64Array.from({ length: n }, () => random.uniform()),
  },
};

/** Expected alike of every example. */
const evenly = (share: number) => ({
  test: new Float64Array(n).fill(share),
  shifted: new Float64Array(n).fill(share),
});

Deno.test("dropTerms() add up to the drop, also in a bootstrap sample", () => {
  const counts = bootstrapCounts(
    { shifted: examples.shifted, groups: null },
    (bound) => random.integer(bound),
  );
  for (let sample = 0; sample < 20; sample++) {
    const { total, terms: [a, b, c] } = dropTerms(
      examples,
      sample === 0 ? undefined : counts(),
    );
    close(a + b + c, total, 1e-12);
  }
});

Deno.test("dropTerms() book a drop as other labels where the sets cannot be told apart", () => {
  const { total, terms, sharedMass, effectiveSizes } = dropTerms({
    ...examples,
    probability: new Float64Array(n).fill(0.5),
    expected: evenly(0.4),
  });
  close(terms[1], total, 1e-12);
  close(terms[0], 0, 1e-12);
  close(sharedMass, 1, 1e-12);
  close(effectiveSizes.test, n / 2, 1e-9);
  // Sets that are more alike than that have all in common, and no more.
  const probability = Float64Array.from(
    examples.shifted,
    (set) => set === 1 ? 0.4 : 0.6,
  );
  assert.equal(dropTerms({ ...examples, probability }).sharedMass, 1);
});

Deno.test("dropTerms() book a drop as examples that the reference lacks where only those are wrong", () => {
  // Half of the shifted examples are surely shifted ones, and all wrong.
  const right = Float64Array.from({ length: n }, (_, i) => i < 300 ? 1 : 0);
  const probability = Float64Array.from(
    { length: n },
    (_, i) => i < 300 ? 1 / 3 : 1,
  );
  const { total, terms, sharedMass } = dropTerms({
    ...examples,
    right,
    probability,
    expected: evenly(1),
  });
  close(total, 0.5, 1e-12);
  close(terms[2], 0.5, 1e-12);
  close(terms[1], 0, 1e-12);
  close(sharedMass, 2 / 3, 1e-12);
});

/** Groups of the University Group Diabetes Program's trial (Rothman, Greenland, Lash, 2008): deaths and numbers, by treatment and age. */
const TRIAL = [
  { tolbutamide: [8, 106], placebo: [5, 120] },
  { tolbutamide: [22, 98], placebo: [16, 85] },
] as const;

Deno.test("dropTerms() give Mantel and Haenszel's difference within groups, with Greenland and Robins's error", () => {
  const right: number[] = [];
  const shifted: number[] = [];
  const groups: number[] = [];
  for (const [group, { tolbutamide, placebo }] of TRIAL.entries()) {
    for (const [set, [deaths, size]] of [tolbutamide, placebo].entries()) {
      for (let i = 0; i < size; i++) {
        right.push(i < deaths ? 1 : 0);
        shifted.push(set);
        groups.push(group);
      }
    }
  }
  const trial = withinGroups({ right, shifted, groups });
  const { terms } = dropTerms(trial);
  // Weights are of sets of one size here, and these are of 204 and 205.
  close(terms[1], 0.0349003, 1e-6);
  const counts = bootstrapCounts(
    { shifted: trial.shifted, groups: null },
    (bound) => random.integer(bound),
  );
  const samples = Array.from(
    { length: 2000 },
    () => dropTerms(trial, counts()).terms[1],
  );
  close(deviationAbout(samples, meanOf(samples)), 0.0318981, 0.002);
});

Deno.test("bootstrapCounts() draws whole groups, as many as each set has", () => {
  const shifted = Uint8Array.of(0, 0, 0, 1, 1, 1);
  const groups = ["a", "a", "b", "c", "d", "d"];
  const drawn = bootstrapCounts(
    { shifted, groups },
    (bound) => random.integer(bound),
  );
  for (let k = 0; k < 20; k++) {
    const counts = drawn();
    assert.equal(counts[0], counts[1]);
    assert.equal(counts[4], counts[5]);
    assert.equal((counts[0] ?? 0) + (counts[2] ?? 0), 2);
    assert.equal((counts[3] ?? 0) + (counts[4] ?? 0), 2);
  }
});

/** Random splits of examples of two kinds, of one of which both fits are off by as much as is drawn anew for each split. */
function splitsOf(off: number, copies = 1) {
  const random = stream(2, "splits", off);
  return Array.from({ length: 39 }, () => {
    const [ofSet, ofRight] = [0, 1].map(() => off * random.normal());
    const units = Array.from({ length: n }, () => ({
      right: random.integer(2),
      shifted: random.integer(2),
      isOff: random.integer(2) === 1,
    }));
    const each = (number: (unit: typeof units[number]) => number) =>
      Float64Array.from(
        units.flatMap((unit) => new Array<number>(copies).fill(number(unit))),
      );
    const expected = each(({ isOff }) => 0.5 + (isOff ? ofRight as number : 0));
    return {
      right: each(({ right }) => right),
      shifted: Uint8Array.from(each(({ shifted }) => shifted)),
      probability: each(({ isOff }) => 0.5 + (isOff ? ofSet as number : 0)),
      expected: { test: expected, shifted: expected },
    };
  });
}

Deno.test("termWidenings() tells how many times farther terms scatter than a bootstrap says, of each or of groups", () => {
  const of = (
    splits: ReturnType<typeof splitsOf>,
    groups: readonly string[] | null = null,
  ) => {
    const random = stream(3, "resamples");
    return termWidenings(splits, { groups, draw: (n) => random.integer(n) });
  };
  assert.deepEqual(of([]), [1, 1, 1]);
  const [, ofLabels] = of(splitsOf(0));
  assert.ok(ofLabels >= 1 && ofLabels < 1.25, `${ofLabels}`);
  for (const widening of of(splitsOf(0.2)).filter((_, k) => k !== 1)) {
    assert.ok(widening > 1.5, `${widening}`);
  }
  // Ten copies tell as little as one, and their bootstrap, were they taken for ten, three times as much.
  const copied = splitsOf(0, 10);
  const groups = Array.from({ length: 10 * n }, (_, i) => `${i / 10 | 0}`);
  assert.ok(of(copied, groups)[1] < 1.25);
  assert.ok(of(copied)[1] > 2.5);
});
