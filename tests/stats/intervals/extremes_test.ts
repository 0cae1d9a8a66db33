import assert from "node:assert/strict";
import fc from "../../property.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { fitLine } from "../../../stats/lines/regression.ts";

Deno.test("largest() and smallest() are Math.max() and Math.min()", () => {
  fc.assert(fc.property(fc.array(fc.double()), (values) => {
    assert.ok(Object.is(largest(values), Math.max(...values)));
    assert.ok(Object.is(smallest(values), Math.min(...values)));
  }));
});

Deno.test("a line and its range take more points than a stack has room for", () => {
  const points = Array.from({ length: 300_000 }, (_, i) => {
    const reference = 0.2 + 0.6 * i / 300_000;
    return { model: "m", reference, shifted: reference - 0.1 };
  });
  const line = fitLine(points, { scale: "linear" });
  assert.deepEqual(line.range, [0.2, points.at(-1)?.reference]);
  assert.equal(rangeOverlap(points, line).maxDistance, 0);
});
