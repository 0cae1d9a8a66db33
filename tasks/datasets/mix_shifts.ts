import {
  concatenate,
  type Images,
  images,
  take,
} from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";
import { parts, partsOf } from "../../shifts/measure/parts.ts";

/** Two versions of the same images, one in support and one out of it. */
export interface MixShiftsArgs {
  readonly inSupport: Images;
  readonly outOfSupport: Images;
}

/**
 * A shifted set of which it is known what is in support: the first half of the
 * images as in support, the second half as out of support. No image is in both.
 */
export const mixShifts = defineTask({
  module: import.meta.url,
  name: "mixShifts",
  inline: true,
  result: { images, truth: parts },
  run({ inSupport, outOfSupport }: MixShiftsArgs) {
    const n = inSupport.labels.length;
    if (outOfSupport.labels.length !== n) {
      throw new RangeError(
        `Cannot mix two shifts of the same images: there are ${n} in support and ${outOfSupport.labels.length} out of support`,
      );
    }
    const half = Math.floor(n / 2);
    const range = (from: number, to: number) =>
      Uint32Array.from({ length: to - from }, (_, i) => from + i);
    return {
      images: concatenate([
        take(inSupport, range(0, half)),
        take(outOfSupport, range(half, n)),
      ]),
      truth: partsOf(Array.from({ length: n }, (_, i) => i < half)),
    };
  },
});
