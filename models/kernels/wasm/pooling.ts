import { poolInfo, type WindowInfo } from "../window_info.ts";
import { areFloats, type FastKernel, input } from "./fast_kernel.ts";

type PoolAttributes = Parameters<typeof poolInfo>[1];

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
    const info = poolInfo(x.shape, call.attrs as PoolAttributes);
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
    const info = poolInfo(x.shape, call.attrs as PoolAttributes);
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

/** Whether the windows are 2×2 pixels, two apart, with no padding in any. */
function areWholeTwos(info: WindowInfo): boolean {
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

function extentOf(info: WindowInfo): number[] {
  return [info.batchSize, info.inHeight, info.inWidth, info.inChannels];
}

function numbersOf(info: WindowInfo): number[] {
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
