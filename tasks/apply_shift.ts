import { type Images, images } from "../data/images.ts";
import type { Json } from "../engine/hash.ts";
import { defineTask } from "../engine/task.ts";
import type { Shift } from "../shifts/shift.ts";

/** What to shift and how. */
export interface ApplyShiftArgs {
  readonly images: Images;
  readonly shift: Shift<never>;
  /** The options of that shift. */
  readonly options: Json;
}

/** The images of one distribution of a shift. */
export const applyShift = defineTask({
  module: import.meta.url,
  name: "applyShift",
  runsIn: "main",
  result: images,
  run: ({ images, shift, options }: ApplyShiftArgs) =>
    shift.apply(images, options as never),
});
