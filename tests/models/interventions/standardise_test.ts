import assert from "node:assert/strict";
import fc from "../../property.ts";
import { stream } from "../../../engine/define/random.ts";
import {
  onRaw,
  onStandardised,
  scalerOf,
  standardise,
} from "../../../models/interventions/standardise.ts";
import type { SoftmaxClassifier } from "../../../models/linear/softmax_regression.ts";
import { close } from "../../stats/reference.ts";

const D = 3;
const CLASSES = 2;

function logits(
  inputs: Float64Array,
  { kernel, bias }: SoftmaxClassifier,
): number[] {
  return Array.from(
    { length: inputs.length / D * CLASSES },
    (_, at) => {
      const [i, k] = [Math.floor(at / CLASSES), at % CLASSES];
      return inputs.subarray(i * D, (i + 1) * D).reduce(
        (sum, v, c) => sum + v * (kernel[c * CLASSES + k] ?? NaN),
        bias[k] ?? NaN,
      );
    },
  );
}

Deno.test("standardise() gives features mean 0 and deviation 1, and classifiers follow both ways", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 9 }), (seed, n) => {
      const random = stream(seed, "features");
      // The last feature never changes.
      const raw = Float64Array.from(
        { length: n * D },
        (_, k) => k % D === 2 ? 0.3 : 7 + 10 ** (k % D) * random.normal(),
      );
      const scaler = scalerOf(raw, D);
      const inputs = standardise(raw.slice(), scaler);
      for (let c = 0; c < D; c++) {
        const column = inputs.filter((_, k) => k % D === c);
        close(column.reduce((a, b) => a + b, 0) / n, 0, 1e-9);
        close(
          column.reduce((a, b) => a + b ** 2, 0) / n,
          c === 2 ? 0 : 1,
          1e-9,
        );
      }
      const classifier = {
        kernel: Float64Array.from({ length: D * CLASSES }, random.normal),
        bias: Float64Array.from({ length: CLASSES }, random.normal),
      };
      const expected = logits(inputs, classifier);
      const folded = onRaw(classifier, scaler);
      for (const [i, logit] of logits(raw, folded).entries()) {
        close(logit, expected[i] ?? NaN, 1e-8);
      }
      const back = onStandardised(folded, scaler);
      for (const part of ["kernel", "bias"] as const) {
        for (const [i, w] of back[part].entries()) {
          close(w, classifier[part][i] ?? NaN, 1e-8);
        }
      }
    }),
  );
});

Deno.test("scalerOf() divides a feature that never changes by one", () => {
  const { means, deviations } = scalerOf(
    Float64Array.from({ length: 30 }, () => 0.1),
    1,
  );
  close(means[0] ?? NaN, 0.1);
  assert.equal(deviations[0], 1);
});
