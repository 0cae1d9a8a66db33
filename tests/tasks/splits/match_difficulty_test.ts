import assert from "node:assert/strict";
import type { Estimate } from "../../../reports/value/claim.ts";
import { partsOf, weightsIn } from "../../../shifts/measure/parts.ts";
import { matchDifficulty } from "../../../tasks/splits/match_difficulty.ts";
import { measureSplit } from "../../../tasks/splits/measure_split.ts";
import { HALF, planted, truth } from "./planted_split.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("matchDifficulty() leaves the gain out of support, weighted to be as difficult as in support", async () => {
  const { parts, covered } = await runTask(matchDifficulty, {
    parts: truth,
    judges: planted.baselines.map(({ hits }) => hits),
  });
  assert.equal(covered, 1);
  const weights = weightsIn(parts, "out of support");
  assert.ok(new Set(weights).size > 2);
  const { outEstimate, outOfSupport, inSupport } = await runTask(measureSplit, {
    ...planted,
    parts,
    level,
  });
  // Now the baselines are as good out of support as in support …
  const accuracies = (part: typeof inSupport) =>
    part?.baselines.map(({ shifted }) => shifted) ?? [];
  for (const [i, accuracy] of accuracies(outOfSupport).entries()) {
    assert.ok(Math.abs(accuracy - (accuracies(inSupport)[i] ?? NaN)) < 1e-9);
  }
  // … and the networks still are better than their line.
  assert.ok((outEstimate as Estimate).low > 0.02);
});

Deno.test("matchDifficulty() weights to no part of few examples, and measureSplit() then measures neither", async () => {
  const judges = planted.baselines.map(({ hits }) => hits);
  for (const few of [0, 49]) {
    const { parts, covered } = await runTask(matchDifficulty, {
      parts: partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < few)),
      judges,
    });
    assert.equal(covered, 0);
    const found = await runTask(measureSplit, { ...planted, parts, level });
    assert.deepEqual([found.inSupport, found.outOfSupport], [null, null]);
    assert.equal(
      found.outWords,
      "inconclusive (0 examples, 50 are needed)",
    );
  }
});
