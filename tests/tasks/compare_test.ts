import assert from "node:assert/strict";
import { groupDifference } from "../../stats/lines/difference.ts";
import { fitRuns } from "../../stats/lines/fit_runs.ts";
import { lineDisagreement } from "../../stats/lines/line_disagreement.ts";
import { pairedDifference } from "../../stats/lines/paired_difference.ts";
import { rangeOverlap } from "../../stats/lines/range_overlap.ts";
import { compareGroups } from "../../tasks/lines/compare_groups.ts";
import { compareLines } from "../../tasks/lines/compare_lines.ts";
import { compareShifts } from "../../tasks/lines/compare_shifts.ts";
import { fitLine } from "../../tasks/lines/fit_line.ts";
import { measureRobustness } from "../../tasks/lines/measure_robustness.ts";
import {
  checkpoints,
  narrow,
  photo,
  photoTwins,
  sizes,
} from "../stats/difference_reference.ts";
import { runTask } from "./run_task.ts";

const level = 0.95;
const byNetwork = (points: typeof photo) => points.map((point) => [point]);

Deno.test("compareGroups() compares the networks of all runs", async () => {
  const expected = groupDifference([photo, narrow], {
    line: checkpoints,
    level,
  });
  const { difference, value, low, high } = await runTask(compareGroups, {
    line: checkpoints,
    a: byNetwork(photo),
    b: byNetwork(narrow),
    level,
  });
  assert.deepEqual(difference, expected);
  assert.deepEqual([value, low, high], [
    expected.difference,
    expected.low,
    expected.high,
  ]);
});

Deno.test("compareShifts() pairs networks by their place", async () => {
  const expected = pairedDifference([
    { line: checkpoints, points: photo },
    { line: sizes, points: photoTwins },
  ], { level });
  const { difference, value } = await runTask(compareShifts, {
    outOfSupport: { line: checkpoints, points: byNetwork(photo) },
    inSupport: { line: sizes, points: byNetwork(photoTwins) },
    level,
  });
  assert.deepEqual(difference, expected);
  assert.equal(value, expected.difference);
});

Deno.test("compareShifts() refuses a network of several points", async () => {
  await assert.rejects(
    () =>
      runTask(compareShifts, {
        outOfSupport: { line: checkpoints, points: [photo] },
        inSupport: { line: sizes, points: byNetwork(photoTwins) },
        level,
      }),
    /Cannot pair network 1: it has 3 points, not one/,
  );
});

Deno.test("compareLines() says in words whether two lines disagree", async () => {
  const shared = { points: byNetwork(photo), level };
  const result = await runTask(compareLines, {
    first: checkpoints,
    second: sizes,
    ...shared,
  });
  const expected = lineDisagreement([checkpoints, sizes], {
    points: photo,
    level,
  });
  assert.deepEqual(result.disagreement, expected);
  assert.equal(result.value, expected.mean.difference);
  assert.equal(result.words, "agree within their intervals");
  const lowered = { ...checkpoints, intercept: checkpoints.intercept - 1 };
  const far = await runTask(compareLines, {
    first: lowered,
    second: sizes,
    ...shared,
  });
  assert.equal(far.words, "disagree everywhere");
});

Deno.test("fitLine() gives the fit of each run beside the pooled one", async () => {
  const points = [photo, narrow];
  const { runs, line } = await runTask(fitLine, {
    points,
    scale: "probit",
    extremes: { kind: "error" },
  });
  assert.deepEqual(runs, fitRuns(points));
  assert.equal(line.n, 7);
});

Deno.test("measureRobustness() says how far the networks lie outside the baselines' range", async () => {
  const { overlap } = await runTask(measureRobustness, {
    line: sizes,
    points: byNetwork(narrow),
    level,
  });
  assert.deepEqual(overlap, rangeOverlap(narrow, sizes));
  assert.equal(overlap.inside, 2);
});
