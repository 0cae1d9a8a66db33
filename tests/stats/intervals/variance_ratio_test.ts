import assert from "node:assert/strict";
import { fTest, fTestSchema } from "../../../stats/intervals/variance_ratio.ts";
import { close } from "../reference.ts";

Deno.test("fTest() compares sums of squares by their degrees of freedom", () => {
  const test = fTest([6, 20], [3, 10]);
  assert.equal(test?.f, 1);
  assert.deepEqual(test?.degreesOfFreedom, [3, 10]);
  // scipy.stats.f.sf(1, 3, 10)
  close(test?.p ?? NaN, 0.4323372030216972, 1e-12);
  assert.deepEqual(fTestSchema.parse(test), test);
});

Deno.test("fTest() tests nothing without degrees of freedom, or where nothing scatters", () => {
  assert.equal(fTest([6, 20], [0, 10]), null);
  assert.equal(fTest([6, 20], [3, 0]), null);
  assert.equal(fTest([6, 0], [3, 10]), null);
  assert.equal(fTest([0, 0], [3, 10]), null);
});
