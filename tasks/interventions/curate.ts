import { type Images, images, take } from "../../data/images/images.ts";
import { narrowestOf } from "../../data/images/narrow.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Images to choose from, and how. */
export interface CurateArgs {
  readonly images: Images;
  /** The same images before they were shifted, which tell how they look. */
  readonly looks: Images;
  readonly n: number;
  /** Whether only bright and warm images are taken, which makes a set that is undiverse. */
  readonly narrowed: boolean;
  /** Each example is repeated as often as so many images hold all: an epoch is as long for few as for many. */
  readonly fill: number;
  readonly seed: number;
}

/**
 * A few examples, as many of each class as of another or one more; fewer begin
 * more with the same seed.
 */
export const curate = defineTask({
  module: import.meta.url,
  name: "curate",
  inline: true,
  result: images,
  run({ images, looks, n, narrowed, fill, seed }: CurateArgs) {
    const random = stream(seed, "curate", narrowed ? "narrowed" : "diverse");
    const { classes } = images;
    const order = random.permutation(classes.length);
    const chosen = Array.from(order, (label) => {
      const ofClass = [...images.labels.keys()]
        .filter((i) => images.labels[i] === label);
      const eligible = narrowed ? narrowestOf(looks, ofClass) : ofClass;
      const drawn = random.permutation(eligible.length);
      return Array.from(drawn, (k) => eligible[k] as number);
    });
    const indices = Array.from({ length: n }, (_, j) => {
      const place = j % classes.length;
      const index = chosen[place]?.[Math.floor(j / classes.length)];
      if (index === undefined) {
        throw new RangeError(
          `Cannot choose ${n} examples of ${classes.length} classes: there are ${
            chosen[place]?.length ?? 0
          } of class "${classes[order[place] ?? 0]}" to choose from`,
        );
      }
      return index;
    });
    const times = Math.max(1, Math.floor(fill / n));
    return take(
      images,
      Array.from({ length: times * n }, (_, i) => indices[i % n] as number),
    );
  },
});
