import assert from "node:assert/strict";
import { measureCurve } from "../../../tasks/interventions/measure_curve.ts";
import { runTask } from "../run_task.ts";
import { exactly, level, networks, parts } from "./made_up.ts";

Deno.test("measureCurve() tells with how many examples a curve reaches others", async () => {
  const curve = [0.3, 0.5, 0.7].map((accuracy, k) => ({
    n: 16 * 4 ** k,
    evaluations: networks(3, accuracy, 10 + k),
  }));
  const against = (accuracy: number) =>
    runTask(measureCurve, {
      name: "curated",
      curve,
      referenceTitle: "all",
      reference: networks(3, accuracy, 20),
      paired: false,
      parts,
      measure: { kind: "balanced" },
      level,
    });
  const { series: { points }, reference, crossing, words } = await against(0.6);
  assert.deepEqual(points.map(({ n }) => n), [16, 64, 256]);
  assert.ok(points.every(({ networks }) => networks.length === 3));
  assert.ok(Math.abs(reference.value - 0.7) < 0.02);
  assert.equal(reference.networks?.length, 3);
  // Half of the way between 64 and 256 by the logarithm.
  assert.ok(Math.abs((crossing.at ?? 0) - 128) < 15, `${crossing.at}`);
  assert.match(words, /^1\d\d \(\d+ to \d+\)$/);
  assert.deepEqual(
    (await against(0.79)).crossing,
    { series: "curated", reference: "all", at: null, low: null, high: null },
  );
  // All below: 0.8 in the mean where others have 0.89, and no network of either errs by much.
  const [, ...difference] = (await against(0.79)).words.match(
    /^more than 256 \(there −([\d.]+) points, −([\d.]+) to −([\d.]+)\)$/,
  ) ?? [];
  const [value = NaN, low = NaN, high = NaN] = difference.map(Number);
  assert.ok(Math.abs(value - 9) < 1.5, `${value}`);
  assert.ok(low > value && value > high && low - high < 6, `${low} ${high}`);
  assert.equal((await against(0.1)).words, "16 or fewer");
});

/** Four networks at three numbers of examples, and others. */
const FOUR = {
  name: "curated",
  curve: [
    { n: 16, evaluations: exactly(8, 10, 9, 9) },
    { n: 64, evaluations: exactly(16, 18, 16, 22) },
    { n: 256, evaluations: exactly(28, 30, 27, 33) },
  ],
  referenceTitle: "all",
  parts,
  measure: { kind: "balanced" },
  level,
} as const;

Deno.test("measureCurve() leaves out networks of each kind by themselves where they are no pairs, every one of them", async () => {
  // By NumPy and SciPy: standard errors of log N 0.165339 from the four and 0.069598 from the three; 4.276 degrees of freedom.
  const apart = await runTask(measureCurve, {
    ...FOUR,
    reference: exactly(20, 21, 22),
    paired: false,
  });
  // Leaving out pairs of versions of one network: 0.173529, three degrees of freedom.
  const paired = await runTask(measureCurve, {
    ...FOUR,
    reference: exactly(20, 21, 22, 21),
    paired: true,
  });
  for (
    const [{ crossing }, expected] of [
      [apart, [91.88383265, 56.53645741, 149.33087585]],
      [paired, [91.88383265, 52.89332108, 159.61634722]],
    ] as const
  ) {
    for (
      const [i, found] of [crossing.at, crossing.low, crossing.high].entries()
    ) {
      const truth = expected[i] ?? NaN;
      assert.ok(
        found !== null && Math.abs(found / truth - 1) < 1e-6,
        `${found} ${truth}`,
      );
    }
  }
  // The interval of a mean does not depend on what it is held against: t of three degrees × the standard error of four.
  const [first] = apart.series.points;
  const halfWidth = 3.182446305 * Math.sqrt(2 / 3 / 4) / 40;
  assert.ok(Math.abs((first?.high ?? 0) - 9 / 40 - halfWidth) < 1e-9);
  assert.deepEqual(apart.series, paired.series);
});

Deno.test("measureCurve() takes the ends of the difference where a curve crosses others only with all networks", async () => {
  // At 256 half a hit more than the others in the mean, and less without the best network.
  const curve = [16, 64, 256].map((n, k) => ({
    n,
    evaluations: exactly(4 + 8 * k, 4 + 8 * k, 5 + 8 * k, 8 + 8 * k),
  }));
  const { crossing, words } = await runTask(measureCurve, {
    ...FOUR,
    curve,
    reference: exactly(20, 21, 20, 21),
    paired: false,
  });
  assert.ok(crossing.at !== null && crossing.at > 200 && crossing.at < 256);
  // By SciPy: differences of −7.25 and 0.75 hits at 64 and 256, each with 2.889075 to either side (3.5534 degrees of freedom).
  assert.ok(Math.abs((crossing.low ?? 0) - 136.2612) < 1e-3);
  assert.equal(crossing.high, null);
  assert.match(words, /^2\d\d \(\d+ to more than 256\)$/);
});

Deno.test("measureCurve() cuts intervals to what accuracies can be, and gives none where all networks are at zero", async () => {
  const { series: { points }, reference } = await runTask(measureCurve, {
    ...FOUR,
    curve: [
      { n: 16, evaluations: exactly(0, 0, 0) },
      { n: 64, evaluations: exactly(0, 0, 2) },
      { n: 256, evaluations: exactly(40, 40, 37) },
    ],
    reference: exactly(0, 0, 0),
    paired: true,
  });
  assert.deepEqual(
    [...points, reference].map(({ low, high }) => [
      low === null ? null : low > 0,
      high === null ? null : high < 1,
    ]),
    [[null, null], [false, true], [true, false], [null, null]],
  );
  assert.deepEqual([points[1]?.low, points[2]?.high], [0, 1]);
});

Deno.test("measureCurve() throws when networks are missing at a number of examples or of pairs", async () => {
  const reference = exactly(20, 21, 22);
  await assert.rejects(
    () => runTask(measureCurve, { ...FOUR, reference, paired: true }),
    {
      name: "RangeError",
      message: "Cannot compare networks pair by pair: there are 4 and 3",
    },
  );
  await assert.rejects(
    () =>
      runTask(measureCurve, {
        ...FOUR,
        curve: [...FOUR.curve, { n: 1024, evaluations: exactly(30, 31) }],
        reference,
        paired: false,
      }),
    {
      name: "RangeError",
      message:
        'Cannot follow networks along "curated": there must be as many at each number of examples, and there are 4 and 2',
    },
  );
});
