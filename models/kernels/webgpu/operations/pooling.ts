import { poolInfo, type WindowInfo } from "../../window_info.ts";
import { areFloats, type FastKernel, input } from "../gpu/gpu_kernel.ts";
import { runLanes } from "../passes/lane_pass.ts";

type PoolAttributes = Parameters<typeof poolInfo>[1];
type Kind = "max" | "average";

/** MaxPool of tfjs. */
export const maxPool: FastKernel = forward("max");
/** AvgPool of tfjs: padding does not count. */
export const avgPool: FastKernel = forward("average");
/** MaxPoolGrad of tfjs: the first of equal maxima takes the gradient. */
export const maxPoolGrad: FastKernel = backward("max");
/** AvgPoolGrad of tfjs. */
export const avgPoolGrad: FastKernel = backward("average");

function forward(kind: Kind): FastKernel {
  return (call) => {
    const { gpu } = call;
    const x = input(call, "x");
    if (!areFloats(x) || x.shape.length !== 4) return undefined;
    const info = poolInfo(x.shape, call.attrs as PoolAttributes);
    const { element, across } = channelsOf(info);
    const y = gpu.output(info.outShape);
    runLanes(gpu, {
      n: info.batchSize * info.outHeight * info.outWidth * across,
      written: { y: [element, y] },
      read: { x: [element, x] },
      body: `
  let c = i % ${across}u;
  let pixel = i / ${across}u;
  let image = pixel / ${info.outHeight * info.outWidth}u;
  let top = i32(pixel / ${info.outWidth}u % ${info.outHeight}u * ${info.strideHeight}u) - ${info.padInfo.top};
  let left = i32(pixel % ${info.outWidth}u * ${info.strideWidth}u) - ${info.padInfo.left};
  ${kind === "max" ? best(info, element) : average(info, element)}
  y[i] = ${kind === "max" ? "highest" : "sum / pixels"};`,
    });
    return y;
  };
}

/** Each input pixel gathers from the windows that it is in. */
function backward(kind: Kind): FastKernel {
  return (call) => {
    const { gpu } = call;
    const dy = input(call, "dy");
    const x = input(call, "input");
    if (!areFloats(x, dy) || x.shape.length !== 4) return undefined;
    const info = poolInfo(x.shape, call.attrs as PoolAttributes);
    const { element, across } = channelsOf(info);
    const dx = gpu.output(x.shape);
    const share = kind === "max"
      ? `${best(info, element)}
      let own = u32((row - top) * ${info.filterWidth} + column - left);
      sum_ += select(${element}(), dy[out], where_ == ${
        element === "f32" ? "own" : "vec4u(own)"
      });`
      : `${pixelsOf(info)}
      sum_ += dy[out] / pixels;`;
    runLanes(gpu, {
      n: info.batchSize * info.inHeight * info.inWidth * across,
      written: { dx: [element, dx] },
      read: { dy: [element, dy], ...kind === "max" ? { x: [element, x] } : {} },
      body: `
  let c = i % ${across}u;
  let pixel = i / ${across}u;
  let image = pixel / ${info.inHeight * info.inWidth}u;
  let row = i32(pixel / ${info.inWidth}u % ${info.inHeight}u);
  let column = i32(pixel % ${info.inWidth}u);
  var sum_ = ${element}();
  let highestDown = min((row + ${info.padInfo.top}) / ${info.strideHeight}, ${
        info.outHeight - 1
      });
  let highestRight = min((column + ${info.padInfo.left}) / ${info.strideWidth}, ${
        info.outWidth - 1
      });
  let lowestDown = max(0, (row + ${info.padInfo.top} - ${
        info.filterHeight - info.strideHeight
      }) / ${info.strideHeight});
  let lowestRight = max(0, (column + ${info.padInfo.left} - ${
        info.filterWidth - info.strideWidth
      }) / ${info.strideWidth});
  for (var down = lowestDown; down <= highestDown; down++) {
    let top = down * ${info.strideHeight} - ${info.padInfo.top};
    if (row - top >= ${info.filterHeight}) { continue; }
    for (var right = lowestRight; right <= highestRight; right++) {
      let left = right * ${info.strideWidth} - ${info.padInfo.left};
      if (column - left >= ${info.filterWidth}) { continue; }
      let out = ((image * ${info.outHeight}u + u32(down)) * ${info.outWidth}u + u32(right)) * ${across}u + c;
      ${share}
    }
  }
  dx[i] = sum_;`,
    });
    return dx;
  };
}

/** Visits the pixels of a window that begins at `top` and `left`; `value` is what is there. */
function eachPixel(info: WindowInfo, body: string): string {
  const { across } = channelsOf(info);
  return `for (var u = 0; u < ${info.filterHeight}; u++) {
    let y_ = top + u;
    if (y_ < 0 || y_ >= ${info.inHeight}) { continue; }
    for (var v = 0; v < ${info.filterWidth}; v++) {
      let x_ = left + v;
      if (x_ < 0 || x_ >= ${info.inWidth}) { continue; }
      let value = x[((image * ${info.inHeight}u + u32(y_)) * ${info.inWidth}u + u32(x_)) * ${across}u + c];
      ${body}
    }
  }`;
}

/** Declares `highest` and, as `where_`, which pixel of the window has it first. */
function best(info: WindowInfo, element: "vec4f" | "f32"): string {
  const places = element === "vec4f" ? "vec4u" : "u32";
  // The first pixel that counts beats everything, also what is below all floats but −∞.
  return `var highest = ${element}();
  var where_ = ${places}(${info.filterHeight * info.filterWidth}u);
  var isFirst = true;
  ${
    eachPixel(
      info,
      `let isHigher = (value > highest) | ${
        element === "vec4f" ? "vec4<bool>(isFirst)" : "isFirst"
      };
      highest = select(highest, value, isHigher);
      where_ = select(where_, ${places}(u32(u * ${info.filterWidth} + v)), isHigher);
      isFirst = false;`,
    )
  }`;
}

/** Declares `sum` of a window and how many `pixels` of it are in the image. */
function average(info: WindowInfo, element: "vec4f" | "f32"): string {
  return `var sum = ${element}();
  ${eachPixel(info, "sum += value;")}
  ${pixelsOf(info)}`;
}

/** Declares how many `pixels` of the window at `top` and `left` are in the image. */
function pixelsOf(info: WindowInfo): string {
  return `let pixels = f32((min(top + ${info.filterHeight}, ${info.inHeight}) - max(top, 0)) * (min(left + ${info.filterWidth}, ${info.inWidth}) - max(left, 0)));`;
}

/** Channels of a pixel, in fours where they divide into them. */
function channelsOf({ inChannels }: WindowInfo): {
  readonly element: "vec4f" | "f32";
  readonly across: number;
} {
  return inChannels % 4 === 0
    ? { element: "vec4f", across: inChannels / 4 }
    : { element: "f32", across: inChannels };
}
