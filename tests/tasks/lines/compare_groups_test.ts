import assert from "node:assert/strict";
import { groupDifference } from "../../../stats/lines/difference.ts";
import { compareGroups } from "../../../tasks/lines/compare_groups.ts";
import {
  byNetwork,
  checkpoints,
  narrow,
  photo,
} from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

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
