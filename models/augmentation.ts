/**
 * Augmentations: random changes that training makes to the images it reads.
 *
 * @module
 */
import type { Images } from "../data/images.ts";
import type { Definition } from "../engine/definition.ts";
import type { Stream } from "../engine/random.ts";

/** What an augmentation reads and where its random numbers come from. */
export interface FillOptions {
  readonly from: Images;
  /** Which images of `from`, in the order of the batch. */
  readonly indices: ArrayLike<number>;
  readonly random: Stream;
}

/** A random change of the images of a training batch. */
export interface Augmentation extends Definition {
  /** Short name, e.g. "wide". */
  readonly name: string;
  /** Name for readers. */
  readonly title: string;
  /** What it does, in a sentence or two for readers. */
  readonly description: string;
  /** Its numbers by name, for readers; ranges are pairs. */
  readonly parameters?: Readonly<Record<string, number | readonly number[]>>;
  /**
   * Writes the augmented images into `batch` ([indices.length, height, width,
   * channel], values 0…1). How many numbers are drawn for an image, and in
   * which order, does not depend on the image or on earlier draws.
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
  { from, indices }: Omit<FillOptions, "random">,
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
  { augmentation, random }: {
    readonly augmentation: Augmentation;
    readonly random: Stream;
  },
): Images {
  const batch = new Float32Array(from.images.length);
  const indices = Uint32Array.from(from.labels, (_, i) => i);
  augmentation.fill(batch, { from, indices, random });
  return {
    ...from,
    images: Uint8Array.from(batch, (value) => Math.round(value * 255)),
  };
}
