import assert from "node:assert/strict";
import {
  accuracyInPart,
  influencesOfUnits,
  unitsIn,
} from "../../../shifts/measure/accuracy_in_part.ts";
import { close } from "../../stats/reference.ts";

const right = Uint8Array.of(1, 1, 0, 1, 0, 0, 1, 1);

Deno.test("accuracyInPart() counts examples by weight, and how many equal ones say as much", () => {
  const weights = Float64Array.of(1, 2, 1, 0, 0, 0, 0, 0);
  const { accuracy, size } = accuracyInPart(right, { weights });
  assert.equal(accuracy, 3 / 4);
  assert.equal(size, 16 / 6);
});

Deno.test("accuracyInPart() takes its variance from the spread between units", () => {
  const { accuracy, size } = accuracyInPart(right, {
    weights: Float64Array.of(1, 1, 1, 2, 2, 1, 1, 1),
    units: ["a", "a", "b", "b", "c", "c", "d", "d"],
  });
  close(accuracy, 0.6);
  // Residual sums by unit: 0.8, 0.2, −1.8, 0.8; 4/3 · 4.56 / 100 = 0.0608.
  close(0.6 * 0.4 / size, 0.0608);
});

Deno.test("accuracyInPart() takes no more examples than there are, however alike units are", () => {
  const { size } = accuracyInPart(right, {
    weights: new Float64Array(8).fill(1),
    units: ["a", "b", "a", "b", "c", "c", "c", "c"],
  });
  assert.ok(size <= 8);
  const allRight = accuracyInPart(Uint8Array.of(1, 1, 1, 1), {
    weights: new Float64Array(4).fill(1),
    units: ["a", "a", "b", "b"],
  });
  assert.deepEqual(allRight, { accuracy: 1, size: 2 });
});

Deno.test("accuracyInPart() takes all examples of units that are equally often right, whatever the share", () => {
  for (const size of [2, 3, 4, 5]) {
    const at = Array.from({ length: 4 * size }, (_, i) => i);
    const part = accuracyInPart(Uint8Array.from(at, (i) => +(i % size < 1)), {
      weights: new Float64Array(at.length).fill(1),
      units: at.map((i) => `${Math.floor(i / size)}`),
    });
    assert.equal(part.size, 4 * size);
  }
});

Deno.test("influencesOfUnits() sums to 0, and in squares to the variance of the accuracy", () => {
  const weights = Float64Array.of(1, 1, 1, 2, 2, 1, 1, 0);
  const units = ["a", "a", "b", "b", "c", "c", "d", "e"];
  const influences = influencesOfUnits(right, { weights, units });
  // Unit e has no example that counts; the accuracy is 5/9.
  assert.equal(influences.length, 5);
  close(influences[4] ?? NaN, 0);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  close(sum(influences), 0);
  // Residual sums by unit in ninths: 8, 3, −15, 4.
  close(sum(influences.map((one) => one ** 2)), 4 / 3 * 314 / 81 / 81);
});

Deno.test("influencesOfUnits() takes each example for a unit where none are named", () => {
  const weights = Float64Array.of(2, 1, 1, 0, 1, 1, 0, 0);
  assert.deepEqual(
    influencesOfUnits(right, { weights }),
    influencesOfUnits(right, { weights, units: Array.from("abcdefgh") }),
  );
  assert.equal(unitsIn({ weights }), 5);
  assert.equal(unitsIn({ weights, units: Array.from("aabbccdd") }), 3);
});

Deno.test("influencesOfUnits() knows of no spread where there is one unit", () => {
  const weights = new Float64Array(8).fill(1);
  const units = new Array<string>(8).fill("a");
  assert.deepEqual(
    influencesOfUnits(right, { weights, units }),
    Float64Array.of(0),
  );
});

Deno.test("accuracyInPart() refuses what does not fit, and a part of nothing", () => {
  assert.throws(
    () => accuracyInPart(right, { weights: new Float64Array(3) }),
    new RangeError(
      "Cannot take an accuracy on a part: a network saw 8 examples, but 3 have a weight and 8 a unit",
    ),
  );
  assert.throws(
    () => accuracyInPart(right, { weights: new Float64Array(8) }),
    new RangeError(
      "Cannot take an accuracy on a part: none of 8 examples counts in it",
    ),
  );
});
