import type * as tf from "@tensorflow/tfjs-core";
import type { ConvolutionSizes } from "./convolution_sizes.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { matrixBlocks } from "../products/operand.ts";
import {
  patchBlocks,
  turnedFilterBlocks,
  turnedPatchBlocks,
} from "./patch_operand.ts";
import { product } from "../products/product.ts";
import { tileDepth } from "../products/product_tile.ts";

/** Output channels from which on the narrowest tile that multiplies at full rate, of 32 columns, is more than half full. */
const LEAST_CHANNELS = 20;

/** Whether a convolution is better computed as a product of tiles in shared memory. */
export function suitsTiles(
  { tiling }: Pick<Gpu, "tiling">,
  { channels, outChannels }: ConvolutionSizes,
): boolean {
  return tiling.tiles.length > 0 && channels % 4 === 0 &&
    outChannels % 4 === 0 && outChannels >= LEAST_CHANNELS;
}

/** The tensors of a convolution, and what is done to its product. */
export interface ConvolutionOperands {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
  /** Whether the filter is to be turned round. */
  readonly turned: boolean;
  readonly shape: readonly number[];
  readonly bias?: tf.TensorInfo | undefined;
  readonly residual?: tf.TensorInfo | undefined;
  readonly relu: boolean;
}

/** A convolution as the product of patches and the filter. */
export function tiledConvolution(
  gpu: Gpu,
  sizes: ConvolutionSizes,
  { x, filter, turned, shape, ...added }: ConvolutionOperands,
): tf.TensorInfo {
  const { outChannels, channels, filterHeight, filterWidth } = sizes;
  const depth = filterHeight * filterWidth * channels;
  return product(gpu, {
    batch: 1,
    rows: sizes.images * sizes.outHeight * sizes.outWidth,
    depth,
    columns: outChannels,
  }, {
    a: { operand: patchBlocks("a", sizes), tensor: x },
    b: {
      operand: turned
        ? turnedFilterBlocks("b", { across: outChannels, sizes })
        : matrixBlocks({
          array: "b",
          across: outChannels,
          depth,
          along: "across",
          index: "0u",
          step: tileDepth(gpu.precision),
        }),
      tensor: filter,
    },
    shape,
    ...added,
  });
}

/** The gradient of a convolution's filter as the product of turned patches and dy. */
export function tiledFilterGradient(
  gpu: Gpu,
  sizes: ConvolutionSizes,
  { x, dy, shape }: {
    readonly x: tf.TensorInfo;
    readonly dy: tf.TensorInfo;
    readonly shape: readonly number[];
  },
): tf.TensorInfo {
  const { outChannels, channels, filterHeight, filterWidth } = sizes;
  const depth = sizes.images * sizes.outHeight * sizes.outWidth;
  return product(gpu, {
    batch: 1,
    rows: filterHeight * filterWidth * channels,
    depth,
    columns: outChannels,
  }, {
    a: { operand: turnedPatchBlocks("a", sizes), tensor: x },
    b: {
      operand: matrixBlocks({
        array: "b",
        across: outChannels,
        depth,
        along: "across",
        index: "0u",
        step: tileDepth(gpu.precision),
      }),
      tensor: dy,
    },
    shape,
  });
}
