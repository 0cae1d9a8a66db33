import assert from "node:assert/strict";
import { decode } from "fast-png";
import {
  pngOfSvg,
  withDensity,
} from "../../../../reports/figures/formats/png_of_svg.ts";
import { png } from "../../png.ts";

const drawing = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">${inner}</svg>`;

/** Share of the pixels that are not transparent. */
function covered(png: Uint8Array): number {
  const { data, channels } = decode(png);
  assert.equal(channels, 4);
  const alphas = Array.from(data).filter((_, i) => i % 4 === 3);
  return alphas.filter((alpha) => alpha > 0).length / alphas.length;
}

Deno.test("pngOfSvg() draws at the width that is asked for", () => {
  const png = pngOfSvg(drawing('<rect width="10" height="20"/>'), {
    width: 200,
  });
  const { width, height } = decode(png);
  assert.deepEqual([width, height], [200, 100]);
  assert.equal(covered(png), 0.25);
});

Deno.test("pngOfSvg() sets text of any family, in the same bytes each time", () => {
  const text = (style: string) =>
    pngOfSvg(drawing(`<text y="15" ${style}>−1.5 ± ✓</text>`), { width: 200 });
  const [plain, other, bold] = [
    text(""),
    text('font-family="system-ui, serif"'),
    text('font-weight="600"'),
  ];
  assert.ok(covered(plain) > 0.02);
  assert.deepEqual(other, plain);
  assert.ok(covered(bold) > covered(plain));
});

Deno.test("pngOfSvg() refuses what is no drawing", () => {
  assert.throws(
    () => pngOfSvg("<p>", { width: 1 }),
    /^Error: Cannot draw SVG as PNG: .*SVG/i,
  );
});

Deno.test("pngOfSvg() refuses more pixels than it has memory for", () => {
  assert.throws(() => pngOfSvg(drawing(""), { width: 30_000 }), {
    name: "RangeError",
    message:
      "Cannot draw SVG as PNG: it would have 30000 × 15000 pixels, and 268 million are the most",
  });
});

Deno.test("withDensity() says how many pixels make an inch and leaves them alone", () => {
  const plain = decode(png(), { checkCrc: true });
  const dense = decode(withDensity(png(), { dpi: 300 }), { checkCrc: true });
  assert.deepEqual(dense.resolution, { x: 11811, y: 11811, unit: 1 });
  assert.deepEqual(dense.data, plain.data);
});
