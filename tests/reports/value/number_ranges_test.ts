import assert from "node:assert/strict";
import { numberRanges } from "../../../reports/value/number_ranges.ts";

Deno.test("numberRanges() names three numbers in a row or more as a range", () => {
  assert.equal(numberRanges([3, 4, 5, 6]), "3 to 6");
  assert.equal(
    numberRanges([4, 5, 6, 8, 10, 11, 12, 16]),
    "4 to 6, 8, 10 to 12 and 16",
  );
});

Deno.test("numberRanges() names other numbers one by one", () => {
  assert.equal(numberRanges([1, 2, 4, 8]), "1, 2, 4 and 8");
  assert.equal(numberRanges([1, 2]), "1 and 2");
  assert.equal(numberRanges([7]), "7");
  assert.equal(numberRanges([]), "");
});
