import { colouredDrawings } from "../../data/drawings/coloured_drawings.ts";
import { type Images, images } from "../../data/images/images.ts";
import {
  quickDraw,
  readDrawings,
  SIDE,
} from "../../data/drawings/quick_draw.ts";
import { defineTask } from "../../engine/define/task.ts";
import { stream } from "../../engine/define/random.ts";

/** How many drawings to take. */
export interface LoadDrawingsArgs {
  /** Seed of the colours. */
  readonly seed: number;
  /** Drawings of each category, at most 100. */
  readonly perClass: number;
}

/** Side of an image, as in CIFAR-10. */
const SIZE = 32;

/** Sketches of what is no relative of CIFAR-10's classes, in random colours, in the format of its images. */
export const loadDrawings = defineTask({
  module: import.meta.url,
  name: "loadDrawings",
  result: images,
  async run({ seed, perClass }: LoadDrawingsArgs): Promise<Images> {
    const { classes } = quickDraw;
    const bytes = perClass * SIZE * SIZE * 3;
    const pixels = new Uint8Array(classes.length * bytes);
    for (const [label, category] of classes.entries()) {
      const drawings = colouredDrawings(
        await readDrawings(category, perClass),
        { side: SIDE, size: SIZE, random: stream(seed, "drawings", category) },
      );
      pixels.set(drawings, label * bytes);
    }
    return {
      images: pixels,
      labels: Int32Array.from(
        { length: classes.length * perClass },
        (_, i) => Math.floor(i / perClass),
      ),
      shape: [SIZE, SIZE, 3],
      classes,
    };
  },
});
