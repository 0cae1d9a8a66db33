import assert from "node:assert/strict";
import { leastDrop } from "../../../tasks/lines/least_drop.ts";
import { close } from "../../stats/reference.ts";
import { runTask } from "../run_task.ts";

const network = (reference: number, shifted: number) => ({
  model: "r8",
  reference,
  shifted,
  referenceSize: 80,
  shiftedSize: 80,
});

Deno.test("leastDrop() is that of the network that loses least, with Newcombe's interval", async () => {
  // Example (a) of Newcombe 1998, table II: 56 of 70 and 48 of 80, 0.0524 to 0.3339.
  const a = {
    ...network(56 / 70, 48 / 80),
    referenceSize: 70,
  };
  const points = [[network(0.9, 0.6), network(0.8, 0.5)], [a]];
  const { value, low, high, n } = await runTask(leastDrop, {
    points,
    level: 0.95,
  });
  close(value, 0.2);
  assert.deepEqual([low.toFixed(4), high.toFixed(4), n], [
    "0.0524",
    "0.3339",
    3,
  ]);
});

Deno.test("leastDrop() is negative where one network gains, and refuses none", async () => {
  const points = [[network(0.9, 0.6)], [network(0.5, 0.55)]];
  const { value } = await runTask(leastDrop, { points, level: 0.95 });
  close(value, -0.05);
  await assert.rejects(runTask(leastDrop, { points: [], level: 0.95 }), {
    message: "Cannot take the least drop: there is no network",
  });
});
