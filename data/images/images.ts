/**
 * Labelled 8-bit images: what datasets are read into and shifts change.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** Class numbers. */
export type Labels = Uint8Array | Int32Array;

/** Labelled images of one size. */
export interface Images {
  /** Pixels, 0…255: [n, height, width, channel], row-major. */
  readonly images: Uint8Array;
  /** Class number of each image: [n]. 8 bits are enough for 256 classes. */
  readonly labels: Labels;
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
  const nameless = labels.findIndex((label) =>
    !(label >= 0 && label < classes.length)
  );
  if (nameless >= 0) {
    throw new TypeError(
      `Cannot ${purpose} images: image ${nameless} has label ${
        labels[nameless]
      }, but there are ${classes.length} class names`,
    );
  }
  return value;
}

function isLabels(data: ArrayBufferView): data is Labels {
  return data instanceof Uint8Array || data instanceof Int32Array;
}

/**
 * Codec of labelled images: a safetensors file with the arrays `images`
 * [n, height, width, channel] and `labels` [n], class names in its metadata.
 *
 * @throws {TypeError} if pixels, labels, shape and class names do not fit together
 */
export const images: Codec<Images> = define(import.meta.url, "images", {
  name: "images",

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
      labels === undefined || !isLabels(labels.data) || classes === undefined
    ) {
      throw new TypeError(
        'Cannot decode images: the file needs arrays "images" [n, height, width, channel] of 8 bits and "labels" [n] of 8 or 32 bits, and class names',
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
});

/**
 * The images at `indices`, in that order; an index may occur more than once.
 *
 * @throws {RangeError} if an index is not that of an image
 */
export function take(from: Images, indices: ArrayLike<number>): Images {
  const [height, width, channel] = from.shape;
  const size = height * width * channel;
  const pixels = new Uint8Array(indices.length * size);
  const labels = from.labels instanceof Uint8Array
    ? new Uint8Array(indices.length)
    : new Int32Array(indices.length);
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

/**
 * The images of several sets, one set after the other.
 *
 * @throws {RangeError} if there are no sets, or they differ in shape or classes
 */
export function concatenate(sets: readonly Images[]): Images {
  const [first] = sets;
  if (first === undefined) {
    throw new RangeError("Cannot concatenate images: there are no sets");
  }
  const like = ({ shape, classes }: Images) => JSON.stringify([shape, classes]);
  if (sets.some((set) => like(set) !== like(first))) {
    throw new RangeError(
      "Cannot concatenate images: the sets differ in shape or classes",
    );
  }
  const n = sets.reduce((sum, { labels }) => sum + labels.length, 0);
  const [height, width, channel] = first.shape;
  const pixels = new Uint8Array(n * height * width * channel);
  const labels = sets.every(({ labels }) => labels instanceof Uint8Array)
    ? new Uint8Array(n)
    : new Int32Array(n);
  let i = 0;
  for (const set of sets) {
    pixels.set(set.images, i * height * width * channel);
    labels.set(set.labels, i);
    i += set.labels.length;
  }
  return { ...first, images: pixels, labels };
}
