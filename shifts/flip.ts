/**
 * Vertical flip: what was up is down (arXiv:2403.00194).
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import type { Shift } from "./shift.ts";

/** The images upside down: the order of their rows is reversed. */
export function flipImages(from: Images): Images {
  const [height, width, channels] = from.shape;
  const row = width * channels;
  const images = new Uint8Array(from.images.length);
  for (let i = 0; i < from.labels.length; i++) {
    for (let y = 0; y < height; y++) {
      const source = (i * height + y) * row;
      const target = (i * height + height - 1 - y) * row;
      images.set(from.images.subarray(source, source + row), target);
    }
  }
  return { ...from, images };
}

/** Vertical flip: plain reference images, all shifted images upside down. */
export const flip: Shift<Readonly<Record<string, never>>> = define(
  import.meta.url,
  "flip",
  {
    name: "flip",
    title: "Vertical flip",
    support: "out",
    description:
      "Reference images are plain photographs; every shifted image is the same photograph upside down. Out of support: photographs are taken upright, and training mirrors them left to right but never top to bottom, so that, but for the rare object seen from straight above or below, nothing in the reference distribution looks like this.",
    options: {},
    apply: flipImages,
  },
);
