/**
 * Drawings as PNG files: the same bytes on every machine, because renderer and
 * fonts are packages and nothing is asked of the system.
 *
 * @module
 */
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { drawingFont, FONT_FAMILY } from "./drawing_fonts.ts";

const FONTS = [drawingFont(400), drawingFont(600)];

await initWasm(
  readFileSync(
    new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm")),
  ),
);

/** So many pixels are drawn: the renderer has 4 GiB, and takes twice four bytes for each, and the file. */
const MOST_PIXELS = 2 ** 28;

/**
 * A PNG file of an SVG drawing; its height follows. Text of any family is set
 * in Source Sans 3, regular or, from weight 600, semibold.
 *
 * @param options.width in pixels
 * @throws {Error} if the text is not a drawing
 * @throws {RangeError} if there would be too many pixels
 */
export function pngOfSvg(
  svg: string,
  { width }: { readonly width: number },
): Uint8Array {
  let drawing: InstanceType<typeof Resvg>;
  try {
    drawing = new Resvg(svg, {
      fitTo: { mode: "width", value: width },
      font: {
        fontBuffers: FONTS,
        defaultFontFamily: FONT_FAMILY,
        sansSerifFamily: FONT_FAMILY,
      },
    });
  } catch (cause) {
    throw new Error(`Cannot draw SVG as PNG: ${String(cause)}`, { cause });
  }
  try {
    const height = Math.ceil(width * drawing.height / drawing.width);
    if (width * height > MOST_PIXELS) {
      throw new RangeError(
        `Cannot draw SVG as PNG: it would have ${width} × ${height} pixels, and ${
          Math.floor(MOST_PIXELS / 1e6)
        } million are the most`,
      );
    }
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

/** Length of the signature and of the header of a PNG file, which come first. */
const HEAD = 8 + 25;

const INCH_IN_METRES = 0.0254;

/**
 * A PNG file that says how many of its pixels make an inch.
 *
 * Format: https://www.w3.org/TR/png-3/#11pHYs
 */
export function withDensity(
  png: Uint8Array,
  { dpi }: { readonly dpi: number },
): Uint8Array {
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  const perMetre = Math.round(dpi / INCH_IN_METRES);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  view.setUint8(16, 1); // the unit is the metre
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const file = new Uint8Array(png.length + chunk.length);
  file.set(png.subarray(0, HEAD));
  file.set(chunk, HEAD);
  file.set(png.subarray(HEAD), HEAD + chunk.length);
  return file;
}
