import assert from "node:assert/strict";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import type { GroupMeasure } from "../../../shifts/measure/group_counts.ts";
import { compareAccuracies } from "../../../tasks/interventions/compare_accuracies.ts";
import { compareCorrections } from "../../../tasks/interventions/compare_corrections.ts";
import { leastDifference } from "../../../tasks/interventions/least_difference.ts";
import { measureCurve } from "../../../tasks/interventions/measure_curve.ts";
import { sayCounts } from "../../../tasks/interventions/say_counts.ts";
import { tabulateGroups } from "../../../tasks/interventions/tabulate_groups.ts";
import { titleByGroups } from "../../../tasks/interventions/title_by_groups.ts";
import type { CellInterval } from "../../../reports/value/report.ts";
import { stream } from "../../../engine/define/random.ts";
import { hitsOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

const N = 2000;
const GROUPS = {
  names: ["often right", "less often"],
  of: Int32Array.from({ length: N }, (_, i) => i < N / 2 ? 0 : 1),
};
const parts = [{ set: "shifted", groups: GROUPS }];
const level = 0.95;

/** Networks that are right with some probability in the second group, and more often by 0.2 in the first. */
function networks(n: number, accuracy: number, seed: number): Evaluation[] {
  return Array.from({ length: n }, (_, k) => {
    const random = stream(seed, "made up", k);
    return hitsOf({ name: `network ${k}`, seed: k }, [{
      right: Uint8Array.from(
        { length: N },
        (_, i) => random.uniform() < accuracy + (i < N / 2 ? 0.2 : 0) ? 1 : 0,
      ),
    }]);
  });
}

Deno.test("tabulateGroups() tells all three measures with intervals, and which group is worst under each shift", async () => {
  const tested = networks(4, 0.5, 1);
  const { worstGroups, ...measures } = await runTask(tabulateGroups, {
    shifts: ["tint", "flip"]
      .map((title) => ({ title, parts, shares: [0.9, 0.1] })),
    rows: [
      { cells: ["some intervention"], evaluations: [tested, []] },
      { cells: ["another"], evaluations: [tested, tested] },
    ],
    level,
  });
  assert.equal(
    worstGroups,
    "tint (groups of 1000 images): less often (1000 images; in 2 rows); flip (groups of 1000 images): less often (1000 images; in 1 row)",
  );
  const { worst, balanced, asInTraining } = measures;
  for (
    const [rows, truth] of [
      [worst, 0.5],
      [balanced, 0.6],
      [asInTraining, 0.68],
    ] as const
  ) {
    const [[title, cell, untested] = [], [, same, again] = []] = rows;
    assert.deepEqual([title, untested], ["some intervention", null]);
    assert.deepEqual([same, again], [cell, cell]);
    const { value, low, high } = cell as CellInterval;
    assert.ok(low < truth && truth < high, `${low} ${truth} ${high}`);
    assert.ok(low < value && value < high && high - low < 0.12);
  }
});

Deno.test("tabulateGroups() gives no interval where all networks are at zero", async () => {
  const { worst: [row = []] } = await runTask(tabulateGroups, {
    shifts: [{ title: "tint", parts, shares: [0.5, 0.5] }],
    rows: [{ cells: [], evaluations: [exactly(0, 0)] }],
    level,
  });
  assert.deepEqual(row, [
    { value: 0, unit: "percent", digits: 1, bare: true },
  ]);
});

Deno.test("compareAccuracies() gives the difference of a measure, narrower for pairs", async () => {
  const a = networks(3, 0.6, 2);
  // The same networks, each wrong on the first tenth of the images.
  const b = a.map(({ networks: [network], ...run }) =>
    hitsOf(run, [{
      right: (network?.sets["shifted"]?.right ?? new Uint8Array())
        .map((right, i) => i % 10 === 0 ? 0 : right),
    }])
  );
  const compare = (paired: boolean, measure: GroupMeasure) =>
    runTask(compareAccuracies, { a, b, paired, parts, measure, level });
  const paired = await compare(true, { kind: "balanced" });
  const apart = await compare(false, { kind: "balanced" });
  assert.ok(Math.abs(paired.value - 0.07) < 0.01, `${paired.value}`);
  assert.equal(paired.value, apart.value);
  assert.ok(paired.high - paired.low < apart.high - apart.low);
  assert.deepEqual(
    [paired, apart].map(({ shares }) => shares.map(({ n, name }) => [n, name])),
    [
      [[3, "pairs of networks"], [N, undefined]],
      [[6, "networks"], [N, undefined]],
    ],
  );
  const worst = await compare(true, { kind: "worst" });
  assert.ok(Math.abs(worst.value - 0.06) < 0.02, `${worst.value}`);
  await assert.rejects(
    () =>
      runTask(compareAccuracies, {
        a,
        b: b.slice(1),
        paired: true,
        parts,
        measure: { kind: "worst" },
        level,
      }),
    {
      name: "RangeError",
      message: "Cannot compare networks pair by pair: there are 3 and 2",
    },
  );
});

Deno.test("compareCorrections() finds less overlap than two networks from scratch have where two correct different examples", async () => {
  const half = (first: boolean) => (evaluations: Evaluation[]) =>
    evaluations.map(({ networks: [network], ...run }) =>
      hitsOf(run, [{
        right: (network?.sets["shifted"]?.right ?? new Uint8Array())
          .map((right, i) => (i < N / 2) === first ? 1 : right),
      }])
    );
  const scratch = networks(4, 0.3, 3);
  const pretrained = half(true)(networks(3, 0.3, 4));
  const found = await runTask(compareCorrections, {
    scratch,
    others: networks(3, 0.3, 5),
    intervened: half(false)(scratch),
    pretrained,
    both: half(false)(pretrained),
    set: "shifted",
    level,
  });
  // Images, and not a share of them.
  assert.ok(found.correctable > N / 3 && found.correctable < N);
  assert.ok(found.beyondAlike.high > found.beyondAlike.value);
  assert.ok(
    Math.abs(
      found.beyondAlike.value - (found.overlapValue - found.alikeValue),
    ) < 1e-12,
  );
  // Both corrects everything.
  assert.equal(found.keptOfPretrained.value, 1);
  assert.equal(found.keptOfIntervened.value, 1);
  // Of what one network corrects another one gets right as often as any image of that group.
  const { value, low, high } = found.keptByAlike;
  assert.ok(Math.abs(value - 0.4) < 0.06, `${value}`);
  assert.ok(low < value && value < high);
  assert.match(
    found.keptByAlikeWords,
    /^\d\d\.\d% \(\d\d\.\d% to \d\d\.\d%\)$/,
  );
  assert.deepEqual(
    found.beyondAlike.shares?.map(({ source, n }) => [source, n]),
    [["runs", 4], ["networks", 3], ["images", N]],
  );
  await assert.rejects(
    () =>
      runTask(compareCorrections, {
        scratch,
        others: [],
        intervened: scratch,
        pretrained,
        both: pretrained,
        set: "turned",
        level,
      }),
    {
      name: "RangeError",
      message:
        'Cannot tell which examples "network 0" corrects: it was not judged on set "turned"',
    },
  );
});

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

/** Networks right on so many of the forty images in every block, so that images have no part in any error. */
function exactly(...right: readonly number[]): Evaluation[] {
  return right.map((hits, k) =>
    hitsOf({ name: `network ${k}`, seed: k }, [{
      right: Uint8Array.from({ length: N }, (_, i) => i < 50 * hits ? 1 : 0),
    }])
  );
}

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

Deno.test("leastDifference() gives the difference to the best of the others, and how small any may be", async () => {
  const found = await runTask(leastDifference, {
    differences: [
      { name: "a", value: 0.3, low: -0.4, high: 0.35, shares: [] },
      { name: "b", value: 0.2, low: 0.1, high: 0.4, shares: [] },
    ],
  });
  assert.deepEqual(found, {
    name: "b",
    value: 0.2,
    low: -0.4,
    high: 0.35,
    shares: [],
  });
  await assert.rejects(() => runTask(leastDifference, { differences: [] }), {
    message: "Cannot take the least of 0 differences",
  });
});

Deno.test("titleByGroups() says how many images groups have, each in the first set that has it", async () => {
  const names = ["own", "other", "none"];
  const groups = (...of: readonly number[]) => ({
    names,
    of: Int32Array.from(of),
  });
  const say = (...sets: readonly ReturnType<typeof groups>[]) =>
    runTask(titleByGroups, {
      title: "accuracy, n = 2",
      parts: sets.map((groups, i) => ({ set: `${i}`, groups })),
    });
  assert.equal(
    await say(groups(0, 0, 0), groups(0, 1, 1)),
    "accuracy, n = 2, groups of 2 to 3 images",
  );
  assert.equal(
    await say(groups(0, 0), groups(1, 1)),
    "accuracy, n = 2, groups of 2 images",
  );
});

Deno.test("sayCounts() says a number once where measures agree", async () => {
  const say = (...words: readonly string[]) =>
    runTask(sayCounts, {
      what: "examples",
      counts: ["one", "another"].map((measure, i) => ({
        measure,
        words: words[i] ?? "",
      })),
    });
  assert.equal(
    await say("more than 256", "more than 256"),
    "more than 256 examples by one and by another",
  );
  assert.equal(
    await say("90 (60 to 140)", "16 or fewer"),
    "90 (60 to 140) examples by one, and 16 or fewer by another",
  );
});
