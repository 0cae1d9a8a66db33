import assert from "node:assert/strict";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { measureRobustness } from "../../../tasks/lines/measure_robustness.ts";
import { byNetwork, narrow, sizes } from "../../stats/difference_reference.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { judgedErrors } from "../../../tasks/lines/judged.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { judgedOverLine } from "./judged_networks.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("measureRobustness() says how far the networks lie outside the baselines' range", async () => {
  const { overlap, meanDistance, maxDistance } = await runTask(
    measureRobustness,
    { line: sizes, points: byNetwork(narrow), level },
  );
  assert.deepEqual(overlap, rangeOverlap(narrow, sizes));
  assert.equal(overlap.inside, 2);
  assert.equal(meanDistance, overlap.meanDistance);
  assert.equal(maxDistance, overlap.maxDistance);
});

async function measured(options: Parameters<typeof judgedOverLine>[0]) {
  const { line, judged } = judgedOverLine(options);
  const points = await runTask(placePoints, {
    ...judged,
    evaluations: judged.networks,
  });
  const all = points.flat();
  return {
    all,
    line,
    result: await runTask(measureRobustness, { line, points, level, judged }),
    known: judgedErrors([{
      ...judged,
      line,
      terms: [{ sign: 1, points: all, networks: judged.networks }],
    }]),
  };
}

Deno.test("measureRobustness() of evaluations has the run as the line's unit and the images as baselines share them", async () => {
  const { all, line, result, known } = await measured({});
  const expected = meanEffectiveRobustness(all, {
    line,
    level,
    runs: known.runs?.[0],
    imageError: known.imageError,
  });
  assert.deepEqual(result.mean, expected);
  assert.equal(result.mean.components.line.degreesOfFreedom, 2);
  const { betweenModels, line: ofLine, testSet } = expected.components;
  assert.deepEqual(result.shares, [
    {
      source: "networks",
      n: 3,
      standardError: betweenModels?.standardError,
    },
    { source: "runs", n: 3, standardError: ofLine.standardError },
    { source: "images", n: 400, standardError: testSet?.standardError },
  ]);
});

Deno.test("measureRobustness() takes the points of a single run as independent", async () => {
  const { all, line, result } = await measured({ runs: 1 });
  assert.deepEqual(result.mean, meanEffectiveRobustness(all, { line, level }));
  assert.deepEqual(result.shares.map(({ source, n }) => [source, n]), [
    ["networks", 3],
    ["runs", 1],
    ["images", 400],
  ]);
});
