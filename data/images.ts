/**
 * Labelled 8-bit images: what datasets are read into and shifts change.
 *
 * @module
 */
import type { Codec } from "../engine/codec.ts";
import { safetensors } from "../engine/safetensors.ts";

/** Labelled images of one size. */
export interface Images {
  /** Pixels, 0…255: [n, height, width, channel], row-major. */
  readonly images: Uint8Array;
  /** Class number of each image: [n]. */
  readonly labels: Uint8Array;
  /** Height, width and number of channels of every image. */
  readonly shape: readonly [number, number, number];
  /** Class names; a label is a position in this list. */
  readonly classes: readonly string[];
}

function check(value: Images, purpose: "encode" | "decode"): Images {
  const { images, labels, shape, classes } = value;
  const needed = labels.length * shape[0] * shape[1] * shape[2];
  if (images.length !== needed) {
    throw new TypeError(
      `Cannot ${purpose} images: ${labels.length} labels and shape [${shape}] need ${needed} bytes, not ${images.length}`,
    );
  }
  const nameless = labels.findIndex((label) => label >= classes.length);
  if (nameless >= 0) {
    throw new TypeError(
      `Cannot ${purpose} images: image ${nameless} has label ${
        labels[nameless]
      }, but there are ${classes.length} class names`,
    );
  }
  return value;
}

/**
 * Codec of labelled images: a safetensors file with the arrays `images`
 * [n, height, width, channel] and `labels` [n], class names in its metadata.
 *
 * @throws {TypeError} if pixels, labels, shape and class names do not fit together
 */
export const images: Codec<Images> = {
  name: "images",
  module: import.meta.url,

  encode(value) {
    const { images, labels, shape, classes } = check(value, "encode");
    return safetensors.encode({
      arrays: {
        images: { shape: [labels.length, ...shape], data: images },
        labels: { shape: [labels.length], data: labels },
      },
      metadata: { classes: JSON.stringify(classes) },
    });
  },

  decode(bytes) {
    const { arrays, metadata } = safetensors.decode(bytes);
    const pixels = arrays["images"];
    const labels = arrays["labels"];
    const classes = metadata["classes"];
    if (
      !(pixels?.data instanceof Uint8Array) || pixels.shape.length !== 4 ||
      !(labels?.data instanceof Uint8Array) || classes === undefined
    ) {
      throw new TypeError(
        'Cannot decode images: the file needs 8-bit arrays "images" [n, height, width, channel] and "labels" [n], and class names',
      );
    }
    const [, height = 0, width = 0, channel = 0] = pixels.shape;
    return check({
      images: pixels.data,
      labels: labels.data,
      shape: [height, width, channel],
      classes: JSON.parse(classes),
    }, "decode");
  },
};

/**
 * The images at `indices`, in that order; an index may occur more than once.
 *
 * @throws {RangeError} if an index is not that of an image
 */
export function take(from: Images, indices: ArrayLike<number>): Images {
  const [height, width, channel] = from.shape;
  const size = height * width * channel;
  const pixels = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    const label = from.labels[index];
    if (label === undefined) {
      throw new RangeError(
        `Cannot take image ${index}: there are ${from.labels.length} images`,
      );
    }
    labels[i] = label;
    pixels.set(
      from.images.subarray(index * size, (index + 1) * size),
      i * size,
    );
  }
  return { ...from, images: pixels, labels };
}
