import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  explainShift,
  type ScoredSets,
} from "../../../models/asked/explain_shift.ts";

const N = 4000;

/** What is known of sets but their examples. */
function setsOf(shifted: Uint8Array, scores: Float64Array): ScoredSets {
  return {
    scores,
    shifted,
    folds: new Uint8Array(shifted.length),
    groups: null,
    errors: { within: () => 0.02 / 1.96, widest: 0.02 / 1.96 },
    scoresWithin: () => scores,
  };
}

/**
 * Examples of which a third of the reference set and two thirds of the shifted
 * one are dark; scores tell dark ones from the others, and perhaps more.
 */
function explained(
  { told = 0, again = 0, ofReference = 1 / 3, ofShifted = 2 / 3, widest }: {
    /** How much higher shifted examples score that are as dark as others. */
    readonly told?: number;
    /** The same by classifiers that look again. */
    readonly again?: number;
    readonly ofReference?: number;
    readonly ofShifted?: number;
    /** Standard error of the area of scores that are all chance. */
    readonly widest?: number;
  },
) {
  const random = stream(3, "explained", told, ofReference, ofShifted);
  const shifted = Uint8Array.from({ length: N }, (_, i) => i % 2);
  const dark = Float64Array.from(
    shifted,
    (set) => random.uniform() < (set === 1 ? ofShifted : ofReference) ? 1 : 0,
  );
  const scores = dark.map((is, i) =>
    is + told * (shifted[i] as number) + random.normal()
  );
  const known = setsOf(shifted, scores);
  const [remainder, ...others] = explainShift({
    n: N,
    labels: Int32Array.from(shifted, (_, i) => i % 5),
    properties: {
      light: { values: dark, categories: ["bright", "dark"] },
      size: { values: new Float64Array(N).fill(32), categories: null },
      noise: {
        values: dark.map(() => random.normal()),
        categories: null,
      },
    },
  }, {
    ...known,
    errors: { ...known.errors, ...widest === undefined ? {} : { widest } },
    scoresWithin: () =>
      dark.map((_, i) => again * (shifted[i] as number) + random.normal()),
  });
  assert.deepEqual(others.map(({ property }) => property), ["noise"]);
  assert.equal(remainder?.property, "light");
  return { ...remainder, other: others[0]?.auroc ?? NaN };
}

Deno.test("explainShift() leaves nothing among examples that are alike in what differs, and all among those alike in another property", () => {
  const { auroc, low, high, reached, other } = explained({});
  assert.ok(low < 0.52 && auroc < 0.53 && high < 0.56, `${auroc}`);
  assert.ok(other > 0.58);
  assert.equal(reached, 1);
});

Deno.test("explainShift() is not sure of an area of 1 to the last example", () => {
  const { auroc, low, high } = explained({ told: 50 });
  assert.deepEqual([auroc, high], [1, 1]);
  // Clopper and Pearson's of 2,000 examples of a set, all told apart.
  assert.ok(Math.abs(low - 0.025 ** (1 / 2000)) < 1e-6, `${low}`);
});

Deno.test("explainShift() leaves what the property does not tell", () => {
  // P(X + told > Y) of normal numbers X and Y.
  const { auroc, low } = explained({ told: 0.5 });
  assert.ok(low > 0.55 && Math.abs(auroc - 0.638) < 0.02);
});

Deno.test("explainShift() leaves what classifiers see that look again at examples that are alike", () => {
  const { auroc, low } = explained({ again: 0.3 });
  assert.ok(low > 0.55 && Math.abs(auroc - 0.584) < 0.02);
});

Deno.test("explainShift() takes what is left for as uncertain as its scores are chance, and all of it where classifiers look again", () => {
  const widths = (options: Parameters<typeof explained>[0]) =>
    [0.02 / 1.96, 0.025 / 1.96].map((widest) => {
      const { low, high } = explained({ ...options, widest });
      return high - low;
    }) as [number, number];
  const [told, toldToo] = widths({ told: 0.5 });
  assert.equal(told, toldToo);
  const [again, wider] = widths({ again: 0.3 });
  assert.ok(Math.abs(wider / again - 1.25) < 1e-9, `${again} ${wider}`);
});

/** How many shifted examples have values of `property` that are there, where scores are chance. */
function remainderOf(
  property: (set: number, i: number) => number,
  { label = (_, i) => i >> 1 & 1, n = N }: {
    readonly label?: ((set: number, i: number) => number) | undefined;
    readonly n?: number;
  } = {},
) {
  const random = stream(4, "reached");
  const shifted = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const [remainder] = explainShift({
    n,
    labels: Int32Array.from(shifted, label),
    properties: {
      width: {
        values: Float64Array.from(shifted, property),
        categories: null,
      },
    },
  }, setsOf(shifted, Float64Array.from(shifted, () => random.normal())));
  return remainder;
}

function reachedOf(
  property: (set: number, i: number) => number,
  label?: (set: number, i: number) => number,
): number {
  return remainderOf(property, { label })?.reached ?? NaN;
}

Deno.test("explainShift() does not take values beyond those of the reference set, or between them, for values that it has", () => {
  const { uniform } = stream(5, "values");
  assert.equal(reachedOf((set, i) => set === 1 ? 64 : 32 + i % 3), 0);
  const far = reachedOf((set, i) =>
    set === 1 && i % 5 === 0 ? 1000 : uniform()
  );
  assert.ok(Math.abs(far - 0.8) < 0.02, `${far}`);
  // A thirtieth of the reference set's values lie where a third of the shifted ones do, which fill two octiles.
  const between = reachedOf((set, i) =>
    i % 6 < 2 && (set === 1 || i % 60 < 2)
      ? 0.5 + 0.01 * uniform()
      : Math.round(uniform()) + 0.1 * uniform()
  );
  assert.ok(Math.abs(between - 0.75) < 0.02, `${between}`);
});

Deno.test("explainShift() does not take a value that a class never has for one that it has", () => {
  // Later a fifth of the second class has the other value.
  const reached = reachedOf(
    (set, i) =>
      (i >> 1 & 1) === 1 && (set === 0 || i % 10 > 3) ? 0 : i >> 2 & 1,
  );
  assert.ok(Math.abs(reached - 0.9) < 0.02, `${reached}`);
});

Deno.test("explainShift() says how many shifted examples combine class and value as the reference set surely does not, and calls none lacking of which it has few", () => {
  // As above: a tenth of the shifted set, which the reference set has not.
  const { lacking = NaN } =
    remainderOf((set, i) =>
      (i >> 1 & 1) === 1 && (set === 0 || i % 10 > 3) ? 0 : i >> 2 & 1
    ) ?? {};
  assert.ok(Math.abs(lacking - 0.1) < 0.02, `${lacking}`);
  const random = stream(5, "lacking");
  for (const n of [200, 400, 4000]) {
    const drawn = remainderOf(() => Math.floor(8 * random.uniform()), {
      n,
      label: () => Math.floor(5 * random.uniform()),
    });
    assert.equal(drawn?.lacking, 0);
  }
});

Deno.test("explainShift() says how many shifted examples have values that the reference set lacks or hardly has", () => {
  const { reached, absent = NaN } = explained({
    ofReference: 0.05,
    ofShifted: 0.6,
  });
  assert.ok(Math.abs(reached - 0.4) < 0.03);
  assert.ok(Math.abs(absent - 0.6) < 0.03, `${absent}`);
  assert.equal(explained({ ofReference: 0.5, ofShifted: 0.6 }).absent, 0);
});

Deno.test("explainShift() tells nothing without labels", () => {
  assert.deepEqual(
    explainShift(
      { n: 2, labels: null, properties: {} },
      setsOf(Uint8Array.of(0, 1), new Float64Array(2)),
    ),
    [],
  );
});
