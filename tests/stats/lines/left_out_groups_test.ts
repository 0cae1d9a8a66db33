import assert from "node:assert/strict";
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import {
  coverageOfZero,
  holdsZero,
  leaveGroupsOut,
} from "../../../stats/lines/left_out_groups.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../../stats/lines/regression.ts";

const point = (model: string, reference: number, shifted: number) => ({
  model,
  reference,
  shifted,
  referenceSize: 10_000,
  shiftedSize: 2000,
});
const groups = [
  { name: "a", points: [point("a1", 0.8, 0.6), point("a2", 0.85, 0.69)] },
  { name: "b", points: [point("b1", 0.9, 0.75), point("b2", 0.93, 0.83)] },
  { name: "c", points: [point("c1", 0.95, 0.97)] },
];

Deno.test("leaveGroupsOut() measures each group over the line of the others, whole and one by one", () => {
  const left = leaveGroupsOut(groups, { level: 0.9 });
  assert.deepEqual(left.map(({ name }) => name), ["a", "b", "c"]);
  for (const [i, { whole, each }] of left.entries()) {
    const others = groups.filter((_, j) => j !== i)
      .flatMap(({ points }) => points);
    const { slope, intercept, n } = fitLine(others);
    assert.equal(whole.line.slope, slope);
    assert.equal(whole.line.intercept, intercept);
    assert.equal(whole.line.n, n);
    const options = { line: whole.line, level: 0.9 };
    const points = groups[i]?.points ?? [];
    assert.deepEqual(whole.mean, meanEffectiveRobustness(points, options));
    assert.deepEqual(
      each,
      points.map((point) => ({
        point,
        robustness: meanEffectiveRobustness([point], options),
      })),
    );
  }
  // The outlier is seen as one: it has no part in its own line.
  assert.ok((left[2]?.whole.mean.low ?? 0) > 0);
});

Deno.test("leaveGroupsOut() refuses groups that leave too few for a line", () => {
  assert.throws(() => leaveGroupsOut(groups.slice(0, 2)), {
    message: "Cannot fit a line through 2 points: at least 3 are needed",
  });
});

Deno.test("coverageOfZero() counts intervals that hold zero, ends included, with Clopper and Pearson's error", () => {
  const intervals = [
    { low: -1, high: 1 },
    { low: 0, high: 1 },
    { low: -1, high: 0 },
    { low: 0.1, high: 1 },
    { low: -1, high: -0.1 },
  ];
  assert.deepEqual(intervals.map(holdsZero), [true, true, true, false, false]);
  const { low, high } = clopperPearson({ successes: 3, n: 5 }, { level: 0.9 });
  assert.deepEqual(coverageOfZero(intervals, { level: 0.9 }), {
    held: 3,
    n: 5,
    value: 0.6,
    low,
    high,
  });
  assert.throws(() => coverageOfZero([]), RangeError);
});
