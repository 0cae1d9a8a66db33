import assert from "node:assert/strict";
import {
  densityRatio,
  EPSILON,
  isInSupport,
} from "../../../stats/splits/density_ratio.ts";
import { close } from "../reference.ts";

Deno.test("densityRatio() undoes the sizes of the sets, so that it gives the ratio of two known densities", () => {
  // p_reference = 0.3 and p_shifted = 0.6 at some x, with 1,000 and 4,000 examples.
  const sizes = { reference: 1000, shifted: 4000 };
  const joint = { reference: 1000 * 0.3, shifted: 4000 * 0.6 };
  const probability = joint.reference / (joint.reference + joint.shifted);
  close(densityRatio(probability, sizes), 0.3 / 0.6);
});

Deno.test("densityRatio() is 0 and infinite where the classifier is sure", () => {
  const sizes = { reference: 1, shifted: 1 };
  assert.equal(densityRatio(0, sizes), 0);
  assert.equal(densityRatio(1, sizes), Infinity);
});

Deno.test("isInSupport() takes the threshold itself as in support", () => {
  assert.equal(isInSupport(EPSILON, EPSILON), true);
  assert.equal(isInSupport(EPSILON - 1e-9, EPSILON), false);
  assert.equal(isInSupport(Infinity, EPSILON), true);
});

Deno.test("densityRatio() and isInSupport() refuse what is no probability, no set and no threshold", () => {
  assert.throws(
    () => densityRatio(1.5, { reference: 1, shifted: 1 }),
    new RangeError(
      "Cannot take a density ratio at probability 1.5: it must lie between 0 and 1",
    ),
  );
  assert.throws(
    () => densityRatio(0.5, { reference: 0, shifted: 1 }),
    new RangeError(
      "Cannot take a density ratio of 0 reference and 1 shifted examples: there must be some of both",
    ),
  );
  assert.throws(
    () => isInSupport(1, 0),
    new RangeError("Cannot split by a density ratio of 0: it must be above 0"),
  );
});
