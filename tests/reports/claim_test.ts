import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Claim,
  type Estimate,
  formatEstimate,
  judge,
  type Rule,
  ruleSentence,
} from "../../reports/claim.ts";

function claim(
  rule: Rule,
  [low, high]: readonly [number, number],
  further: readonly Estimate[] = [],
): Claim {
  return {
    id: "in-support",
    statement: "Pre-training gains little.",
    paper: "0.99 ± 0.72 points",
    estimate: { value: (low + high) / 2, low, high, unit: "points" },
    rule,
    further,
  };
}

const within: Rule = { kind: "within", low: -0.02, high: 0.02 };
const above: Rule = { kind: "above", bound: 0.02 };
const below: Rule = { kind: "below", bound: 0.05 };

const cases: readonly (readonly [Rule, readonly [number, number], string])[] = [
  [within, [-0.02, 0.02], "supported"],
  [within, [0.01, 0.021], "inconclusive"],
  [within, [-0.03, 0.03], "inconclusive"],
  [within, [0.02, 0.03], "inconclusive"],
  [within, [0.021, 0.03], "contradicted"],
  [within, [-0.05, -0.03], "contradicted"],
  [above, [0.021, 0.1], "supported"],
  [above, [0.02, 0.1], "inconclusive"],
  [above, [-0.1, 0.02], "contradicted"],
  [below, [-0.1, 0.049], "supported"],
  [below, [0.01, 0.05], "inconclusive"],
  [below, [0.05, 0.08], "contradicted"],
];

for (const [rule, interval, verdict] of cases) {
  Deno.test(`judge() finds ${rule.kind} ${verdict} by the interval ${interval.join(" to ")}`, () => {
    assert.equal(judge(claim(rule, interval)), verdict);
  });
}

Deno.test("judge() needs every further estimate to support", () => {
  const estimate = (low: number, high: number): Estimate => ({
    value: low,
    low,
    high,
    unit: "points",
  });
  const of = (further: Estimate) => judge(claim(above, [0.03, 0.1], [further]));
  assert.equal(of(estimate(0.025, 0.05)), "supported");
  assert.equal(of(estimate(0.01, 0.05)), "inconclusive");
  assert.equal(of(estimate(0.01, 0.015)), "contradicted");
});

Deno.test("judge() never decides more by a wider interval", () => {
  const number = fc.double({ min: -0.1, max: 0.1, noNaN: true });
  const width = fc.double({ min: 0, max: 0.1, noNaN: true });
  fc.assert(fc.property(
    fc.constantFrom(within, above, below),
    number,
    width,
    width,
    (rule, value, half, more) => {
      const narrow = judge(claim(rule, [value - half, value + half]));
      const wide = judge(
        claim(rule, [value - half - more, value + half + more]),
      );
      return wide === narrow || wide === "inconclusive";
    },
  ));
});

Deno.test("judge() refuses an estimate outside its interval", () => {
  const odd = claim(within, [0.01, 0.02]);
  assert.throws(
    () => judge({ ...odd, estimate: { ...odd.estimate, value: 0.5 } }),
    {
      name: "RangeError",
      message:
        'Cannot judge claim "in-support": its estimate 0.5 lies outside its interval from 0.01 to 0.02',
    },
  );
  assert.throws(
    () => judge({ ...odd, estimate: { ...odd.estimate, high: NaN } }),
    /outside its interval from 0.01 to NaN/,
  );
});

Deno.test("judge() refuses bounds in the wrong order", () => {
  assert.throws(
    () => judge(claim({ kind: "within", low: 1, high: 0 }, [0, 0])),
    {
      message:
        'Cannot judge claim "in-support": its rule has the bounds 1 and 0',
    },
  );
});

Deno.test("ruleSentence() says each rule", () => {
  const sentence = (rule: Rule, further: readonly Estimate[] = []) =>
    ruleSentence(claim(rule, [0, 0], further));
  assert.equal(
    sentence(within),
    "The whole 95% interval lies within ±2 points of zero.",
  );
  assert.equal(
    sentence({ kind: "within", low: 0.0175, high: 0.0185 }),
    "The whole 95% interval lies between 1.75 and 1.85 points.",
  );
  const other: Estimate = { value: 0, low: 0, high: 0, unit: "points" };
  assert.equal(
    sentence(above, [other]),
    "Each whole 95% interval lies above 2 points.",
  );
  assert.equal(
    sentence(below),
    "The whole 95% interval lies below 5 points.",
  );
});

Deno.test("formatEstimate() names what it is an estimate of", () => {
  assert.equal(
    formatEstimate({
      value: 0.0331,
      low: -0.001,
      high: 0.05,
      unit: "points",
      title: "size line",
    }),
    "size line: +3.31 (−0.10\u00a0to\u00a0+5.00) points",
  );
  assert.equal(
    formatEstimate({ value: 0.5, low: 0.4, high: 0.6, unit: "percent" }),
    "50.0 (40.0\u00a0to\u00a060.0)%",
  );
});
