/**
 * Drawings as PNG files: the same bytes on every machine, because renderer and
 * fonts are packages and nothing is asked of the system.
 *
 * @module
 */
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { readFileSync } from "node:fs";
import { drawingFont, FONT_FAMILY } from "./drawing_fonts.ts";

const FONTS = [drawingFont(400), drawingFont(600)];

await initWasm(
  readFileSync(
    new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm")),
  ),
);

/**
 * A PNG file of an SVG drawing; its height follows. Text of any family is set
 * in Source Sans 3, regular or, from weight 600, semibold.
 *
 * @param options.width in pixels
 * @throws {Error} if the text is not a drawing
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
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    image.free();
    drawing.free();
  }
}
