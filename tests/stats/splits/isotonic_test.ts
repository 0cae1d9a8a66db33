import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  heightAt,
  isotonicRegression,
} from "../../../stats/splits/isotonic.ts";
import { close } from "../reference.ts";
import { sklearn } from "../split_reference.ts";

Deno.test("isotonicRegression() gives scikit-learn's curve, at knots, between and beyond them", () => {
  const curve = isotonicRegression(
    sklearn.scores,
    sklearn.positive.map(Number),
  );
  for (const [score, value] of sklearn.isotonic) {
    close(heightAt(curve, score), value);
  }
});

Deno.test("isotonicRegression() pools what falls and leaves the rest", () => {
  const curve = isotonicRegression([1, 2, 3, 4], [0, 3, 1, 5]);
  assert.deepEqual([...curve.at], [1, 2, 3, 4]);
  assert.deepEqual([...curve.values], [0, 2, 2, 5]);
});

Deno.test("isotonicRegression() never falls, and keeps the mean", () => {
  const pairs = fc.array(
    fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 1 })),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(fc.property(pairs, (pairs) => {
    const [scores, outcomes] = [pairs.map(([s]) => s), pairs.map(([, y]) => y)];
    const curve = isotonicRegression(scores, outcomes);
    assert.ok(
      curve.values.every((v, i) => i === 0 || v >= (curve.values[i - 1] ?? 0)),
    );
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
    close(sum(scores.map((s) => heightAt(curve, s))), sum(outcomes));
  }));
});

Deno.test("isotonicRegression() refuses scores without outcomes", () => {
  assert.throws(
    () => isotonicRegression([], []),
    new RangeError(
      "Cannot fit a rising curve to 0 scores with 0 outcomes: there must be one of each, and some",
    ),
  );
});
