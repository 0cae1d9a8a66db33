import assert from "node:assert/strict";
import {
  inverseTemperature,
  probabilityOf,
  STEEPEST,
} from "../../../stats/splits/temperature.ts";
import { close } from "../reference.ts";
import { sklearn } from "../split_reference.ts";

Deno.test("inverseTemperature() finds the factor that SciPy finds", () => {
  const { scores, positive } = sklearn;
  close(inverseTemperature(scores, positive), sklearn.inverseTemperature, 1e-7);
});

Deno.test("inverseTemperature() is 1 for log odds that are what they say", () => {
  // Three in four of the first kind at log odds log 3, and the other way round.
  const scores = [3, 3, 3, 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3].map(Math.log);
  const positive = [true, true, true, false, true, false, false, false];
  close(inverseTemperature(scores, positive), 1);
});

Deno.test("inverseTemperature() stretches as far as it may what separates the kinds", () => {
  assert.equal(inverseTemperature([-2, -1, 1], [false, false, true]), STEEPEST);
});

Deno.test("inverseTemperature() gives 0 to scores that are no better than chance", () => {
  assert.equal(inverseTemperature([1, -1], [false, true]), 0);
  assert.equal(inverseTemperature([1, 1], [false, true]), 0);
});

Deno.test("inverseTemperature() refuses scores without outcomes", () => {
  assert.throws(
    () => inverseTemperature([1, 2], [true]),
    new RangeError(
      "Cannot calibrate 2 scores with 1 outcomes: there must be one of each, and some",
    ),
  );
});

Deno.test("probabilityOf() turns log odds into probabilities, at both ends without overflow", () => {
  assert.equal(probabilityOf(0), 0.5);
  close(probabilityOf(Math.log(3)), 0.75);
  assert.equal(probabilityOf(-1e9), 0);
  assert.equal(probabilityOf(1e9), 1);
});
