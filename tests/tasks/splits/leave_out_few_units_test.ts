import assert from "node:assert/strict";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { leaveOutFewUnits } from "../../../tasks/splits/leave_out_few_units.ts";
import { measureSplit } from "../../../tasks/splits/measure_split.ts";
import { runTask } from "../run_task.ts";
import { HALF, planted, truth } from "./planted_split.ts";

const level = 0.95;

Deno.test("leaveOutFewUnits() leaves out a part of few units, however many examples it has, and keeps the other", async () => {
  // All in support are of three patients, the others of a hundred.
  const units = Array.from(
    { length: 2 * HALF },
    (_, i) => i < HALF ? `in ${i % 3}` : `out ${i % 100}`,
  );
  const measured = await runTask(measureSplit, {
    ...planted,
    parts: truth,
    units,
    level,
  });
  assert.ok(measured.inSupport !== null);
  const leftAt = (fewest: number) =>
    runTask(leaveOutFewUnits, { ...measured, parts: truth, units, fewest });
  assert.deepEqual((await leftAt(3)).inSupport, measured.inSupport);
  assert.deepEqual(await leftAt(10), {
    inSupport: null,
    outOfSupport: measured.outOfSupport,
    inEstimate: { tooFew: 3, unit: "points", title: "in support" },
    outEstimate: measured.outEstimate,
  });
});

Deno.test("leaveOutFewUnits() leaves out a part of one unit, in which nothing can be measured", async () => {
  const units = Array.from(
    { length: 2 * HALF },
    (_, i) => i < HALF ? `in ${i % 100}` : "one hospital",
  );
  const measured = await runTask(measureSplit, {
    ...planted,
    parts: truth,
    units,
    level,
  });
  const left = await runTask(leaveOutFewUnits, {
    ...measured,
    parts: truth,
    units,
    fewest: 10,
  });
  assert.ok(left.inSupport !== null);
  assert.deepEqual([left.outOfSupport, left.outEstimate], [
    null,
    { tooFew: 1, unit: "points", title: "out of support" },
  ]);
  assert.equal(
    measured.differenceWords,
    "inconclusive (1 example, 50 are needed)",
  );
});

Deno.test("leaveOutFewUnits() leaves too few examples at their number", async () => {
  const parts = partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < 49));
  const units = Array.from({ length: 2 * HALF }, (_, i) => `${i % 20}`);
  const measured = await runTask(measureSplit, {
    ...planted,
    parts,
    units,
    level,
  });
  const { inEstimate } = await runTask(leaveOutFewUnits, {
    ...measured,
    parts,
    units,
    fewest: 30,
  });
  assert.equal("tooFew" in inEstimate && inEstimate.tooFew, 49);
});
