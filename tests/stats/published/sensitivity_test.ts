import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { headline } from "../../../stats/published/headline.ts";
import {
  sensitivity,
  sensitivityRowSchema,
} from "../../../stats/published/sensitivity.ts";
import { few, points } from "../imagenet_points.ts";

Deno.test("sensitivity() has a row for each choice, ranges for the families", () => {
  const rows = sensitivity(points, {
    variations: [
      { name: "logit scale", points, scale: "logit" },
      {
        name: "two baselines",
        points: { ...points, baselines: points.baselines.slice(0, 2) },
      },
      { name: "three baselines", points: few },
    ],
    resamples: 50,
    draw: stream(1, "test").integer,
  });
  assert.deepEqual(rows.map(({ name, baselines }) => [name, baselines]), [
    ["as reported", 78],
    ["logit scale", 78],
    ["three baselines", 3],
    ["leaving one baseline out, 78 times", 77],
    ["bootstrap of the baselines, 50 times", 78],
  ]);
  const [reported, logit, , left] = rows;
  const { mean, max, maxModel } = headline(points, { scale: "logit" });
  assert.deepEqual(logit, {
    name: "logit scale",
    baselines: 78,
    mean: [mean, mean],
    max: [max, max],
    maxModels: [maxModel],
  });
  assert.ok(reported && left && left.max[0] < reported.max[0]);
  assert.ok(left.max[1] > reported.max[1]);
  assert.ok(left.maxModels.length > 1);
  assert.equal(left.maxModels[0], reported.maxModels[0]);
  assert.deepEqual(rows.map((row) => sensitivityRowSchema.parse(row)), rows);
});

Deno.test("sensitivity() leaves none of three baselines out, and each of four", () => {
  const names = (some: typeof few) =>
    sensitivity(some, {
      variations: [],
      resamples: 5,
      draw: stream(1, "test").integer,
    }).map(({ name }) => name);
  const bootstrap = "bootstrap of the baselines, 5 times";
  assert.deepEqual(names(few), ["as reported", bootstrap]);
  const four = { ...points, baselines: points.baselines.slice(0, 4) };
  assert.deepEqual(names(four), [
    "as reported",
    "leaving one baseline out, 4 times",
    bootstrap,
  ]);
});
