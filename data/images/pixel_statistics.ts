/**
 * Simple statistics of pixels: what a formula sees of an image, beside what a
 * network sees.
 *
 * @module
 */
import type { Images } from "./images.ts";

/** Quantiles of each channel that are taken. */
const QUANTILES = [0.02, 0.25, 0.5, 0.75, 0.98] as const;

/** Distances of pixels, in pixels, whose differences are taken. */
const STEPS = [1, 2, 4] as const;

/** Number of statistics of an image. */
export const PIXEL_STATISTICS = 44;

/** The first of them tell of colours and where these are; those that follow tell of detail, which changes where an image is stored otherwise. */
export const COLOUR_STATISTICS = 32;

/** Pixels of one image as three channels from 0 to 1, one after the other, and their mean. */
interface Planes {
  readonly red: Float64Array;
  readonly green: Float64Array;
  readonly blue: Float64Array;
  readonly grey: Float64Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Forty-four numbers of each image: mean, deviation and quantiles of each
 * channel, how channels differ and go together, saturation, how the frame
 * differs from the middle, and logarithms of how much pixels at some distance
 * differ. Images of one channel count as grey.
 *
 * @returns values [n, {@linkcode PIXEL_STATISTICS}], row-major, and their number
 */
export function pixelStatistics(
  images: Images,
): { readonly values: Float32Array; readonly dimension: number } {
  const n = images.labels.length;
  const values = new Float32Array(n * PIXEL_STATISTICS);
  for (let i = 0; i < n; i++) {
    values.set(statisticsOf(planesOf(images, i)), i * PIXEL_STATISTICS);
  }
  return { values, dimension: PIXEL_STATISTICS };
}

/** One image in channels. */
export function planesOf(
  { images, shape: [height, width, channels] }: Images,
  index: number,
): Planes {
  const size = height * width;
  const from = index * size * channels;
  const plane = (channel: number) => {
    const result = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      result[k] = (images[from + k * channels + channel] as number) / 255;
    }
    return result;
  };
  const red = plane(0);
  const green = channels < 3 ? red : plane(1);
  const blue = channels < 3 ? red : plane(2);
  const grey = red.map((value, k) =>
    (value + (green[k] as number) + (blue[k] as number)) / 3
  );
  return { red, green, blue, grey, height, width };
}

function statisticsOf(planes: Planes): readonly number[] {
  const { red, green, blue, grey } = planes;
  const result: number[] = [];
  for (const channel of [red, green, blue]) {
    const sorted = channel.slice().sort();
    result.push(meanOf(channel), deviationOf(channel));
    for (const share of QUANTILES) {
      result.push(sorted[Math.round(share * (sorted.length - 1))] as number);
    }
    result.push(frameOf(channel, planes) - middleOf(channel, planes));
  }
  const warm = red.map((value, k) => value - (green[k] as number));
  const cold = blue.map((value, k) =>
    value - ((red[k] as number) + (green[k] as number)) / 2
  );
  const saturation = saturationOf(planes);
  for (const difference of [warm, cold, saturation]) {
    result.push(meanOf(difference), deviationOf(difference));
  }
  result.push(togetherness(red, green), togetherness(green, blue));
  for (const step of STEPS) {
    result.push(Math.log(1e-3 + roughness(grey, { ...planes, x: step, y: 0 })));
    result.push(Math.log(1e-3 + roughness(grey, { ...planes, x: 0, y: step })));
  }
  for (const step of [1, 2]) {
    result.push(Math.log(1e-3 + curvature(grey, { ...planes, step })));
  }
  for (const colour of [warm, cold]) {
    result.push(Math.log(1e-3 + curvature(colour, { ...planes, step: 1 })));
  }
  return result;
}

/** Mean of all values. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Deviation of all values, with divisor n. */
export function deviationOf(values: Float64Array): number {
  const middle = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) ** 2;
  return Math.sqrt(sum / values.length);
}

/** How far the strongest channel of each pixel is above its weakest, 0…1. */
export function saturationOf({ red, green, blue }: Planes): Float64Array {
  return red.map((r, k) => {
    const [g, b] = [green[k] as number, blue[k] as number];
    return Math.max(r, g, b) - Math.min(r, g, b);
  });
}

/** Mean of the outermost eighth of an image on each side. */
export function frameOf(
  values: Float64Array,
  size: { readonly height: number; readonly width: number },
): number {
  return meanWhere(values, size, (share) => share < 1 / 8);
}

/** Mean of the middle quarter of the area. */
export function middleOf(
  values: Float64Array,
  size: { readonly height: number; readonly width: number },
): number {
  return meanWhere(values, size, (share) => share >= 1 / 4);
}

/** Mean over pixels whose distance to the nearest edge, as a share of the side, holds. */
function meanWhere(
  values: Float64Array,
  { height, width }: { readonly height: number; readonly width: number },
  holds: (share: number) => boolean,
): number {
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    const down = Math.min(y, height - 1 - y) / height;
    for (let x = 0; x < width; x++) {
      if (!holds(Math.min(down, Math.min(x, width - 1 - x) / width))) continue;
      sum += values[y * width + x] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Correlation of two channels; 1 where one of them is constant. */
function togetherness(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [(a[k] as number) - ma, (b[k] as number) - mb];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa * bb < 1e-12 ? 1 : ab / Math.sqrt(aa * bb);
}

/** Mean distance of pixels from those `x` to the right and `y` below. */
function roughness(
  values: Float64Array,
  { height, width, x: right, y: down }: {
    readonly height: number;
    readonly width: number;
    readonly x: number;
    readonly y: number;
  },
): number {
  let [sum, count] = [0, 0];
  for (let y = 0; y + down < height; y++) {
    for (let x = 0; x + right < width; x++) {
      const here = y * width + x;
      sum += Math.abs(
        (values[here + down * width + right] as number) -
          (values[here] as number),
      );
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Mean distance of pixels from the mean of the four that are `step` away. */
export function curvature(
  values: Float64Array,
  { height, width, step }: {
    readonly height: number;
    readonly width: number;
    readonly step: number;
  },
): number {
  let [sum, count] = [0, 0];
  for (let y = step; y + step < height; y++) {
    for (let x = step; x + step < width; x++) {
      const at = (dy: number, dx: number) =>
        values[(y + dy) * width + x + dx] as number;
      const around = at(-step, 0) + at(step, 0) + at(0, -step) + at(0, step);
      sum += Math.abs(at(0, 0) - around / 4);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
