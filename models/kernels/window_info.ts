/**
 * Sizes and padding of convolutions and poolings of tfjs, from what its kernels
 * are called with.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** Sizes and padding as tfjs has them. */
export type WindowInfo = tf.backend_util.Conv2DInfo;

/** [n, height, width, channel], or [height, width, channel, channel]. */
export type Shape4D = [number, number, number, number];

/** What the attributes of all these kernels say. */
export interface WindowAttributes {
  readonly strides: [number, number] | number;
  readonly dilations?: [number, number] | number | null;
  readonly pad: tf.Conv2DAttrs["pad"];
  readonly dimRoundingMode?: tf.Conv2DAttrs["dimRoundingMode"];
}

/** Sizes and padding of a convolution of x with a filter; with `depthwise`, of each channel on its own. */
export function convolutionInfo(
  shape: readonly number[],
  filterShape: readonly number[],
  { attributes, depthwise = false }: {
    readonly attributes: WindowAttributes;
    readonly depthwise?: boolean;
  },
): WindowInfo {
  return tf.backend_util.computeConv2DInfo(
    shape as Shape4D,
    filterShape as Shape4D,
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    depthwise,
  );
}

/** Sizes and padding of a pooling of x. */
export function poolInfo(
  shape: readonly number[],
  attributes: WindowAttributes & {
    readonly filterSize: [number, number] | number;
  },
): WindowInfo {
  return tf.backend_util.computePool2DInfo(
    shape as Shape4D,
    attributes.filterSize,
    attributes.strides,
    1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
}
