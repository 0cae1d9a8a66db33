import assert from "node:assert/strict";
import { decode } from "fast-png";
import { withDensity } from "../../../../reports/figures/formats/png_density.ts";
import { png } from "../../png.ts";

Deno.test("withDensity() says how many pixels make an inch and leaves them alone", () => {
  const plain = decode(png(), { checkCrc: true });
  const dense = decode(withDensity(png(), { dpi: 300 }), { checkCrc: true });
  assert.deepEqual(dense.resolution, { x: 11811, y: 11811, unit: 1 });
  assert.deepEqual(dense.data, plain.data);
});
