import assert from "node:assert/strict";
import { pairedDifference } from "../../../stats/lines/paired_difference.ts";
import { compareShifts } from "../../../tasks/lines/compare_shifts.ts";
import {
  byNetwork,
  checkpoints,
  photo,
  photoTwins,
  sizes,
} from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

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
