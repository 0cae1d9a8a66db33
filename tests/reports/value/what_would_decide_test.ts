import assert from "node:assert/strict";
import fc from "../../property.ts";
import { estimateSchema } from "../../../reports/value/estimate_schema.ts";
import type { ErrorShare } from "../../../stats/lines/error_share.ts";
import {
  type Estimate,
  judge,
  type JudgedClaim,
  type Rule,
} from "../../../reports/value/claim.ts";
import { whatWouldDecide } from "../../../reports/value/what_would_decide.ts";

const ABOVE: Rule = { kind: "above", bound: 0.02 };
const WITHIN: Rule = { kind: "within", low: -0.02, high: 0.02 };

/** Four networks, twelve runs, 10,000 images, with those standard errors in points. */
function shares(...errors: readonly number[]): readonly ErrorShare[] {
  const sources = [["networks", 4], ["runs", 12], ["images", 10_000]] as const;
  return sources.flatMap(([source, n], i) =>
    errors[i] === undefined
      ? []
      : [{ source, n, standardError: errors[i] / 100 }]
  );
}

/** An estimate in points whose half-width is two and a half standard errors. */
function estimate(
  points: number,
  errors: readonly ErrorShare[],
  more: Partial<Estimate> = {},
): Estimate {
  const variance = errors.reduce(
    (sum, { standardError }) => sum + standardError ** 2,
    0,
  );
  const half = 2.5 * Math.sqrt(variance);
  const value = points / 100;
  return {
    value,
    low: value - half,
    high: value + half,
    unit: "points",
    shares: errors,
    ...more,
  };
}

function claim(
  rule: Rule,
  ...estimates: readonly JudgedClaim["estimate"][]
): JudgedClaim {
  const [first = { tooFew: 0, unit: "points" }, ...further] = estimates;
  return {
    id: "gain",
    statement: "Pre-training gains much.",
    paper: "large",
    rule,
    estimate: first,
    further,
  };
}

const says = (...of: Parameters<typeof claim>) => whatWouldDecide(claim(...of));

Deno.test("whatWouldDecide() names the one source that is enough alone", () => {
  // 4 points off, where the variance may be (4/2.5)² = 2.56: it is 4, of which this source has 3.36.
  const mixed = shares(Math.sqrt(3.36), Math.sqrt(0.48), 0.4);
  assert.equal(
    says(ABOVE, estimate(6, mixed)),
    "7 pre-trained networks instead of 4 would decide it if the estimate stayed the same.",
  );
  const images = shares(0.4, Math.sqrt(0.48), Math.sqrt(3.36));
  assert.equal(
    says(ABOVE, estimate(6, images)),
    "18,000 test images instead of 10,000 would decide it if the estimate stayed the same.",
  );
});

Deno.test("whatWouldDecide() tells by how much all have to grow where none is enough", () => {
  assert.equal(
    says(ABOVE, estimate(4.5, shares(1, 2, 2))),
    "Nine times as much data (36 pre-trained networks, 108 baseline runs, 90,000 test images) would decide it if the estimate stayed the same.",
  );
  assert.equal(
    says(ABOVE, estimate(6.75, shares(3 / 2, 3 / 2, Math.sqrt(2)))),
    "1.9 times as much data (8 pre-trained networks, 23 baseline runs, 19,000 test images) would decide it if the estimate stayed the same.",
  );
});

Deno.test("whatWouldDecide() tells both where one source is enough but takes more than all together would", () => {
  assert.equal(
    says(ABOVE, estimate(5, shares(1.4, 1.1, 0.2))),
    "42 pre-trained networks instead of 4, or 10 pre-trained networks and 28 baseline runs instead of 4 and 12 (with no more test images) would decide it if the estimate stayed the same.",
  );
});

Deno.test("whatWouldDecide() asks for no more of a source of which more would spare hardly any of the others", () => {
  const families = (of: number) =>
    shares(1.5, 0.85, of).map((share) =>
      share.source === "images" ? { ...share, n: 49, name: "families" } : share
    );
  assert.equal(
    says(ABOVE, estimate(4, families(0.2))),
    "20 pre-trained networks and 60 baseline runs instead of 4 and 12 (with no more families) would decide it if the estimate stayed the same.",
  );
  // With no error at all it is not spoken of.
  assert.match(
    says(ABOVE, estimate(4, families(0))) ?? "",
    /^Five times as much data \(20 pre-trained networks, 60 baseline runs\)/,
  );
  // What spares others much is asked for with them.
  assert.match(
    says(ABOVE, estimate(4, families(0.5))) ?? "",
    /^Six times as much data \(.*, 294 families\)/,
  );
});

Deno.test("whatWouldDecide() says that a value is within a point of the threshold, rounded up", () => {
  assert.equal(
    says(ABOVE, estimate(2.75, shares(0, 0, 1))),
    "The estimate is within 0.8 points of the threshold: 120,000 test images instead of 10,000 would decide it if the estimate stayed the same.",
  );
  for (const value of [2, 2.01]) {
    assert.equal(
      says(ABOVE, estimate(value, shares(1, 1, 1))),
      "The estimate is within 0.1 points of the threshold; even 100 times as much data would not settle it unless the estimate moved.",
    );
  }
  assert.match(
    says({ kind: "above", bound: 0.74 }, {
      ...estimate(74.5, shares(0, 0, 1)),
      unit: "percent",
    }) ?? "",
    /within 0\.5 points/,
  );
  const share = { ...estimate(0.25, shares(1)), unit: "plain" } as const;
  assert.doesNotMatch(
    says({ kind: "above", bound: 0 }, share) ?? "",
    /points/,
  );
});

Deno.test("whatWouldDecide() takes the bound that is hardest to clear, whichever side the value lies on", () => {
  const all = shares(1, 1, 1);
  const growths = ([0, 1, -1, 3, -3] as const).map((value) =>
    says(WITHIN, estimate(value, all))
  );
  const times = (text: string) => new RegExp(`${text} times as much data`, "i");
  assert.match(growths[0] ?? "", times("five"));
  for (const growth of growths.slice(1)) {
    assert.match(growth ?? "", times("19"));
  }
});

Deno.test("whatWouldDecide() reckons with the end of an interval that lies towards the bound", () => {
  // (3 points / 2 points)² times as many.
  const images = { low: 0.01, high: 0.12 };
  assert.match(
    says(ABOVE, estimate(4, shares(0, 0, 2), images)) ?? "",
    /^23,000 test images/,
  );
});

Deno.test("whatWouldDecide() is about the hardest of several estimates, and names it", () => {
  const easy = estimate(6, shares(1, 1, 1), { title: "size line" });
  const hard = estimate(4, shares(1, 1, 1), { title: "line of checkpoints" });
  for (const estimates of [[easy, hard], [hard, easy]]) {
    assert.equal(
      says(ABOVE, ...estimates),
      "Five times as much data (20 pre-trained networks, 60 baseline runs, 50,000 test images) would decide it if the estimate (line of checkpoints) stayed the same.",
    );
  }
});

Deno.test("whatWouldDecide() names a source as enough alone only if it is for every estimate", () => {
  const title = "size line";
  const decides = says(
    ABOVE,
    estimate(4.5, shares(1.2, 0.1, 0.1)),
    estimate(5, shares(0.1, 1.3, 0.1), { title }),
  );
  assert.match(decides ?? "", /^1\.5 times as much data/);
});

Deno.test("whatWouldDecide() is about the estimate that would contradict soonest where one violates the rule", () => {
  const decides = says(
    ABOVE,
    estimate(2.1, shares(1, 1, 1), { title: "supports, far off" }),
    estimate(1, shares(1, 1, 1), { title: "contradicts, far off" }),
    estimate(-2, shares(2), { title: "contradicts" }),
  );
  assert.equal(
    decides,
    "7 pre-trained networks instead of 4 would decide it if the estimate (contradicts) stayed the same.",
  );
});

Deno.test("whatWouldDecide() says nothing of what is decided, has too few examples, or is not reproduced", () => {
  const open = estimate(4, shares(1, 1, 1));
  assert.equal(says(ABOVE, estimate(9, shares(1, 1, 1))), undefined);
  assert.equal(says(ABOVE, estimate(-9, shares(1, 1, 1))), undefined);
  assert.equal(says(ABOVE, open, { tooFew: 34, unit: "points" }), undefined);
  assert.equal(says(ABOVE, open, { ...open, examples: 49 }), undefined);
  const { estimate: _, further: __, ...statement } = claim(ABOVE, open);
  assert.equal(
    whatWouldDecide({ ...statement, unit: "points", notReproduced: "gone" }),
    undefined,
  );
});

Deno.test("whatWouldDecide() asks for enough, and for no more than rounding adds", () => {
  const points = fc.double({ min: 0.1, max: 3, noNaN: true });
  let tried = 0;
  fc.assert(fc.property(
    fc.constantFrom(ABOVE, WITHIN),
    fc.double({ min: -6, max: 6, noNaN: true }),
    points,
    points,
    points,
    (rule, value, ...errors) => {
      const before = shares(...errors);
      const sentence = says(rule, estimate(value, before)) ?? "";
      const ways = [
        /(?:[\d,]+ [a-z-]+ [a-z]+ and )?[\d,]+ [a-z-]+ [a-z]+(?= instead of)/
          .exec(sentence),
        /(?<=, or )[\d,]+ [^(]*(?= instead of)/.exec(sentence),
        /(?<=as much data \()[^)]*(?=\))/.exec(sentence),
      ];
      for (const way of ways) {
        if (way === null) continue;
        tried++;
        const verdict = (part: number) =>
          judge(
            claim(rule, estimate(value, grown(before, { text: way[0], part }))),
          );
        assert.notEqual(verdict(1.000001), "inconclusive", sentence);
        assert.equal(verdict(0.5), "inconclusive", sentence);
      }
    },
  ));
  assert.ok(tried > 50, `${tried}`);
});

/** The shares with a part of as many as a text says: "7 pre-trained networks". */
function grown(
  before: readonly ErrorShare[],
  { text, part }: { readonly text: string; readonly part: number },
): readonly ErrorShare[] {
  return before.map((share) => {
    const { source, n, standardError } = share;
    const [, count] = new RegExp(`([\\d,]+) [a-z-]+ ${source}`).exec(text) ??
      [];
    const now = count === undefined
      ? n
      : part * Number(count.replaceAll(",", ""));
    return { ...share, standardError: standardError * Math.sqrt(n / now) };
  });
}

Deno.test("whatWouldDecide() writes both counts with commas where one has any", () => {
  const few = shares(0, 0, 1).map((share) =>
    share.source === "images" ? { ...share, n: 2021 } : share
  );
  assert.match(
    says(ABOVE, estimate(3, few)) ?? "",
    /13,000 test images instead of 2,021 /,
  );
});

Deno.test("whatWouldDecide() says why it cannot tell where an error was not split", () => {
  for (const unknown of [undefined, shares(0, 0, 0)]) {
    assert.equal(
      says(ABOVE, { ...estimate(3, shares(1, 1, 1)), shares: unknown }),
      "How much more data would decide it is not known: its error was not split into sources.",
    );
  }
});

Deno.test("whatWouldDecide() says that more networks leave the form of a line open where the threshold lies between what other forms give", () => {
  const otherForms = { low: 0.0152, high: 0.0336 };
  const open = estimate(3, shares(1), { title: "line of checkpoints" });
  const crossing = estimate(3.1, shares(0.2), { title: "sizes", otherForms });
  assert.match(
    says(ABOVE, open, crossing) ?? "",
    /stayed the same\. Over other forms of the line, with one size of baselines left out or a parabola in its place, the estimate \(sizes\) is between \+1\.52 and \+3\.36 points, on both sides of the threshold: more networks of these sizes would not settle the form of the line\.$/,
  );
  assert.match(
    says(ABOVE, { ...open, shares: undefined, otherForms }) ?? "",
    /^How much .* sources\. Over other forms of the line, .* the estimate \(line of checkpoints\) is /,
  );
  const above = { ...crossing, otherForms: { low: 0.02, high: 0.0336 } };
  assert.match(says(ABOVE, open, above) ?? "", /stayed the same\.$/);
  // A claim that is decided is left alone.
  assert.equal(says(ABOVE, crossing), undefined);
});

Deno.test("whatWouldDecide() calls a source what it is called there", () => {
  const families = shares(1, 2, 2).map((share) =>
    share.source === "images" ? { ...share, n: 60, name: "families" } : share
  );
  assert.match(says(ABOVE, estimate(4.5, families)) ?? "", /, 540 families\)/);
});

Deno.test("estimateSchema reads shares, and refuses sources that there are none of", () => {
  const one = estimate(4, shares(1, 2));
  assert.deepEqual(estimateSchema.parse(one), one);
  const odd = { ...one, shares: [{ ...one.shares?.[0], source: "luck" }] };
  assert.equal(estimateSchema.safeParse(odd).success, false);
});
