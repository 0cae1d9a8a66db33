import assert from "node:assert/strict";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { measureRobustness } from "../../../tasks/lines/measure_robustness.ts";
import { byNetwork, narrow, sizes } from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("measureRobustness() says how far the networks lie outside the baselines' range", async () => {
  const { overlap } = await runTask(measureRobustness, {
    line: sizes,
    points: byNetwork(narrow),
    level,
  });
  assert.deepEqual(overlap, rangeOverlap(narrow, sizes));
  assert.equal(overlap.inside, 2);
});
