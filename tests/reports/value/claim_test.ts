import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  type Claim,
  type Estimate,
  estimatesOf,
  formatEstimate,
  formatInterval,
  formatSensitivity,
  judge,
  type JudgedClaim,
  type Rule,
  ruleSentence,
} from "../../../reports/value/claim.ts";

function claim(
  rule: Rule,
  [low, high]: readonly [number, number],
  further: readonly Estimate[] = [],
): JudgedClaim {
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

Deno.test("judge() refuses a bound of points or percent that is no fraction", () => {
  for (
    const [rule, unit, message] of [
      [
        { kind: "above", bound: 2 },
        "points",
        "bound 2, and bounds in points are fractions; write 0.02 for 2 points",
      ],
      [
        { kind: "within", low: -1.5, high: 0.5 },
        "percent",
        "bound -1.5, and bounds in percent are fractions; write -0.015 for -1.5 percent",
      ],
    ] as const
  ) {
    const expected = {
      name: "RangeError",
      message: `Cannot judge claim "in-support": its rule has the ${message}`,
    };
    const one = claim(rule, [0, 0]);
    const { estimate } = one;
    const of = (unit: Estimate["unit"]) =>
      judge({ ...one, estimate: { ...estimate as Estimate, unit } });
    assert.throws(() => of(unit), expected);
    assert.throws(() => judge({ ...missing, rule, unit }), expected);
    of("plain");
  }
  judge(claim({ kind: "above", bound: 1 }, [0, 0]));
});

Deno.test("judge() takes the estimate for its interval when the rule is on the value", () => {
  const on = { on: "value" } as const;
  assert.equal(judge(claim({ ...within, ...on }, [-1, 1.02])), "supported");
  assert.equal(judge(claim({ ...within, ...on }, [-1, 1.06])), "contradicted");
  assert.equal(judge(claim({ ...above, ...on }, [0, 0.041])), "supported");
  assert.equal(judge(claim({ ...above, ...on }, [0, 0.04])), "contradicted");
  assert.equal(judge(claim({ ...below, ...on }, [0, 0.2])), "contradicted");
});

const missing: Claim = {
  id: "in-support",
  statement: "Pre-training gains little.",
  paper: "0.99 ± 0.72 points",
  rule: within,
  unit: "points",
  notReproduced: "source unavailable",
};

Deno.test("judge() finds a claim without a number not reproduced, but checks its rule", () => {
  assert.equal(judge(missing), "not reproduced");
  assert.deepEqual(estimatesOf(missing), []);
  assert.throws(
    () => judge({ ...missing, rule: { kind: "above", bound: NaN } }),
    /its rule has the bounds NaN/,
  );
});

Deno.test("judge() refuses a sensitivity range without its estimate", () => {
  const sensitivity = { low: 0.02, high: 0.03, over: "over scales" };
  assert.throws(
    () => judge({ ...claim(within, [0.01, 0.02]), sensitivity }),
    {
      name: "RangeError",
      message:
        'Cannot judge claim "in-support": its estimate 0.015 lies outside its sensitivity range from 0.02 to 0.03',
    },
  );
});

Deno.test("formatSensitivity() gives range and choices, or nothing", () => {
  const one = claim(within, [0.01, 0.02]);
  const over = ["over ", { value: 3, unit: "count" }, " scales"] as const;
  const sensitivity = { low: 0.01, high: 0.0195, over };
  assert.equal(
    formatSensitivity({ ...one, sensitivity }),
    "+1.00 to +1.95 points over 3 scales",
  );
  assert.equal(formatSensitivity(one), undefined);
  assert.equal(formatSensitivity(missing), undefined);
});

Deno.test("ruleSentence() says each rule", () => {
  const sentence = (rule: Rule, further: readonly Estimate[] = []) =>
    ruleSentence(claim(rule, [0, 0], further));
  assert.equal(
    sentence(within),
    "The 95% interval lies entirely within ±2 points of zero.",
  );
  assert.equal(
    sentence({ kind: "within", low: 0.0175, high: 0.0185 }),
    "The 95% interval lies entirely between 1.75 and 1.85 points.",
  );
  const other: Estimate = { value: 0, low: 0, high: 0, unit: "points" };
  assert.equal(
    sentence(above, [other]),
    "Every 95% interval lies entirely above 2 points.",
  );
  assert.equal(
    sentence(below),
    "The 95% interval lies entirely below 5 points.",
  );
  assert.equal(
    sentence({ kind: "above", bound: -0.01 }),
    "The 95% interval lies entirely above −1 point.",
  );
  assert.equal(
    sentence({ kind: "within", low: -0.01, high: 0.01 }),
    "The 95% interval lies entirely within ±1 point of zero.",
  );
  assert.equal(
    sentence({ ...below, on: "value" }),
    "The estimate is below 5 points (its interval is not considered).",
  );
  assert.equal(
    ruleSentence(missing),
    "The 95% interval lies entirely within ±2 points of zero.",
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

Deno.test("formatEstimate() shows no number on another side of a bound of its rule than it is", () => {
  const beside = (rule: Rule, [low, high]: readonly [number, number]) =>
    formatEstimate({ value: 0.01, low, high, unit: "points" }, rule);
  const zero: Rule = { kind: "above", bound: 0 };
  assert.equal(
    beside(zero, [0.00004, 0.022]),
    "+1.00 (+0.004\u00a0to\u00a0+2.20) points",
  );
  assert.equal(
    beside(zero, [-0.00002, 0.022]),
    "+1.00 (−0.002\u00a0to\u00a0+2.20) points",
  );
  assert.equal(
    beside(within, [-0.02003, 0.019996]),
    "+1.00 (−2.003\u00a0to\u00a0+1.9996) points",
  );
  assert.equal(
    beside(within, [-0.02, 0.02]),
    "+1.00 (−2.00\u00a0to\u00a0+2.00) points",
  );
  // Sums of fractions miss a bound by what nobody wants to read.
  assert.equal(
    beside(zero, [1e-17, 0.022]),
    "+1.00 (0.00\u00a0to\u00a0+2.20) points",
  );
  assert.equal(
    formatEstimate(
      { value: 9.96e-10, low: 0, high: 9.96e-10, unit: "scientific" },
      { kind: "below", bound: 1e-9, on: "value" },
    ),
    "9.96\u00a0×\u00a010⁻¹⁰ (0\u00a0to\u00a09.96\u00a0×\u00a010⁻¹⁰)",
  );
});

Deno.test("formatEstimate() leaves out an interval without width", () => {
  assert.equal(
    formatEstimate({
      value: 0,
      low: 0,
      high: 0,
      unit: "plain",
      title: "exact",
    }),
    "exact: 0.000",
  );
});

Deno.test("judge() finds what rests on fewer than 50 examples inconclusive, whatever the number says", () => {
  const supported = claim(above, [0.03, 0.1]);
  const resting = (examples: number): Claim => ({
    ...supported,
    estimate: { ...supported.estimate as Estimate, examples },
  });
  const missing = { tooFew: 34, unit: "points" } as const;
  assert.equal(judge(resting(50)), "supported");
  assert.equal(judge(resting(49)), "inconclusive");
  assert.equal(judge({ ...supported, estimate: missing }), "inconclusive");
  assert.equal(judge({ ...supported, further: [missing] }), "inconclusive");
  assert.equal(
    judge({ ...claim(above, [-0.1, 0.01]), further: [missing] }),
    "contradicted",
  );
  assert.deepEqual(estimatesOf({ ...supported, estimate: missing }), []);
  assert.equal(
    ruleSentence({ ...supported, estimate: missing }),
    "The 95% interval lies entirely above 2 points.",
  );
});

Deno.test("formatEstimate() writes the number of examples beside the number, and alone where they are too few", () => {
  const estimate = {
    value: 0.05,
    low: 0.03,
    high: 0.07,
    unit: "points",
    title: "in support",
  } as const;
  assert.equal(
    formatEstimate({ ...estimate, examples: 5000 }),
    "in support: +5.00 (+3.00\u00a0to\u00a0+7.00) points, n\u00a0=\u00a05000",
  );
  const few = "in support: 34 examples, 50 are needed";
  assert.equal(formatEstimate({ ...estimate, examples: 34 }), few);
  assert.equal(
    formatEstimate({ tooFew: 34, unit: "points", title: "in support" }),
    few,
  );
});

Deno.test("judge() refuses an added claim that would answer the paper's question", () => {
  const added = { ...claim(above, [0.03, 0.05]), whose: "added" } as const;
  assert.equal(judge(added), "supported");
  for (
    const more of [
      { answers: "out of support" },
      { contrast: "from a tint to a turn" },
    ] as const
  ) {
    assert.throws(() => judge({ ...added, ...more }), {
      name: "TypeError",
      message:
        'Cannot judge claim "in-support": an added claim answers no half of the paper\'s question; leave out "answers" and "contrast"',
    });
  }
});

Deno.test("formatEstimate() says in words that an interval is wider than accuracies can differ, which formatInterval() tells", () => {
  const wide = {
    value: 0.12,
    low: -1.5,
    high: 1.74,
    unit: "points",
    title: "line of checkpoints",
  } as const;
  assert.equal(
    formatEstimate(wide),
    "line of checkpoints: +12.00 points; too little data for a useful interval",
  );
  assert.match(formatEstimate({ ...wide, high: 0.5 }), /too little data/);
  assert.equal(
    formatInterval(wide),
    "line of checkpoints: −150 to +174 points",
  );
});
