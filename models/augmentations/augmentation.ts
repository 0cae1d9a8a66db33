/**
 * Augmentations: random changes that training makes to the images it reads.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import type { Definition } from "../../engine/define/definition.ts";
import type { Draw } from "../../engine/define/philox.ts";

/** What an augmentation reads and where its random numbers come from. */
export interface FillOptions {
  readonly from: Images;
  /** Which images of `from`, in the order of the batch. */
  readonly indices: ArrayLike<number>;
  /** Draw `j` for image `i` of the batch. */
  readonly draw: Draw;
}

/** What WGSL of an augmentation is made from: the numbers of an image, once for each. */
export interface PlanContext {
  /** WGSL of draw `j`: a u32 below 2²⁴, which is the draw of the host times 2²⁴. */
  readonly draw: (j: number) => string;
}

/** What WGSL of an augmentation is made from: one pixel. `row` and `column` (i32) are its place. */
export interface PixelContext {
  /** WGSL of number `k` of the plan. */
  readonly number: (k: number) => string;
  /** WGSL of a value 0…1 (f32) of the image as it is, at WGSL places (i32) within it. */
  readonly value: (
    row: string,
    column: string,
    channel: number,
  ) => string;
}

/** WGSL statements, and expressions (f32) that may use what they name: not `i`, nor what begins with `batch_`. */
export interface WgslPart {
  readonly statements: string;
  readonly values: readonly string[];
}

/**
 * An augmentation in WGSL, in two parts: from the draws of an image to its
 * numbers, and from these and the image to one pixel.
 */
export interface DeviceAugmentation {
  /** WGSL functions that the parts call. */
  readonly functions?: string;
  /** How many random numbers an image takes. */
  readonly draws: number;
  /** What an image's random numbers make of it. */
  plan(shape: Images["shape"], context: PlanContext): WgslPart;
  /** The values of a pixel, one a channel. */
  pixel(shape: Images["shape"], context: PixelContext): WgslPart;
}

/** A random change of the images of a training batch. */
export interface Augmentation extends Definition {
  /** Short name, e.g. "wide". */
  readonly name: string;
  /** Name for readers. */
  readonly title: string;
  /** What it does, in a sentence or two for readers. */
  readonly description: string;
  /**
   * The same in WGSL, with the same draws; where it is left out, batches for a
   * GPU are filled here and uploaded.
   */
  readonly device?: DeviceAugmentation;
  /**
   * Writes the augmented images into `batch` ([indices.length, height, width,
   * channel], values 0…1).
   *
   * @throws {RangeError} if the batch does not fit, an index is not that of an image, or the shape does not suit the augmentation
   */
  fill(batch: Float32Array, options: FillOptions): void;
}

/** unitValues[byte] = byte / 255: a pixel on the scale 0…1. */
export const unitValues: Float32Array = Float32Array.from(
  { length: 256 },
  (_, byte) => byte / 255,
);

/**
 * Checks that `batch` holds exactly the images asked for.
 *
 * @throws {RangeError} if it does not, or an index is not that of an image
 */
export function checkBatch(
  batch: Float32Array,
  { from, indices }: Omit<FillOptions, "draw">,
): void {
  const needed = indices.length * from.shape[0] * from.shape[1] * from.shape[2];
  if (batch.length !== needed) {
    throw new RangeError(
      `Cannot fill a batch of ${batch.length} values: ${indices.length} images of shape [${from.shape}] need ${needed}`,
    );
  }
  for (let i = 0; i < indices.length; i++) {
    if (from.labels[indices[i] as number] === undefined) {
      throw new RangeError(
        `Cannot fill a batch with image ${
          indices[i]
        }: there are ${from.labels.length} images`,
      );
    }
  }
}

/**
 * All images augmented once and rounded to 8 bits, to be looked at.
 *
 * @throws {RangeError} if the shape does not suit the augmentation
 */
export function augment(
  from: Images,
  { augmentation, draw }: {
    readonly augmentation: Augmentation;
    readonly draw: Draw;
  },
): Images {
  const batch = new Float32Array(from.images.length);
  const indices = Uint32Array.from(from.labels, (_, i) => i);
  augmentation.fill(batch, { from, indices, draw });
  return {
    ...from,
    images: Uint8Array.from(batch, (value) => Math.round(value * 255)),
  };
}
