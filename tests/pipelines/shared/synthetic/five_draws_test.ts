import assert from "node:assert/strict";
import { overFiveDraws } from "../../../../pipelines/shared/synthetic/five_draws.ts";
import { SCALES } from "../../../../pipelines/shared/synthetic/scale.ts";
import { DRAWS_TABLE } from "../../../../reports/pages/method_text.ts";
import { points } from "../../../../reports/pages/answer_contrast.ts";
import { outlineOf, synthetic } from "./experiments.ts";

const EXPERIMENTS = [
  "unseen-tint",
  "vertical-flip",
  "spurious-tint",
  "label-shift",
  "support",
];

Deno.test("overFiveDraws() has a mean for every claim on the four shifts and their contrasts, at default and full, and for no other", () => {
  for (const { name, profiles } of synthetic) {
    for (const profile of profiles) {
      for (const { id, redrawn } of outlineOf(name, profile).claims) {
        assert.equal(
          redrawn !== undefined,
          EXPERIMENTS.includes(name) &&
            ["default", "full"].includes(profile),
          `${name}/${id} at ${profile}`,
        );
      }
    }
  }
});

Deno.test("overFiveDraws() gives the means of the method page, over the line of finished networks first", () => {
  const shown = [
    "spurious-tint/photo-in-support",
    "label-shift/photo-in-support",
    "unseen-tint/photo-weak",
    "unseen-tint/photo-strong",
    "vertical-flip/photo",
    "support/tint",
    "support/flip-label",
  ].map((claim) => {
    const { estimate } = overFiveDraws(claim, SCALES.full) ?? assert.fail();
    assert.equal(estimate.title, "line of finished networks");
    return `${points(estimate.value)} (${points(estimate.low)} to ${
      points(estimate.high)
    })`;
  });
  assert.deepEqual(shown, DRAWS_TABLE.rows.slice(1).map((row) => row.at(-1)));
});
