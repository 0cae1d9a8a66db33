import assert from "node:assert/strict";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { compareSettings } from "../../../tasks/lines/compare_settings.ts";
import {
  checkpoints as line,
  narrow,
  photo,
  photoTwins,
} from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

const level = 0.9;
const shares = [
  { source: "images", n: 2000, standardError: 0.01 },
] as const;
const settings = Object.entries({ photo, narrow, twins: photoTwins })
  .map(([name, points]) => ({
    name,
    points,
    mean: meanEffectiveRobustness(points, { line, level }),
    shares,
  }));

Deno.test("compareSettings() gives both extremes as estimates with their names", async () => {
  const means = settings.map(({ mean }) => mean.mean);
  const at = (value: number) => settings[means.indexOf(value)];
  const { lowest, highest, lowestValue, highestValue, names, found } =
    await runTask(compareSettings, {
      settings,
      tolerance: 1,
      title: "line of checkpoints",
    });
  assert.equal(names, "photo, narrow, twins");
  assert.equal(found.n, 3);
  for (
    const [estimate, value, expected] of [
      [lowest, lowestValue, Math.min(...means)],
      [highest, highestValue, Math.max(...means)],
    ] as const
  ) {
    const setting = at(expected);
    assert.equal(value, expected);
    assert.deepEqual(estimate, {
      value: expected,
      low: setting?.mean.low,
      high: setting?.mean.high,
      unit: "points",
      level,
      title: `${setting?.name}, line of checkpoints`,
      shares,
    });
  }
  assert.ok(lowestValue < highestValue);
});

Deno.test("compareSettings() leaves out settings of lower reference accuracy", async () => {
  const { found, names, lowest, highest } = await runTask(compareSettings, {
    settings,
    tolerance: 0,
    title: "",
  });
  assert.deepEqual(found.competitive, [names]);
  assert.deepEqual(lowest, highest);
});

Deno.test("compareSettings() refuses no settings", async () => {
  await assert.rejects(
    async () =>
      await runTask(compareSettings, { settings: [], tolerance: 0, title: "" }),
    { message: "Cannot compare settings: there are none" },
  );
});
