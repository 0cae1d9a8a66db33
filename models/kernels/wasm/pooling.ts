import * as tf from "@tensorflow/tfjs";
import { areFloats, type FastKernel, input } from "./fast_kernel.ts";

type Shape4D = [number, number, number, number];
type Info = tf.backend_util.Conv2DInfo;

interface Attributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: tf.MaxPoolAttrs["pad"];
  readonly dimRoundingMode?: tf.MaxPoolAttrs["dimRoundingMode"];
}

/** MaxPool of tfjs. */
export const maxPool: FastKernel = forward(0);
/** AvgPool of tfjs: padding does not count. */
export const avgPool: FastKernel = forward(1);
/** MaxPoolGrad of tfjs: the first of equal maxima takes the gradient. */
export const maxPoolGrad: FastKernel = backward(0);
/** AvgPoolGrad of tfjs. */
export const avgPoolGrad: FastKernel = backward(1);

function forward(average: 0 | 1): FastKernel {
  return (call) => {
    const { heap } = call;
    const x = input(call, "x");
    if (!areFloats(x) || x.shape.length !== 4) return undefined;
    const info = infoOf(x, call.attrs as Attributes);
    const y = heap.output(info.outShape);
    if (average === 1 && areWholeTwos(info)) {
      heap.kernels.averagePoolTwo(
        heap.pointer(x),
        heap.pointer(y),
        ...extentOf(info),
      );
      return y;
    }
    heap.kernels.pool(
      heap.pointer(x),
      heap.pointer(y),
      average,
      ...numbersOf(info),
    );
    return y;
  };
}

function backward(average: 0 | 1): FastKernel {
  return (call) => {
    const { heap } = call;
    const dy = input(call, "dy");
    const x = input(call, "input");
    if (!areFloats(x, dy) || x.shape.length !== 4) return undefined;
    const info = infoOf(x, call.attrs as Attributes);
    const dx = heap.output(x.shape);
    if (average === 1 && areWholeTwos(info)) {
      heap.kernels.averagePoolTwoGradient(
        heap.pointer(dy),
        heap.pointer(dx),
        ...extentOf(info),
      );
      return dx;
    }
    heap.kernels.poolGradient(
      heap.pointer(x),
      heap.pointer(dy),
      heap.pointer(dx),
      average,
      ...numbersOf(info),
    );
    return dx;
  };
}

function infoOf(x: tf.TensorInfo, attrs: Attributes): Info {
  return tf.backend_util.computePool2DInfo(
    x.shape as Shape4D,
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}

/** Whether the windows are 2×2 pixels, two apart, with no padding in any. */
function areWholeTwos(info: Info): boolean {
  return [
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
  ].every((size) => size === 2) &&
    info.padInfo.top === 0 && info.padInfo.left === 0 &&
    info.outHeight === Math.floor(info.inHeight / 2) &&
    info.outWidth === Math.floor(info.inWidth / 2);
}

function extentOf(info: Info): number[] {
  return [info.batchSize, info.inHeight, info.inWidth, info.inChannels];
}

function numbersOf(info: Info): number[] {
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}
