import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { explainShift } from "../../../models/asked/explain_shift.ts";

const N = 4000;

/**
 * Examples of which a third of the reference set and two thirds of the shifted
 * one are dark; scores tell dark ones from the others, and perhaps more.
 */
function explained(
  { told = 0, ofReference = 1 / 3, ofShifted = 2 / 3 }: {
    /** How much higher shifted examples score that are as dark as others. */
    readonly told?: number;
    readonly ofReference?: number;
    readonly ofShifted?: number;
  },
) {
  const random = stream(3, "explained", told, ofReference, ofShifted);
  const shifted = Uint8Array.from({ length: N }, (_, i) => i % 2);
  const dark = Float64Array.from(
    shifted,
    (set) => random.uniform() < (set === 1 ? ofShifted : ofReference) ? 1 : 0,
  );
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
    scores: dark.map((is, i) =>
      is + told * (shifted[i] as number) + random.normal()
    ),
    shifted,
    folds: new Uint8Array(N),
    groups: null,
    area: { auroc: 0.6, low: 0.58, high: 0.62, placebo: 0.52, p: 0.01 },
  });
  assert.deepEqual(others.map(({ property }) => property), ["noise"]);
  assert.equal(remainder?.property, "light");
  return { ...remainder, other: others[0]?.auroc ?? NaN };
}

Deno.test("explainShift() leaves nothing among examples that are alike in what differs, and all among those alike in another property", () => {
  const { auroc, low, high, reached, other } = explained({});
  assert.ok(low < 0.5 && 0.5 < high && Math.abs(auroc - 0.5) < 0.02);
  assert.ok(other > 0.58);
  assert.equal(reached, 1);
});

Deno.test("explainShift() leaves what the property does not tell", () => {
  // P(X + told > Y) of normal numbers X and Y.
  const { auroc, low } = explained({ told: 0.5 });
  assert.ok(low > 0.55 && Math.abs(auroc - 0.638) < 0.02);
});

Deno.test("explainShift() says how many shifted examples have values that the reference set lacks or hardly has", () => {
  const { reached } = explained({ ofReference: 0.05, ofShifted: 0.6 });
  assert.ok(Math.abs(reached - 0.4) < 0.03);
});

Deno.test("explainShift() tells nothing without labels", () => {
  assert.deepEqual(
    explainShift({ n: 2, labels: null, properties: {} }, {
      scores: new Float64Array(2),
      shifted: Uint8Array.of(0, 1),
      folds: new Uint8Array(2),
      groups: null,
      area: { auroc: 0.5, low: 0, high: 1, placebo: 1, p: 1 },
    }),
    [],
  );
});
