import assert from "node:assert/strict";
import type { ShiftArea } from "../../../stats/asked/ask_findings_schemas.ts";
import { withTestShift } from "../../../stats/asked/with_test_shift.ts";

const judged = {
  answer: "bias",
  why: "A reason.",
  needs: [],
  rule: [{ condition: "enough is left", holds: true }],
} as const;

const area = (some: Partial<ShiftArea>): ShiftArea => ({
  auroc: 0.7,
  low: 0.66,
  high: 0.74,
  placebo: 0.54,
  p: 0.01,
  ...some,
});

for (
  const [what, some, answer] of [
    ["is told apart for sure", {}, "undecidable"],
    ["is reached by random splits", { p: 0.03 }, "bias"],
    ["may be alike", { low: 0.49 }, "bias"],
    ["is nearly alike", { auroc: 0.55, low: 0.52, high: 0.58 }, "bias"],
  ] as const
) {
  Deno.test(`withTestShift() answers "${answer}" where the test set ${what}`, () => {
    const found = withTestShift(judged, area(some));
    assert.equal(found.answer, answer);
    const differs = answer === "undecidable";
    assert.equal(found.rule.at(-1)?.holds, !differs);
    assert.equal(found.rule.length, 2);
    if (!differs) {
      assert.deepEqual({ ...found, rule: judged.rule }, judged);
      return;
    }
    assert.match(
      found.why,
      /^The test images differ from the reference images/,
    );
    assert.match(
      found.needs.map((need) => `${need.number} ${need.what}`).join(),
      /^1 test set .*from where the reference set is.*without --test/,
    );
    assert.match(
      found.rule.at(-1)?.condition ?? "",
      /\(0\.7, 0\.66 to 0\.74; reached by 1%\)$/,
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
  const { why, rule } = withTestShift(few, area({}));
  assert.equal(why, few.why);
  assert.equal(rule.at(-1)?.holds, false);
});
