import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  deviationsOver,
  widened,
  withError,
} from "../../../stats/asked/taught_anew.ts";
import { close } from "../../stats/reference.ts";

/** Models that are each right with a probability of its own, on each example by itself. */
function modelsOf(probabilities: readonly number[], n: number) {
  const random = stream(3, "models");
  return probabilities.map((p) =>
    Float64Array.from({ length: n }, () => random.uniform() < p ? 1 : 0)
  );
}

const accuracy = (right: Float64Array) => [
  right.reduce((sum, one) => sum + one, 0) / right.length,
];

Deno.test("deviationsOver() tells how far models differ, without what differs on these examples alone", () => {
  const random = stream(4, "draws");
  const draw = (n: number) => random.permutation(n);
  const deviation = (probabilities: readonly number[]) =>
    deviationsOver(modelsOf(probabilities, 400), {
      measure: accuracy,
      groups: null,
      draw,
    })[0] ?? NaN;
  // Ten of each: the sample's deviation is 0.1 times sqrt(20 / 19).
  const unlike = Array.from({ length: 20 }, (_, k) => k % 2 === 0 ? 0.5 : 0.7);
  close(deviation(unlike), 0.1 * Math.sqrt(20 / 19), 0.02);
  // Chance alone gives 0.023 on 400 examples, of which a part may stay.
  assert.ok(deviation(new Array(200).fill(0.7)) < 0.0115);
});

Deno.test("deviationsOver() takes ten copies in a group for the one example that they are", () => {
  const models = modelsOf([0.4, 0.5, 0.6, 0.7, 0.8], 50);
  const copied = models.map((right) =>
    Float64Array.from({ length: 500 }, (_, i) => right[i % 50] ?? NaN)
  );
  const of = (rights: readonly Float64Array[], groups: string[] | null) => {
    const random = stream(4, "copies");
    return deviationsOver(rights, {
      measure: accuracy,
      groups,
      draw: (n) => random.permutation(n),
    })[0] ?? NaN;
  };
  const groups = Array.from({ length: 500 }, (_, i) => `${i % 50}`);
  close(of(copied, groups), of(models, null), 1e-12);
  assert.ok(of(copied, null) > of(models, null));
});

Deno.test("withError() adds an independent error to an interval, within bounds", () => {
  const close3 = (
    estimate: { value: number; low: number; high: number },
    expected: readonly [number, number],
  ) => {
    close(estimate.low, expected[0], 1e-12);
    close(estimate.high, expected[1], 1e-12);
  };
  const estimate = { value: 0.5, low: 0.47, high: 0.54 };
  close3(withError(estimate, 0.04 / 1.96, [0, 1]), [
    0.45,
    0.5 + Math.hypot(0.04, 0.04),
  ]);
  close3(withError(estimate, 1, [0, 1]), [0, 1]);
  close3(withError(estimate, 0, [0, 1]), [0.47, 0.54]);
  assert.deepEqual(
    withError({ value: NaN, low: NaN, high: NaN }, NaN, [0, 1]),
    { value: NaN, low: NaN, high: NaN },
  );
});

Deno.test("widened() moves both ends away from the value, each by its own", () => {
  const { value, low, high } = widened(
    { value: 0.5, low: 0.4, high: 0.52 },
    1.5,
  );
  close(value, 0.5, 0);
  close(low, 0.35, 1e-12);
  close(high, 0.53, 1e-12);
});
