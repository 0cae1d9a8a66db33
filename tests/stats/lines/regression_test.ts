import assert from "node:assert/strict";
import fc from "../../property.ts";
import type { Point } from "../../../stats/lines/point.ts";
import {
  fitLine,
  lineSchema,
  predict,
} from "../../../stats/lines/regression.ts";
import { type ScaleName, scales } from "../../../stats/lines/scale.ts";
import { close, imagenetV2, scipy } from "../reference.ts";

const baselines: readonly Point[] = scipy.points.x.map((reference, i) => ({
  model: `epoch ${i + 4}`,
  reference,
  shifted: scipy.points.y[i] ?? NaN,
}));

for (const scale of ["probit", "logit", "linear"] as const) {
  Deno.test(`fitLine() agrees with SciPy's linregress to 1e-9 on the ${scale} scale`, () => {
    const line = fitLine(baselines, { scale });
    const expected = scipy.lines[scale];
    close(line.slope, expected.slope);
    close(line.intercept, expected.intercept);
    close(line.r2, expected.r2);
    close(line.s, expected.s);
    close(line.xMean, expected.xMean);
    close(line.sxx, expected.sxx);
    assert.equal(line.n, 9);
    assert.deepEqual(line.range, [0.452, 0.648]);
  });
}

Deno.test("fitLine() agrees with SciPy's fit of 78 ImageNet-V2 baselines to 1e-9", () => {
  const line = fitLine(
    imagenetV2.rows.filter(([, group]) => group === "baseline").map((
      [model, , reference, shifted],
    ) => ({ model, reference, shifted })),
  );
  const { fit } = imagenetV2;
  close(line.slope, fit.slope);
  close(line.intercept, fit.intercept);
  close(line.r2, fit.r2);
  close(line.s, fit.s_text);
  close(line.xMean, fit.mean_tx);
  close(line.sxx, fit.sxx);
  assert.equal(line.n, 78);
});

Deno.test("fitLine() recovers a line that the points lie on", () => {
  fc.assert(fc.property(
    fc.constantFrom<ScaleName>("probit", "logit"),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    (scale, slope, intercept) => {
      const { forward, inverse } = scales[scale];
      const line = fitLine(
        [0.8, 0.3, 0.45, 0.6].map((reference) => ({
          model: `at ${reference}`,
          reference,
          shifted: inverse(slope * forward(reference) + intercept),
        })),
        { scale },
      );
      close(line.slope, slope, 1e-8);
      close(line.intercept, intercept, 1e-8);
    },
  ));
});

Deno.test("fitLine() gives r² 0 when every shifted accuracy is the same", () => {
  const line = fitLine(
    [0.4, 0.5, 0.6].map((reference) => ({
      model: `at ${reference}`,
      reference,
      shifted: 0.5,
    })),
  );
  assert.equal(line.r2, 0);
  assert.equal(line.slope, 0);
});

Deno.test("fitLine() needs three points", () => {
  assert.throws(() => fitLine(baselines.slice(0, 2)), {
    name: "RangeError",
    message: "Cannot fit a line through 2 points: at least 3 are needed",
  });
});

Deno.test("fitLine() needs two different reference accuracies", () => {
  const points = baselines.map((point) => ({ ...point, reference: 0.1 + 0.2 }));
  assert.throws(() => fitLine(points), {
    message:
      "Cannot fit a line through 9 points: all have the reference accuracy 0.30000000000000004",
  });
  // The same mixture, summed in another order.
  const mixed = points.map((point, i) => ({
    ...point,
    reference: i % 2 === 0 ? 0.3 : point.reference,
  }));
  assert.throws(() => fitLine(mixed), /all have the reference accuracy 0\.3/);
});

Deno.test("fitLine() names a baseline whose accuracy cannot be scaled", () => {
  const points = [...baselines, { model: "odd", reference: 0.5, shifted: 0 }];
  assert.throws(() => fitLine(points), /probit of 0 for model "odd"/);
});

Deno.test("fitLine() records the rule for extremes and the baselines it moved", () => {
  const points = [
    ...baselines,
    { model: "odd", reference: 0.3, shifted: 0, shiftedSize: 1000 },
  ];
  const line = fitLine(points, { extremes: { kind: "clip" } });
  assert.deepEqual(line.extremes, { kind: "clip" });
  assert.deepEqual(line.clipped, ["odd"]);
  assert.deepEqual(fitLine(baselines).extremes, { kind: "error" });
});

Deno.test("lineSchema accepts every line", () => {
  const line = fitLine(baselines);
  assert.deepEqual(lineSchema.parse(JSON.parse(JSON.stringify(line))), line);
});

Deno.test("predict() is surest at the mean of the baselines", () => {
  const line = fitLine(baselines);
  const width = (x: number) => {
    const { low, high } = predict(x, { line });
    return scales.probit.forward(high) - scales.probit.forward(low);
  };
  fc.assert(fc.property(
    fc.double({ min: -2, max: 2, noNaN: true }),
    (x) => width(x) >= width(line.xMean) - 1e-12,
  ));
});

Deno.test("predict() widens with its level", () => {
  const line = fitLine(baselines);
  const narrow = predict(0.4, { line, level: 0.5 });
  const wide = predict(0.4, { line, level: 0.99 });
  assert.ok(wide.low < narrow.low && narrow.high < wide.high);
  assert.equal(wide.predicted, narrow.predicted);
});
