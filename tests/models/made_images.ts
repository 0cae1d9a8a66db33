import { type Images, images } from "../../data/images/images.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Images of noise in two classes: enough to train on where nothing is learnt. */
export const makeImages = defineTask({
  module: import.meta.url,
  name: "makeImages",
  result: images,
  run: ({ n, size }: { n: number; size: number }): Images => {
    const random = stream(1, "images");
    const pixels = Uint8Array.from(
      { length: n * size * size * 3 },
      () => random.integer(256),
    );
    const labels = Uint8Array.from({ length: n }, (_, i) => i % 2);
    return {
      images: pixels,
      labels,
      shape: [size, size, 3],
      classes: ["even", "odd"],
    };
  },
});
