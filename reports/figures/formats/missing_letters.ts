/// <reference lib="dom" />
/**
 * Letters that the fonts of drawings lack.
 *
 * @module
 */
import { parseHTML } from "linkedom";
import PDFDocument from "pdfkit";
import { drawingFont } from "./drawing_fonts.ts";

/** What is used of pdfkit, which declares no types. */
interface Pdf {
  font(file: Uint8Array): void;
  readonly _font: {
    readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  };
}

/** The letters of a drawing's texts that PNG and PDF files show as boxes, each once: `["漢", "字"]`. */
export function missingLetters(svg: string): readonly string[] {
  const { document } = parseHTML(svg) as unknown as {
    readonly document: Document;
  };
  const pdf = new PDFDocument({ font: null }) as unknown as Pdf;
  pdf.font(drawingFont(400));
  const { font } = pdf._font;
  const letters = [...document.querySelectorAll("text")].flatMap((element) =>
    [...new Intl.Segmenter("en").segment(element.textContent)]
      .map(({ segment }) => segment)
  );
  return [...new Set(letters)].filter((letter) =>
    [...letter].some((point) =>
      !font.hasGlyphForCodePoint(point.codePointAt(0) ?? 0)
    )
  );
}
