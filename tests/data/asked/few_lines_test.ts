import assert from "node:assert/strict";
import { fewLines } from "../../../data/asked/few_lines.ts";

Deno.test("fewLines() leaves ten lines, and counts the others", () => {
  const lines = Array.from({ length: 12 }, (_, i) => `${i}`);
  assert.equal(fewLines(lines.slice(0, 10)).length, 10);
  assert.deepEqual(fewLines(lines).slice(9), ["9", "… and 2 more like these"]);
});
