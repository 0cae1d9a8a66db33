/**
 * Shows example images of the parts of a dataset.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { GalleryFigure, GalleryRow } from "../../value/gallery_figure.ts";
import { formatCount } from "../../value/quantity.ts";
import { counted } from "../../value/wording.ts";
import { tableOf } from "../drawing/columns.ts";
import { rendered } from "../drawing/figure_content.ts";
import type { Drawing, Sheet } from "../drawing/pixels.ts";
import { textAt } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";

/**
 * Shows the images of each part that has any, and writes caption and sizes.
 *
 * @throws {RangeError} without parts
 */
export function gallery(figure: GalleryFigure): RenderedFigure {
  const { id, rows } = figure;
  const shown = rows.filter(({ n }) => n > 0);
  const content = rendered(figure, {
    sentences: rows.map((row) =>
      row.n === 0 ? `${heading(row)}.` : `${heading(row)}: ${row.alt}`
    ),
    reading: [],
    data: {
      columns: ["part", "n"],
      rows: rows.map(({ title, n }) => [title, n]),
    },
    table: {
      text: 1,
      ...tableOf(rows, [
        ["part", ({ title }) => title],
        ["images", ({ n }) => formatCount(n)],
      ]),
    },
    legend: [],
    page: "",
    plot: (sheet) => plotOf(shown, sheet),
  });
  return {
    ...content,
    pictures: shown.map((row, i) => ({
      ...row,
      name: `${id}-${i + 1}`,
      title: heading(row),
    })),
  };
}

function plotOf(
  rows: readonly GalleryRow[],
  { width, font }: Sheet,
): Drawing {
  const marks: Plot.Markish[] = [];
  let top = 0;
  for (const row of rows) {
    const height = width * row.height / row.width;
    const middle = top + font * 1.7 + height / 2;
    marks.push(
      textAt(heading(row), { x: 0, y: top + font * 0.8, weight: 600 }),
      Plot.image([0], {
        x: () => width / 2,
        y: () => middle,
        width,
        height,
        imageRendering: "pixelated",
        src: () => `data:image/png;base64,${row.png.toBase64()}`,
      }),
    );
    top += height + font * 2.8;
  }
  return { width, font, height: top - font * 0.6, marks };
}

/** `in support, 12,345 images` */
function heading({ title, n }: GalleryRow): string {
  return `${title}, ${counted(n, "image")}`;
}
