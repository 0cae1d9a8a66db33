import assert from "node:assert/strict";
import { readCounts } from "../../../tasks/lines/read_counts.ts";
import { runTask } from "../run_task.ts";

Deno.test("readCounts() gives accuracies with the images behind them, all and by family", async () => {
  for (
    const [shifted, hits, images] of [
      ["v4", 1723, 2021],
      ["v6", 1712, 2000],
    ] as const
  ) {
    const { points, families } = await runTask(readCounts, { shifted });
    assert.equal(points.length, 30);
    assert.deepEqual(families.flatMap((family) => family.points), points);
    const family = families.find(({ name }) => name === "VGG");
    assert.deepEqual(family?.points[0], {
      model: "vgg16_keras",
      reference: 0.9359,
      shifted: hits / images,
      referenceSize: 10_000,
      shiftedSize: images,
    });
  }
});
