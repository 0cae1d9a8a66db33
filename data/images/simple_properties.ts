/**
 * Simple properties of images, of which a bias may consist: each has a name
 * that one can look at.
 *
 * @module
 */
import type { Images } from "./images.ts";
import {
  curvature,
  deviationOf,
  frameOf,
  meanOf,
  middleOf,
  planesOf,
  saturationOf,
} from "./pixel_statistics.ts";

/** Names of the properties of an image's pixels. */
export const SIMPLE_PROPERTIES = [
  "brightness",
  "contrast",
  "saturation",
  "hue",
  "border",
  "sharpness",
] as const;

/** Name of a property of an image's pixels. */
export type SimpleProperty = typeof SIMPLE_PROPERTIES[number];

/** Below this mean colourfulness, 0…1, an image has no hue. */
const COLOURLESS = 0.004;

/**
 * Properties of each image, [n] each: mean brightness (0…1), deviation of
 * brightness, mean saturation (0…1), hue of the mean colour (0…1, red 0, green
 * 1/3; NaN where there is none), how much brighter the frame is than the
 * middle (−1…1), and sharpness: the mean distance of a pixel from its four
 * neighbours over the deviation of brightness (0 where that is 0).
 */
export function simpleProperties(
  images: Images,
): Readonly<Record<SimpleProperty, Float64Array>> {
  const n = images.labels.length;
  const [brightness, contrast, saturation, hue, border, sharpness] =
    SIMPLE_PROPERTIES.map(() => new Float64Array(n)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
  for (let i = 0; i < n; i++) {
    const planes = planesOf(images, i);
    const { red, green, blue, grey } = planes;
    const deviation = deviationOf(grey);
    brightness[i] = meanOf(grey);
    contrast[i] = deviation;
    saturation[i] = meanOf(saturationOf(planes));
    hue[i] = hueOf(meanOf(red), meanOf(green), meanOf(blue));
    border[i] = frameOf(grey, planes) - middleOf(grey, planes);
    sharpness[i] = deviation === 0
      ? 0
      : curvature(grey, { ...planes, step: 1 }) / deviation;
  }
  return { brightness, contrast, saturation, hue, border, sharpness };
}

/** Angle of a colour around the grey axis, as a share of the circle. */
function hueOf(red: number, green: number, blue: number): number {
  const x = red - (green + blue) / 2;
  const y = (green - blue) * Math.sqrt(3) / 2;
  if (Math.hypot(x, y) < COLOURLESS) return NaN;
  const share = Math.atan2(y, x) / (2 * Math.PI);
  return share < 0 ? share + 1 : share;
}
