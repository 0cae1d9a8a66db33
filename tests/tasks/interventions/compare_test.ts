import assert from "node:assert/strict";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import type { GroupMeasure } from "../../../shifts/measure/group_counts.ts";
import { compareAccuracies } from "../../../tasks/interventions/compare_accuracies.ts";
import { compareCorrections } from "../../../tasks/interventions/compare_corrections.ts";
import { leastDifference } from "../../../tasks/interventions/least_difference.ts";
import { sayCounts } from "../../../tasks/interventions/say_counts.ts";
import { tabulateGroups } from "../../../tasks/interventions/tabulate_groups.ts";
import { titleByGroups } from "../../../tasks/interventions/title_by_groups.ts";
import type { CellInterval } from "../../../reports/value/report.ts";
import { hitsOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";
import { exactly, level, N, networks, parts } from "./made_up.ts";

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

Deno.test("compareAccuracies() leaves open what none of the images of a group tell where no network differs from another", async () => {
  const compare = (a: Evaluation[], b: Evaluation[]) =>
    runTask(compareAccuracies, {
      a,
      b,
      paired: true,
      parts,
      measure: { kind: "worst" },
      level,
    });
  // Of 1000 images none is right: the interval of Clopper and Pearson in closed form.
  const open = 1 - 0.025 ** (1 / 1000);
  for (
    const [a, b, value, low, high] of [
      [exactly(0, 0), exactly(0, 0), 0, -open, open],
      [exactly(40, 40), exactly(40, 40), 0, -open, open],
      [exactly(40, 40), exactly(0, 0), 1, 1 - open, 1],
    ] as const
  ) {
    const found = await compare([...a], [...b]);
    assert.equal(found.value, value);
    assert.ok(Math.abs(found.low - low) < 1e-12, `${found.low} ${low}`);
    assert.ok(Math.abs(found.high - high) < 1e-12, `${found.high} ${high}`);
    assert.deepEqual(found.shares, []);
  }
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
