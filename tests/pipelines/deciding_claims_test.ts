import assert from "node:assert/strict";
import { isRef } from "../../engine/define/ref.ts";
import { pipelines } from "../../pipelines/registry.ts";
import { decidingClaims } from "../../reports/pages/verdict_line.ts";
import type { Report } from "../../reports/value/report.ts";

/** Ids of the claims whose verdicts a page begins with, before anything is computed. */
function decidingOf(name: string): readonly string[] {
  const found = pipelines.find((one) => one.name === name);
  assert.ok(found !== undefined, name);
  const profile = found.profiles[0];
  assert.ok(profile !== undefined);
  const report = found.build(profile) as Report;
  assert.ok(!isRef(report.claims));
  return decidingClaims(report).map(({ id }) => id);
}

const ASKED = {
  "along-fine-tuning": ["tint-change", "unseen-tint-change", "flip-change"],
  "along-data": ["tint-change", "unseen-tint-change", "flip-change"],
  support: ["tint", "flip-label"],
  "imagenet-published": ["v2-maximum", "sketch-mean", "r-mean"],
  "cifar-published": ["random-features", "coverage"],
  "pretrained-weights": ["tint", "flip-label"],
  theory: ["same-in-span", "untouched-off-span"],
  interventions: ["refit", "both-most-accurate", "both-not-most-robust"],
  "unseen-tint": ["photo-weak", "photo-strong"],
};

for (const [name, ids] of Object.entries(ASKED)) {
  Deno.test(`the page of ${name} begins with the verdicts on what it asks`, () => {
    assert.deepEqual(decidingOf(name), ids);
  });
}

Deno.test("the page of along-pretraining begins with whether the gain grows out of support and stays small in support, for networks that its answer names", () => {
  const ids = decidingOf("along-pretraining");
  assert.ok(ids.some((id) => id.startsWith("unseen-tint-change")));
  assert.ok(ids.some((id) => id.startsWith("tint-")));
  assert.ok(!ids.some((id) => id.startsWith("tint-change")));
  assert.ok(ids.length <= 6, ids.join(", "));
});
