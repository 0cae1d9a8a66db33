import assert from "node:assert/strict";
import { standardDeviation } from "../../../stats/intervals/mean.ts";
import { spreadOf } from "../../../stats/lines/spread.ts";
import { close } from "../reference.ts";

const [a, b] = [[1, 2, 4], [3, 3.5]];

Deno.test("spreadOf() has one error a group, with one degree of freedom less than values", () => {
  const [first, second, ...none] = spreadOf([a, b]);
  close(first?.standardError ?? NaN, standardDeviation(a) / Math.sqrt(3));
  close(second?.standardError ?? NaN, standardDeviation(b) / Math.sqrt(2));
  assert.deepEqual(
    [first?.degreesOfFreedom, second?.degreesOfFreedom, none],
    [2, 1, []],
  );
});

Deno.test("spreadOf() takes a group of one to spread like the other", () => {
  const [only, ...none] = spreadOf([[7], a]);
  close(
    only?.standardError ?? NaN,
    standardDeviation(a) * Math.sqrt(1 + 1 / 3),
  );
  assert.deepEqual([only?.degreesOfFreedom, none], [2, []]);
  assert.equal(spreadOf([[7], [...a, 5]])[0]?.degreesOfFreedom, 3);
});

Deno.test("spreadOf() single values is unknown", () => {
  assert.deepEqual(spreadOf([[1]]), []);
  assert.deepEqual(spreadOf([[1], [2]]), []);
});
