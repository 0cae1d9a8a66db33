/**
 * Unseen tint: plain images in training, tinted ones afterwards
 * (arXiv:2403.00194).
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import { isNumber } from "../engine/define/shape.ts";
import type { Shift } from "./shift.ts";
import { tintImages, type TintOptions } from "./tint.ts";

/** How to tint a set of images, each with a colour of its own. */
export type UnseenTintOptions = Pick<TintOptions, "strength" | "seed">;

/**
 * Tints images as if each were a class of its own: the colours are uniform in
 * RGB, go with the position in the set and `seed` alone, and begin alike in a
 * longer set. The paper has the colours of a thousand classes. With those of
 * ten, a number would be that of ten colours, which no interval over images
 * holds. The first ones are those of the classes of a spurious tint.
 *
 * @throws {RangeError} if `strength` is not in [0, 1], or the images do not have three channels
 */
function tintEach(from: Images, options: UnseenTintOptions): Images {
  const { images } = tintImages({
    ...from,
    labels: Int32Array.from(from.labels, (_, i) => i),
    classes: Array.from(from.labels, (_, i) => `${i}`),
  }, { ...options, p: 1, subset: "each its own" });
  return { ...from, images };
}

/** Unseen tint: plain reference images, every shifted image in a colour of its own. */
export const unseenTint: Shift<UnseenTintOptions> = define(
  import.meta.url,
  "unseenTint",
  {
    name: "unseen-tint",
    title: "Unseen tint",
    support: "out",
    description:
      "Reference images are plain photographs; every shifted image is the same photograph tinted with a random colour of its own. Out of support: the tint lifts the darkest and lowers the brightest values of an image towards one colour, which hardly ever happens in photographs of the reference distribution.",
    options: { strength: isNumber, seed: isNumber },
    apply: tintEach,
  },
);
