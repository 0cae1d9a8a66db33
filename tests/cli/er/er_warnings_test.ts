import assert from "node:assert/strict";
import { warningsOf } from "../../../cli/er/er_warnings.ts";
import { groupedRobustness } from "../../../stats/lines/grouped_robustness.ts";

/** Ten baselines on a line, but for `spread`, and models at given reference accuracies. */
function warnings(
  references: readonly number[],
  {
    n = 10,
    spread = 0,
    slope = 1,
    own = false,
    size,
    suspects = [],
    leftOut = [],
    extremes = [],
  }: {
    readonly n?: number;
    readonly spread?: number;
    readonly slope?: number;
    /** Whether each model is a group of its own. */
    readonly own?: boolean;
    /** Test examples behind every accuracy. */
    readonly size?: number;
    readonly suspects?: readonly number[];
    readonly leftOut?: readonly string[];
    readonly extremes?: readonly number[];
  } = {},
): readonly string[] {
  const row = (group: string) => (reference: number, i: number) => ({
    model: `${group} ${i}`,
    group: own && group === "new" ? `new ${i}` : group,
    reference,
    shifted: 0.5 + slope * (reference - 0.6) + (i % 2 === 0 ? spread : -spread),
  });
  const baselines = Array.from({ length: n }, (_, i) => 0.6 + 0.02 * i);
  const rows = [
    ...baselines.map(row("baseline")),
    ...references.map(row("new")),
  ];
  const measurement = groupedRobustness(rows, {
    baseline: "baseline",
    scale: "linear",
    level: 0.95,
    sizes: size === undefined
      ? undefined
      : { referenceSize: size, shiftedSize: size },
  });
  return warningsOf(measurement, { suspects, leftOut, extremes });
}

Deno.test("warningsOf() names groups of one model, which are taken to spread like baselines", () => {
  assert.deepEqual(warnings([0.7]), [
    'group "new" has one model: for the spread between models stands how far baselines lie off the line',
  ]);
  assert.deepEqual(warnings([0.7, 0.71], { own: true }), [
    'groups "new 0" and "new 1" have one model each: for the spread between models stands how far baselines lie off the line',
  ]);
});

Deno.test("warningsOf() says by how much noise of the reference examples may flatten the line", () => {
  const near = [0.78, 0.77, 0.775];
  assert.deepEqual(warnings(near, { size: 10_000 }), []);
  const [few = ""] = warnings(near, { size: 300 });
  assert.match(
    few,
    /^noise of the test examples may be 19\.\d% of what .* \(in squares\).*: group "new" may seem 2\.\d\d points better than it is .*make that smaller$/,
  );
  const [fewer = ""] = warnings(near, { size: 50 });
  assert.match(fewer, / 50\.0% or more of .* 8\.\d\d points or more better /);
});

Deno.test("warningsOf() has nothing to say of models within a good line", () => {
  assert.deepEqual(warnings([0.6, 0.7, 0.78]), []);
});

Deno.test("warningsOf() names how many models lie outside the line, and the farthest", () => {
  assert.deepEqual(warnings([0.7, 0.8, 0.55, 0.785]), [
    '3 of 4 models lie outside the baselines\' range of reference accuracy (60.0% to 78.0%), the farthest "new 2" by 5.00 points below: their ER is an extrapolation',
  ]);
  assert.deepEqual(warnings([0.81, 0.7]), [
    '1 of 2 models lies outside the baselines\' range of reference accuracy (60.0% to 78.0%), the farthest "new 0" by 3.00 points above: its ER is an extrapolation',
  ]);
});

Deno.test("warningsOf() does not count baselines as models outside the line", () => {
  assert.deepEqual(warnings([0.7, 0.71], { n: 12 }), []);
});

Deno.test("warningsOf() says that a column may hold errors where the line falls", () => {
  assert.deepEqual(warnings([0.7, 0.71], { slope: -1 }), [
    "along the baselines shifted accuracy does not rise with reference accuracy, as where a column holds errors in place of accuracies",
  ]);
});

Deno.test("warningsOf() names a low r²", () => {
  // r² of ten points on y = x − 0.1 ± 0.06, by scipy 1.15.3's linregress.
  assert.deepEqual(warnings([0.7, 0.71], { spread: 0.06 }), [
    "the line explains the baselines poorly: r² is 0.388, below 0.9",
  ]);
});

Deno.test("warningsOf() names a low number of baselines", () => {
  assert.deepEqual(warnings([0.62, 0.63], { n: 3 }), [
    "the line rests on only 3 baselines, fewer than 10",
  ]);
});

Deno.test("warningsOf() names lines that may hold fractions among percentages", () => {
  assert.deepEqual(warnings([0.7, 0.71], { suspects: [4] }), [
    "1 row with a value of at most 1 among percentages, read as at most 1%: line 4",
  ]);
  assert.deepEqual(warnings([0.7, 0.71], { suspects: [4, 5, 6, 7, 8, 9] }), [
    "6 rows with a value of at most 1 among percentages, read as at most 1%: lines 4, 5, 6, 7, 8, …",
  ]);
});

Deno.test("warningsOf() names rows that were left out, and lines with accuracies near 0 and 1", () => {
  const two = [0.7, 0.71];
  assert.deepEqual(
    warnings(two, {
      leftOut: ['line 7 (model "x")', "line 9"],
      extremes: [3, 4],
    }),
    [
      '2 incomplete rows are left out: line 7 (model "x") and line 9',
      "accuracies closer to 0 or 100% than half a test example are taken as half an example away, 1/(2n) or 1 − 1/(2n): lines 3, 4",
    ],
  );
});
