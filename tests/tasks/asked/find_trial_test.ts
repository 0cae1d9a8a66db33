import assert from "node:assert/strict";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { findTrial } from "../../../tasks/asked/find_trial.ts";
import { runTask } from "../run_task.ts";

const REFERENCE = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65];

/** Baselines with these shifted accuracies, and their line. */
function through(shifted: readonly number[]) {
  const points = shifted.map((accuracy, i): Point => ({
    model: `scratch ${i}`,
    reference: REFERENCE[i] as number,
    shifted: accuracy,
    referenceSize: 500,
    shiftedSize: 500,
  }));
  return {
    points,
    line: fitLine(points, { scale: "probit", extremes: { kind: "clip" } }),
  };
}

Deno.test("findTrial() judges the line of all images, and that of each part for what is told of the part", async () => {
  const straight = through([0.3, 0.35, 0.4, 0.45, 0.5, 0.55]);
  const loose = through([0.3, 0.5, 0.25, 0.45, 0.3, 0.4]);
  const estimate = { value: 0.05, low: 0.02, high: 0.08, unit: "points" };
  const { points } = straight;
  const all = meanEffectiveRobustness(points, { line: straight.line });
  const { lineHolds, level, groups } = await runTask(findTrial, {
    line: straight.line,
    baselines: points,
    level: 0.975,
    groups: [{
      name: "photo",
      points,
      all,
      inSupport: {
        estimate: { tooFew: 12, unit: "points" },
        over: null,
      },
      outOfSupport: {
        estimate: { ...estimate, unit: "points" },
        over: loose,
      },
    }],
  });
  assert.deepEqual([lineHolds, level], [true, 0.975]);
  assert.deepEqual(groups[0]?.inSupport, { tooFew: 12 });
  assert.deepEqual(groups[0]?.outOfSupport, {
    value: 0.05,
    low: 0.02,
    high: 0.08,
    lineHolds: false,
  });
});
