/**
 * Unseen tint: plain images in training, tinted ones afterwards
 * (arXiv:2403.00194).
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import { isNumber, isString } from "../engine/define/shape.ts";
import type { Shift } from "./shift.ts";
import { tintImages, type TintOptions } from "./tint.ts";

/** How to tint a set of images with random colours. */
export type UnseenTintOptions = Omit<TintOptions, "p">;

/**
 * Unseen tint: plain reference images, every shifted image in the colour of a
 * random class. With equal options the shifted images are those of the
 * spurious tint, which differs in its reference images alone.
 */
export const unseenTint: Shift<UnseenTintOptions> = define(
  import.meta.url,
  "unseenTint",
  {
    name: "unseen-tint",
    title: "Unseen tint",
    support: "out",
    description:
      "Reference images are plain photographs; every shifted image is the same photograph tinted with the colour of a random class. Out of support: the tint lifts the darkest and lowers the brightest values of an image towards one colour, which hardly ever happens in photographs of the reference distribution.",
    options: { strength: isNumber, seed: isNumber, subset: isString },
    apply: (images: Images, options: UnseenTintOptions): Images =>
      tintImages(images, { ...options, p: 0 }),
  },
);
