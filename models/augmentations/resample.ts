/**
 * Bilinear resampling of images by a scale and a shift on each axis.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import { unitValues } from "./augmentation.ts";

/**
 * Which point of the source a pixel shows, in coordinates that run from −1 to
 * 1 over the image: source = scale · here + shift. A scale above 1 makes the
 * picture smaller, a negative one mirrors it.
 */
export interface AxisMap {
  readonly scale: number;
  readonly shift: number;
}

/** One map on each axis, and what lies around the picture. */
export interface Resampling {
  readonly x: AxisMap;
  readonly y: AxisMap;
  /** Colour around the picture, one value 0…1 a channel. */
  readonly border: readonly number[];
}

interface Taps {
  /** First of the two source positions that each target position lies between, counted in the padded image. */
  readonly first: Int32Array;
  /** Weight of the second of the two values. */
  readonly weight: Float64Array;
}

function fillTaps(
  { first, weight }: Taps,
  { scale, shift }: AxisMap,
): void {
  const length = first.length;
  for (let i = 0; i < length; i++) {
    // Pixel centres lie at half-integers: (i + ½) · 2/length − 1.
    const centre = scale * (i + 0.5 - length / 2) + shift * length / 2;
    // One border pixel on each side; further out all is border.
    const padded = Math.min(
      Math.max(centre + length / 2 + 0.5, 0),
      length + 1,
    );
    const floor = Math.min(Math.trunc(padded), length);
    first[i] = floor;
    weight[i] = padded - floor;
  }
}

/**
 * A function that resamples images of one size. It keeps a padded copy of the
 * image, so it must not be shared between threads.
 *
 * The returned function writes image `index` of `from`, resampled, into
 * `batch` from `offset` on ([height, width, channel], values 0…1).
 */
export function resampler(
  from: Images,
): (
  batch: Float32Array,
  options: Resampling & { readonly index: number; readonly offset: number },
) => void {
  const [height, width, channels] = from.shape;
  const size = height * width * channels;
  const row = width * channels;
  const paddedRow = (width + 2) * channels;
  const padded = new Float32Array((height + 2) * paddedRow);
  const columns: Taps = {
    first: new Int32Array(width),
    weight: new Float64Array(width),
  };
  const rows: Taps = {
    first: new Int32Array(height),
    weight: new Float64Array(height),
  };

  function pad(index: number, border: readonly number[]): void {
    for (let channel = 0; channel < channels; channel++) {
      const value = border[channel] ?? 0;
      const bottom = (height + 1) * paddedRow;
      for (let k = channel; k < paddedRow; k += channels) {
        padded[k] = value;
        padded[bottom + k] = value;
      }
      for (let k = paddedRow + channel; k < bottom; k += paddedRow) {
        padded[k] = value;
        padded[k + paddedRow - channels] = value;
      }
    }
    let source = index * size;
    for (let y = 1; y <= height; y++) {
      const start = y * paddedRow + channels;
      for (let k = start; k < start + row; k++) {
        padded[k] = unitValues[from.images[source++] as number] as number;
      }
    }
  }

  return (batch, { index, offset, x, y, border }) => {
    pad(index, border);
    fillTaps(columns, x);
    fillTaps(rows, y);
    let to = offset;
    for (let i = 0; i < height; i++) {
      const down = rows.weight[i] as number;
      const top = (rows.first[i] as number) * paddedRow;
      for (let j = 0; j < width; j++) {
        const right = columns.weight[j] as number;
        let at = top + (columns.first[j] as number) * channels;
        for (let channel = 0; channel < channels; channel++, at++) {
          const a = padded[at] as number;
          const b = padded[at + channels] as number;
          const c = padded[at + paddedRow] as number;
          const d = padded[at + paddedRow + channels] as number;
          const above = a + right * (b - a);
          const below = c + right * (d - c);
          batch[to++] = above + down * (below - above);
        }
      }
    }
  };
}
