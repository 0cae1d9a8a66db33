import assert from "node:assert/strict";
import { crossRidge } from "../../../models/linear/cross_ridge.ts";
import { scipy } from "../../stats/asked/asked_reference.ts";
import { close } from "../../stats/reference.ts";

const { x, y, folds, strata, penalty, plain, within } = scipy.ridge;
const features = [{ values: Float32Array.from(x), dimension: 3 }];
const options = { features, folds: Uint8Array.from(folds), penalty };

Deno.test("crossRidge() predicts what NumPy's solution on the other folds does, with and without regard to classes", () => {
  for (
    const [classes, expected] of [
      [null, plain],
      [Int32Array.from(strata), within],
    ] as const
  ) {
    const [predicted] = crossRidge({ ...options, strata: classes })([
      Float64Array.from(y),
    ]);
    for (const [i, value] of expected.entries()) {
      close(predicted?.[i] ?? NaN, value, 1e-6);
    }
  }
});

Deno.test("crossRidge() predicts the same from more features than examples, where all but some say nothing more", () => {
  const n = y.length;
  // Each feature n times: as once with a penalty of an nth.
  const values = Float32Array.from(
    { length: n * 3 * n },
    (_, at) => x[3 * Math.floor(at / (3 * n)) + at % 3] as number,
  );
  for (const strata of [null, Int32Array.from(scipy.ridge.strata)]) {
    const [once] = crossRidge({ ...options, strata })([Float64Array.from(y)]);
    const [often] = crossRidge({
      ...options,
      features: [{ values, dimension: 3 * n }],
      penalty: penalty * n,
      strata,
    })([Float64Array.from(y)]);
    for (let i = 0; i < n; i++) {
      close(often?.[i] ?? NaN, once?.[i] ?? NaN, 1e-6);
    }
  }
});

Deno.test("crossRidge() gives each of a hundred targets what it gives one alone", () => {
  const regress = crossRidge({ ...options, strata: null });
  const targets = Array.from(
    { length: 100 },
    (_, k) => Float64Array.from(y, (value, i) => (i + k) % 7 + value),
  );
  const all = regress(targets);
  for (const k of [0, 31, 32, 99]) {
    assert.deepEqual(all[k], regress([targets[k] as Float64Array])[0]);
  }
});

Deno.test("crossRidge() learns nothing from an example of the same fold, or from one that is not for training", () => {
  const target = Float64Array.from(y);
  const changed = target.map((value, i) =>
    folds[i] === 1 ? value + 100 : value
  );
  const training = Uint8Array.from(folds, (fold) => fold === 1 ? 0 : 1);
  for (const kept of [undefined, training]) {
    const regress = crossRidge({
      ...options,
      strata: null,
      ...(kept === undefined ? {} : { training: kept }),
    });
    const [before] = regress([target]);
    const [after] = regress([changed]);
    for (const [i, fold] of folds.entries()) {
      if (fold === 1 || kept !== undefined) {
        close(after?.[i] ?? NaN, before?.[i] ?? NaN, 1e-12);
      } else assert.ok(Math.abs((after?.[i] ?? 0) - (before?.[i] ?? 0)) > 0.1);
    }
  }
});

Deno.test("crossRidge() predicts 0 where nothing is left to learn from, and of constant features", () => {
  const [alone] = crossRidge({
    ...options,
    folds: new Uint8Array(24),
    strata: null,
  })([Float64Array.from(y)]);
  const [constant] = crossRidge({
    ...options,
    features: [{ values: new Float32Array(24).fill(0.1), dimension: 1 }],
    strata: null,
  })([Float64Array.from(y)]);
  for (const values of [alone, constant]) {
    assert.ok(values?.every((value) => value === 0));
  }
});

Deno.test("crossRidge() predicts the same of features in units in which they are tiny", () => {
  const predicted = [1, 2 ** -100].map((unit) => {
    const values = Float32Array.from(x, (value) => unit * value);
    return crossRidge({
      ...options,
      features: [{ values, dimension: 3 }],
      strata: null,
    })([Float64Array.from(y)])[0] ?? [];
  });
  assert.deepEqual(predicted[1], predicted[0]);
});

Deno.test("crossRidge() refuses features of another number of examples", () => {
  assert.throws(
    () => crossRidge({ ...options, folds: new Uint8Array(5), strata: null }),
    new RangeError(
      "Cannot regress on 72 values: 5 examples of 3 features need 15",
    ),
  );
});

Deno.test("crossRidge() standardises by the examples it may learn from, wherever the others lie", () => {
  const training = Uint8Array.from(folds, (fold) => fold === 1 ? 0 : 1);
  const target = Float64Array.from(y);
  const at = (offset: number) => {
    const values = Float32Array.from(
      x,
      (value, k) => training[Math.floor(k / 3)] === 1 ? value : value + offset,
    );
    const [predicted] = crossRidge({
      ...options,
      features: [{ values, dimension: 3 }],
      strata: null,
      training,
    })([target]);
    return predicted as Float64Array;
  };
  const [near, far] = [at(0), at(4)];
  for (const [i, own] of training.entries()) {
    if (own === 1) close(far[i] ?? NaN, near[i] ?? NaN, 1e-12);
  }
  // What learns from the others alone says the same of them, moved by x·w.
  const moved = [...training.keys()].filter((i) => training[i] === 0)
    .map((i) => (far[i] ?? NaN) - (near[i] ?? NaN));
  for (const difference of moved) close(difference, moved[0] ?? NaN, 1e-5);
});
