import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  crossFit,
  type Folded,
} from "../../../models/linear/domain_classifier.ts";
import { close } from "../../stats/reference.ts";

/** Normal features around a mean; the second one is always the same. */
function set(
  seed: number,
  { n, mean, folds = 5 }: {
    readonly n: number;
    readonly mean: number;
    readonly folds?: number;
  },
): Folded {
  const random = stream(seed, "test");
  return {
    features: {
      values: Float32Array.from(
        { length: 2 * n },
        (_, k) => k % 2 === 0 ? mean + random.normal() : 3,
      ),
      dimension: 2,
    },
    folds: Uint8Array.from({ length: n }, (_, i) => i % folds),
  };
}

Deno.test("crossFit() comes near the true log odds of two normal distributions", () => {
  const [reference, shifted] = [
    set(1, { n: 2000, mean: 0 }),
    set(2, { n: 1000, mean: 1 }),
  ];
  const scores = crossFit({ reference, shifted, penalty: 1 });
  for (let i = 0; i < 1000; i += 50) {
    const x = shifted.features.values[2 * i] ?? NaN;
    // log N(x; 0, 1) − log N(x; 1, 1) and the prior odds of 2 to 1.
    close(scores.shifted[i] ?? NaN, 0.5 - x + Math.log(2), 0.25);
  }
});

Deno.test("crossFit() learns nothing of a feature that never changes", () => {
  const [reference, shifted] = [
    set(1, { n: 300, mean: 0 }),
    set(2, { n: 200, mean: 1 }),
  ];
  const scores = (constant: number) => {
    const withConstant = ({ features, folds }: Folded): Folded => ({
      features: {
        values: features.values.map((x, k) => k % 2 === 0 ? x : constant),
        dimension: 2,
      },
      folds,
    });
    return crossFit({
      reference: withConstant(reference),
      shifted: withConstant(shifted),
      penalty: 1,
    });
  };
  // The mean of 0.1 is not 0.1 but for rounding.
  assert.deepEqual(scores(0.1), scores(0));
});

Deno.test("crossFit() scores an example by classifiers that did not see it", () => {
  const reference = set(1, { n: 40, mean: 0 });
  const shifted = set(2, { n: 40, mean: 1 });
  const before = crossFit({ reference, shifted, penalty: 1 });
  const values = shifted.features.values.slice();
  values[0] = -9; // the first example of fold 0
  const after = crossFit({
    reference,
    shifted: { ...shifted, features: { values, dimension: 2 } },
    penalty: 1,
  });
  const moved = (set: "reference" | "shifted") =>
    Array.from(before[set], (score, i) => score !== after[set][i]);
  // Its own score and those of the other folds change, the rest of its fold's do not.
  assert.deepEqual(
    moved("reference"),
    Array.from(reference.folds, (fold) => fold !== 0),
  );
  assert.deepEqual(
    moved("shifted"),
    Array.from(shifted.folds, (fold, i) => fold !== 0 || i === 0),
  );
});

Deno.test("crossFit() refuses sets that do not go together", () => {
  const reference = set(1, { n: 4, mean: 0, folds: 2 });
  const shifted = set(2, { n: 4, mean: 0, folds: 2 });
  assert.throws(
    () =>
      crossFit({
        reference,
        shifted: {
          ...shifted,
          features: { values: new Float32Array(12), dimension: 3 },
        },
        penalty: 1,
      }),
    new RangeError(
      "Cannot fit a domain classifier: the reference set has 2 features and the shifted set 3",
    ),
  );
  assert.throws(
    () =>
      crossFit({
        reference,
        shifted: { ...shifted, folds: new Uint8Array(3) },
        penalty: 1,
      }),
    new RangeError(
      "Cannot fit a domain classifier: 3 folds do not fit the features of 4 examples",
    ),
  );
  assert.throws(
    () =>
      crossFit({
        reference,
        shifted: { ...shifted, folds: new Uint8Array(4) },
        penalty: 1,
      }),
    new RangeError(
      "Cannot fit a domain classifier without fold 0: no shifted example is in another one",
    ),
  );
});
