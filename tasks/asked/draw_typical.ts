import { z } from "zod";
import { imageGrid } from "../../data/images/image_grid.ts";
import { type Images } from "../../data/images/images.ts";
import { bytes, json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Shifted images, and how shifted those look that were compared. */
export interface DrawTypicalArgs {
  readonly images: Images;
  /** How shifted each looks, the most with the highest. */
  readonly typicality: Float64Array;
  /** Place of each of them among the images. */
  readonly places: readonly number[];
  /** Images of a picture at most. */
  readonly n: number;
  /** Images in a row. */
  readonly columns: number;
}

/** The shifted images that are least and most like reference ones, as PNGs; the most extreme first. */
export const drawTypical = defineTask({
  module: import.meta.url,
  name: "drawTypical",
  result: { least: bytes, most: bytes, shown: json(z.int()) },
  run({ images, typicality, places, n, columns }: DrawTypicalArgs) {
    const order = [...typicality.keys()]
      .sort((a, b) =>
        (typicality[b] as number) - (typicality[a] as number) || a - b
      )
      .map((i) => places[i] as number);
    const shown = Math.min(n, Math.ceil(order.length / 2));
    const scale = images.shape[0] < 48 ? 2 : 1;
    const draw = (indices: readonly number[]) =>
      imageGrid(images, { indices, columns, scale }).png;
    return {
      least: draw(order.slice(0, shown)),
      most: draw(order.slice(-shown).reverse()),
      shown,
    };
  },
});
