import assert from "node:assert/strict";
import {
  fitLogistic,
  logOdds,
} from "../../../models/linear/penalised_logistic.ts";
import { close } from "../../stats/reference.ts";
import { sklearn } from "../../stats/split_reference.ts";

const points = {
  inputs: Float64Array.from(sklearn.inputs),
  positive: Uint8Array.from(sklearn.positive, Number),
  dimension: 3,
};

for (const { penalty, weights, intercept } of sklearn.fits) {
  Deno.test(`fitLogistic() finds scikit-learn's classifier with penalty ${penalty}`, () => {
    const fit = fitLogistic(points, { penalty });
    close(fit.intercept, intercept, 1e-5);
    for (const [c, weight] of weights.entries()) {
      close(fit.weights[c] ?? NaN, weight, 1e-5);
    }
  });
}

Deno.test("fitLogistic() has a minimum where a hyperplane separates the kinds", () => {
  const { weights, intercept } = fitLogistic({
    inputs: Float64Array.of(-2, -1, 1, 2),
    positive: Uint8Array.of(0, 0, 1, 1),
    dimension: 1,
  }, { penalty: 1 });
  assert.ok(Number.isFinite(weights[0]) && (weights[0] ?? 0) > 0);
  close(intercept, 0, 1e-6);
});

Deno.test("logOdds() is w·x + b of one input", () => {
  const classifier = { weights: Float64Array.of(2, -1), intercept: 0.5 };
  const inputs = Float64Array.of(9, 9, 1, 3);
  assert.equal(logOdds(classifier, { inputs, i: 1 }), -0.5);
});

Deno.test("fitLogistic() refuses no penalty and inputs of one kind", () => {
  assert.throws(
    () => fitLogistic(points, { penalty: 0 }),
    new RangeError(
      "Cannot fit a logistic regression with penalty 0: it must be above 0",
    ),
  );
  assert.throws(
    () =>
      fitLogistic({ ...points, positive: new Uint8Array(120) }, { penalty: 1 }),
    new RangeError(
      "Cannot fit a logistic regression to 120 inputs: none of them are of the first kind",
    ),
  );
});
