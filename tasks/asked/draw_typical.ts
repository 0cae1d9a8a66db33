import { imageGrid } from "../../data/images/image_grid.ts";
import { type Images } from "../../data/images/images.ts";
import { bytes } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { PartName, Parts } from "../../shifts/measure/parts.ts";

/** Shifted images, and how shifted those look that were compared. */
export interface DrawTypicalArgs {
  readonly images: Images;
  /** How shifted each looks, the most with the highest. */
  readonly typicality: Float64Array;
  /** Which part each of them is in, and the part whose images are drawn. */
  readonly parts: Parts;
  readonly part: PartName;
  /** Place of each of them among the images. */
  readonly places: readonly number[];
  /** Images of a picture at most. */
  readonly n: number;
  /** Images in a row. */
  readonly columns: number;
}

/** The images of a part that are least and most like reference ones, none in both, as PNGs; the most extreme first. A picture of none is empty. */
export const drawTypical = defineTask({
  module: import.meta.url,
  name: "drawTypical",
  result: {
    least: bytes,
    most: bytes,
  },
  run(
    { images, typicality, parts, part, places, n, columns }: DrawTypicalArgs,
  ) {
    const wanted = part === "in support" ? 1 : 0;
    const order = [...typicality.keys()]
      .filter((i) => parts.inSupport[i] === wanted)
      .sort((a, b) =>
        (typicality[b] as number) - (typicality[a] as number) || a - b
      )
      .map((i) => places[i] as number);
    const half = Math.ceil(order.length / 2);
    const scale = images.shape[0] < 48 ? 2 : 1;
    const draw = (indices: readonly number[]) =>
      indices.length === 0
        ? new Uint8Array()
        : imageGrid(images, { indices, columns, scale }).png;
    return {
      least: draw(order.slice(0, half).slice(0, n)),
      most: draw(order.slice(half).reverse().slice(0, n)),
    };
  },
});
