import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { headline } from "../../../stats/published/headline.ts";
import { percentileInterval } from "../../../stats/intervals/percentile.ts";
import {
  bootstrapHeadline,
  leaveOneOut,
} from "../../../stats/published/resampling.ts";
import { few, points } from "../imagenet_points.ts";
import { close } from "../reference.ts";

Deno.test("leaveOneOut() leaves out each baseline once", () => {
  const left = leaveOneOut(points);
  assert.deepEqual(
    left.map(({ model }) => model),
    points.baselines.map(({ model }) => model),
  );
  assert.ok(left.every(({ headline }) => headline.baselines === 77));
  const [, ...others] = points.baselines;
  assert.deepEqual(
    left[0]?.headline,
    headline({ ...points, baselines: others }),
  );
  assert.throws(() => leaveOneOut(few), /Cannot fit a line through 2 points/);
});

Deno.test("bootstrapHeadline() resamples the baselines by the given draws", () => {
  const draws = [0, 0, 1, 2, 2, 2, 2, 1];
  const [first, second] = bootstrapHeadline(
    { ...points, baselines: points.baselines.slice(0, 4) },
    { resamples: 2, draw: () => draws.shift() ?? NaN },
  );
  const [a, b, c] = points.baselines;
  assert.ok(a && b && c);
  assert.deepEqual(
    first,
    headline({ ...points, baselines: [a, a, b, c] }),
  );
  assert.deepEqual(second, headline({ ...points, baselines: [c, c, c, b] }));
});

Deno.test("bootstrapHeadline() draws again what has no line", () => {
  const draws = [1, 1, 1, 0, 1, 2];
  const result = bootstrapHeadline(few, {
    resamples: 1,
    draw: () => draws.shift() ?? NaN,
  });
  assert.deepEqual(result, [headline(few)]);
});

Deno.test("bootstrapHeadline() refuses baselines of which none can have a line", () => {
  const [only] = points.baselines;
  assert.ok(only);
  assert.throws(
    () =>
      bootstrapHeadline({ ...points, baselines: [only, only, only] }, {
        resamples: 1,
        draw: () => 0,
      }),
    /all have the reference accuracy/,
  );
});

Deno.test("bootstrapHeadline() spreads as the standard error of the line's mean does", () => {
  const draw = stream(1, "test").integer;
  const means = bootstrapHeadline(points, { resamples: 2000, draw })
    .map(({ mean }) => mean);
  const { low, high } = percentileInterval(means);
  // Half-width by the textbook: 0.1504 points; residuals are not quite normal.
  close((high - low) / 2 / 0.001504, 1, 0.12);
});
