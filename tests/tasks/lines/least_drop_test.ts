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

Deno.test("leastDrop() of one network has Newcombe's interval", async () => {
  // Example (a) of Newcombe 1998, table II: 56 of 70 and 48 of 80, 0.0524 to 0.3339.
  const a = {
    ...network(56 / 70, 48 / 80),
    referenceSize: 70,
  };
  const { value, low, high, n } = await runTask(leastDrop, {
    points: [[a]],
    level: 0.95,
  });
  close(value, 0.2);
  assert.deepEqual([low.toFixed(4), high.toFixed(4), n], [
    "0.0524",
    "0.3339",
    1,
  ]);
});

Deno.test("leastDrop() is above 0 where every network surely loses, and below it where one of them all surely gains", async () => {
  const of = (...points: readonly ReturnType<typeof network>[]) =>
    runTask(leastDrop, { points: [points], level: 0.95 });
  // The other loses more, but on so few images that it may gain.
  const few = { ...network(0.6, 0.4), referenceSize: 15, shiftedSize: 15 };
  const sure = network(0.8, 0.62);
  assert.ok((await of(sure)).low > 0);
  const both = await of(few, sure);
  close(both.value, 0.18);
  assert.ok(both.low < 0, `${both.low}`);
  // It surely gains where it is alone, and not as one of forty.
  const gains = network(0.6, 0.75);
  assert.ok((await of(gains)).high < 0);
  const many = await of(gains, ...new Array(39).fill(sure));
  assert.ok(many.high > 0 && many.value < 0, `${many.high}`);
});

Deno.test("leastDrop() is negative where one network gains, and refuses none", async () => {
  const points = [[network(0.9, 0.6)], [network(0.5, 0.55)]];
  const { value } = await runTask(leastDrop, { points, level: 0.95 });
  close(value, -0.05);
  await assert.rejects(runTask(leastDrop, { points: [], level: 0.95 }), {
    message: "Cannot take the least drop: there is no network",
  });
});
