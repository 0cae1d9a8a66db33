import assert from "node:assert/strict";
import type { FoundTestShift } from "../../../stats/asked/ask_findings_schemas.ts";
import { withTestShift } from "../../../stats/asked/with_test_shift.ts";

const judged = {
  answer: "bias",
  why: "A reason.",
  needs: [],
  rule: [{ condition: "enough is left", holds: true }],
} as const;

const found = (some: Partial<FoundTestShift>): FoundTestShift => ({
  auroc: 0.7,
  low: 0.66,
  high: 0.74,
  placebo: 0.54,
  p: 0.01,
  labelChance: 0.6,
  lost: [],
  ...some,
});
const ALIKE = { p: 0.3, low: 0.49 };

for (
  const [what, some, why] of [
    [
      "is told apart for sure",
      {},
      /^The examples of the test set differ from those of the reference set themselves, so/,
    ],
    [
      "has other class frequencies",
      { ...ALIKE, labelChance: 0.005 },
      /^Classes occur in the test set in other proportions/,
    ],
    [
      "has other class frequencies that may matter",
      { ...ALIKE, labelChance: 0.005, labelDistance: 0.11 },
      /^Classes occur in the test set in other proportions/,
    ],
    [
      "has a property that tells less of the label",
      { ...ALIKE, lost: ["hue"] },
      /^In the test set hue tells less of the label than in the reference set, so/,
    ],
    [
      "has a property that goes with the label newly",
      { ...ALIKE, gained: ["hue"] },
      /^In the test set hue goes with the label newly, or more closely than in the reference set, so/,
    ],
    ["is reached by random splits", { p: 0.03 }],
    ["may be alike", { low: 0.49 }],
    ["is nearly alike", { auroc: 0.55, low: 0.52, high: 0.58 }],
    ["may have other class frequencies", { ...ALIKE, labelChance: 0.01 }],
    [
      "has other class frequencies that matter too little",
      { ...ALIKE, labelChance: 0.005, labelDistance: 0.1 },
    ],
  ] as const
) {
  const answer = why === undefined ? "bias" : "undecidable";
  Deno.test(`withTestShift() answers "${answer}" where the test set ${what}`, () => {
    const given = withTestShift(judged, found(some));
    assert.equal(given.answer, answer);
    assert.equal(given.rule.at(-1)?.holds, why === undefined);
    assert.equal(given.rule.length, 2);
    assert.match(
      given.rule.at(-1)?.condition ?? "",
      /\(0\.\d+, 0\.\d+ to 0\.\d+; reached by \d+%\); their classes occur as often, .* \(\d+(?:\.\d)?%\)(?:, or at a distance of 0\.1 at most for sure \(up to 0\.11?\))?; and no property tells less of the label, or more, for sure(?: \(hue\))?$/,
    );
    if (why === undefined) {
      assert.deepEqual({ ...given, rule: judged.rule }, judged);
      return;
    }
    assert.match(given.why, why);
    assert.match(
      given.needs.map((need) => `${need.number} ${need.what}`).join(),
      /^1 test set .*from where the reference set is.*without --test/,
    );
  });
}

Deno.test("withTestShift() leaves alone what no test set was given for, and says where it cannot be told", () => {
  assert.equal(withTestShift(judged, undefined), judged);
  const { rule, ...rest } = withTestShift(judged, null);
  assert.deepEqual({ ...rest, rule: judged.rule }, judged);
  assert.equal(rule.at(-1)?.holds, null);
});

Deno.test("withTestShift() says first that too few examples are left", () => {
  const few = {
    ...judged,
    answer: "undecidable",
    rule: [{ condition: "enough is left", holds: false }],
  } as const;
  const { why, rule } = withTestShift(few, found({}));
  assert.equal(why, few.why);
  assert.equal(rule.at(-1)?.holds, false);
});
