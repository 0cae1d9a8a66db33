import assert from "node:assert/strict";
import { parameterTexts } from "../../../../reports/figures/drawing/parameter_axis.ts";

Deno.test("parameterTexts() writes whole numbers of a figure alike, and others as they are", () => {
  assert.deepEqual(parameterTexts([2500, 6000, 10_000]), [
    "2,500",
    "6,000",
    "10,000",
  ]);
  assert.deepEqual(parameterTexts([750, 9000]), ["750", "9000"]);
  assert.deepEqual(parameterTexts([0.5, 1, 20_000]), ["0.5", "1", "20000"]);
});
