/**
 * Features: what the last layer of a network is given, off the device.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** Features of some images. */
export interface Features {
  /** Values: [n, dimension], row-major. */
  readonly values: Float32Array;
  /** Number of features of an image. */
  readonly dimension: number;
}

/** Codec of features: a safetensors file with one array, `features` [n, dimension]. */
export const features: Codec<Features> = define(import.meta.url, "features", {
  name: "features",
  encode: ({ values, dimension }) =>
    safetensors.encode({
      arrays: {
        features: {
          shape: [values.length / dimension, dimension],
          data: values,
        },
      },
      metadata: {},
    }),
  decode(bytes) {
    const { arrays: { features } } = safetensors.decode(bytes);
    if (
      !(features?.data instanceof Float32Array && features.shape.length === 2)
    ) {
      throw new TypeError(
        'Cannot decode features: the file needs an array "features" [n, dimension] of 32-bit floats',
      );
    }
    return { values: features.data, dimension: features.shape[1] ?? 0 };
  },
});
