import type { Images } from "../../data/images/images.ts";
import { stream } from "../../engine/define/random.ts";

/** `n` images of 2×2 pixels in colour and four classes, from a seed. */
export function randomImages(n: number, seed: number): Images {
  const random = stream(seed, "images");
  const bytes = n * 2 * 2 * 3;
  return {
    images: Uint8Array.from({ length: bytes }, () => random.integer(256)),
    labels: Uint8Array.from({ length: n }, () => random.integer(4)),
    shape: [2, 2, 3],
    classes: ["a", "b", "c", "d"],
  };
}
