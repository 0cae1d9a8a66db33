import assert from "node:assert/strict";
import { crossCalibrate } from "../../../stats/splits/cross_calibration.ts";
import { close } from "../reference.ts";

const scores = Float64Array.of(-1, 1, 2, -1, 1, 3);
const folds = Uint8Array.of(0, 0, 0, 1, 1, 1);
const positive = [false, true, true, true, false, true];

Deno.test("crossCalibrate() gives a fold what the others make of its scores", () => {
  const before = crossCalibrate({ scores, positive, folds }, "isotonic");
  // The other fold: −1 → 1, 1 → 0, pooled to a half; 3 → 1.
  for (const [i, value] of [0.5, 0.5, 0.75].entries()) {
    close(before[i] ?? NaN, value);
  }
  const flipped = positive.map((is, i) => i === 0 ? !is : is);
  const after = crossCalibrate(
    { scores, positive: flipped, folds },
    "isotonic",
  );
  assert.deepEqual([...after].slice(0, 3), [...before].slice(0, 3));
  assert.notDeepEqual([...after].slice(3), [...before].slice(3));
});

Deno.test("crossCalibrate() by temperature leaves the order of a fold's scores", () => {
  const [a = NaN, b = NaN, c = NaN] = crossCalibrate(
    { scores, positive, folds },
    "temperature",
  );
  assert.ok(a < b && b < c);
  close(a, 1 - b);
});

Deno.test("crossCalibrate() refuses a single fold", () => {
  assert.throws(
    () =>
      crossCalibrate(
        { scores, positive, folds: new Uint8Array(6) },
        "temperature",
      ),
    new RangeError("Cannot calibrate by other folds: there are 1"),
  );
});
