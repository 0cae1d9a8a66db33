import assert from "node:assert/strict";
import type { Estimate } from "../../../reports/value/claim.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { measureSplit } from "../../../tasks/splits/measure_split.ts";
import { sweepSplit } from "../../../tasks/splits/sweep_split.ts";
import { difficulty, HALF, offAlike, planted, truth } from "./planted_split.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual}`);

Deno.test("measureSplit() finds what is planted in each part, over the part's own line", async () => {
  const found = await runTask(measureSplit, {
    ...planted,
    parts: truth,
    level,
    title: "truth",
  });
  const [within, beyond, difference] = [
    found.inEstimate,
    found.outEstimate,
    found.difference,
  ] as Estimate[];
  near(within?.value ?? NaN, 0, 0.01);
  near(beyond?.value ?? NaN, 0.1, 0.01);
  near(difference?.value ?? NaN, 0.1, 0.01);
  assert.match(found.outWords, /^\+10\.\d\d \(.*\) points, n.=.2000$/);
  assert.equal(within?.title, "truth, in support");
  assert.equal(within?.examples, HALF);
  assert.deepEqual(
    [within, difference].map((estimate) =>
      estimate?.shares?.map(({ source, n }) => [source, n])
    ),
    [HALF, 2 * HALF].map((images) => [
      ...planted.networks.length > 1
        ? [["networks", planted.networks.length]]
        : [],
      ["runs", planted.baselines.length],
      ["images", images],
    ]),
  );
  assert.equal(found.inSupport?.baselines.length, 5);
  assert.equal(found.outOfSupport?.networks[0]?.shiftedSize, HALF);
});

Deno.test("measureSplit() does not measure a part of fewer than 50 examples", async () => {
  const parts = partsOf(
    Array.from({ length: 2 * HALF }, (_, i) => i < 49),
  );
  const found = await runTask(measureSplit, { ...planted, parts, level });
  assert.equal(found.inSupport, null);
  assert.equal(
    found.inWords,
    "inconclusive (49 examples, 50 are needed)",
  );
  assert.ok(found.outOfSupport !== null);
  assert.deepEqual(found.inEstimate, {
    tooFew: 49,
    unit: "points",
    title: "in support",
  });
  const apart = {
    tooFew: 49,
    unit: "points",
    title: "out of support minus in support",
  };
  assert.deepEqual(found.difference, apart);
  const turned = partsOf(Array.from(parts.inSupport, (is) => is === 0));
  assert.deepEqual(
    (await runTask(measureSplit, { ...planted, parts: turned, level }))
      .difference,
    apart,
  );
});

Deno.test("measureSplit() takes families of examples for the units of its intervals", async () => {
  const alike = await runTask(measureSplit, {
    ...planted,
    parts: truth,
    level,
    // All members of a family are equally difficult: a family is one example a hundred times over.
    units: difficulty.map((value, i) =>
      `${i < HALF ? "in" : "out"} ${Math.floor(20 * value)}`
    ),
  });
  const single = await runTask(measureSplit, {
    ...planted,
    parts: truth,
    level,
  });
  const size = ({ inSupport }: typeof single) =>
    inSupport?.networks[0]?.shiftedSize ?? NaN;
  assert.equal(size(single), HALF);
  near(size(alike), 20, 3);
  // So few would leave ±21 points, had baselines and networks not met the same.
  const { testSet } = alike.inSupport?.mean.components ?? {};
  assert.ok(testSet && testSet.halfWidth < 0.03, `${testSet?.halfWidth}`);
});

Deno.test("measureSplit() knows that runs which are off in one part are so in the other", async () => {
  const { inEstimate, outEstimate, difference } = await runTask(measureSplit, {
    ...offAlike,
    parts: truth,
    level,
  });
  const [within, beyond, apart] = [inEstimate, outEstimate, difference].map(
    (found) => "tooFew" in found ? NaN : (found.high - found.low) / 2,
  );
  assert.ok(within && beyond && apart);
  assert.ok(Math.min(within, beyond) > 0.03, `${within}, ${beyond}`);
  assert.ok(apart < Math.min(within, beyond) / 2, `${apart}`);
});

Deno.test("measureSplit() measures a part of two units of which networks get one right", async () => {
  // All that is easier than this in support is of one unit, all else of another.
  const units = difficulty.map((value, i) =>
    i < HALF ? `easier ${value < 0.6}` : `${i}`
  );
  const { inSupport, inEstimate } = await runTask(measureSplit, {
    ...planted,
    parts: truth,
    units,
    level,
  });
  assert.equal(inSupport?.networks[0]?.shiftedSize, 2);
  assert.ok(!("tooFew" in inEstimate));
});

Deno.test("measureSplit() refuses hits of another run", async () => {
  const [first] = planted.networks;
  assert.ok(first !== undefined);
  const networks = [{
    ...first,
    hits: { ...first.hits, seed: 7 },
  }];
  await assert.rejects(
    runTask(measureSplit, { ...planted, networks, parts: truth, level }),
    new RangeError(
      'Cannot place "photo" of seed 0: there are no hits of it among those of "photo" of seed 7',
    ),
  );
});

Deno.test("sweepSplit() measures both parts at each threshold, and says where examples are too few", async () => {
  const ratio = Float64Array.from(
    { length: 2 * HALF },
    (_, i) => i < HALF ? 1 : 0.1 * (i - HALF) / HALF,
  );
  const probability = { reference: ratio, shifted: ratio };
  const { steps, columns, rows, estimates, shares } = await runTask(
    sweepSplit,
    {
      ...planted,
      split: { ratio, probability },
      epsilons: [0.2, 0.05, 2, 0.1 * 48.5 / HALF],
      level,
    },
  );
  assert.deepEqual(steps.map(({ examples }) => examples), [
    ...[HALF, HALF],
    ...[HALF + HALF / 2, HALF / 2],
    ...[0, 2 * HALF],
    ...[2 * HALF - 49, 49],
  ]);
  near(steps[1]?.robustness?.mean.mean ?? NaN, 0.1, 0.01);
  assert.equal(steps[4]?.robustness, null);
  assert.equal(steps[7]?.robustness, null);
  // What is not measured is not drawn, but its share is.
  assert.equal(estimates.length, 6);
  assert.deepEqual(shares[4], { at: 2, group: "in support", value: 0 });
  assert.ok(rows.every((row) => row.length === columns.length));
  assert.equal(rows[4]?.[4], "inconclusive: too few");
});

Deno.test("sweepSplit() does not measure a part of one unit", async () => {
  const ratio = Float64Array.from(truth.inSupport);
  const { steps } = await runTask(sweepSplit, {
    ...planted,
    units: Array.from(ratio, (is, i) => is === 1 ? "one hospital" : `${i}`),
    split: { ratio, probability: { reference: ratio, shifted: ratio } },
    epsilons: [0.2],
    level,
  });
  const [within, beyond] = steps;
  assert.deepEqual([within?.examples, within?.robustness], [HALF, null]);
  assert.ok(beyond?.robustness !== null);
});
