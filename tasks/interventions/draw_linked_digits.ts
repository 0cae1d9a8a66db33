import {
  type LinkOptions,
  linkStyles,
} from "../../data/drawings/linked_styles.ts";
import { asPhotographs } from "../../data/images/as_photographs.ts";
import { groups } from "../../data/images/groups.ts";
import { type Images, images, take } from "../../data/images/images.ts";
import { drawsOf, philoxKey } from "../../engine/define/philox.ts";
import { defineTask } from "../../engine/define/task.ts";
import { augment } from "../../models/augmentations/augmentation.ts";
import { warp } from "../../models/augmentations/warp.ts";

/** Digits of typefaces, and how to draw images of them. */
export interface DrawLinkedDigitsArgs extends LinkOptions {
  readonly glyphs: Images;
  /** Family of each glyph. */
  readonly families: readonly string[];
  /** Side of the images, in pixels. */
  readonly side: number;
}

/** Images of digits whose style goes with the digit, each warped by itself, as networks of photographs read them. */
export const drawLinkedDigits = defineTask({
  module: import.meta.url,
  name: "drawLinkedDigits",
  result: {
    images,
    /** Each digit in each style. */
    byStyle: groups,
    /** Each digit in its own style, and in any other. */
    byOwnStyle: groups,
  },
  run({ glyphs, families, side, ...options }: DrawLinkedDigitsArgs) {
    const { seed, subset } = options;
    const { indices, ...byGroup } = linkStyles(
      { images: glyphs, families },
      options,
    );
    const warped = augment(take(glyphs, indices), {
      augmentation: warp,
      draw: drawsOf(philoxKey(seed, "linked styles", subset), 0),
    });
    return { ...byGroup, images: asPhotographs(warped, side) };
  },
});
