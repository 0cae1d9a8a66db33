import type * as tf from "@tensorflow/tfjs-core";
import type { ConvolutionSizes } from "./convolution_sizes.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { arraysOf, runLanes } from "../passes/lane_pass.ts";
import { divisor, range } from "../passes/work_groups.ts";

/**
 * The gradient of a convolution's input at any strides: from dy [n, oh, ow, d]
 * and the filter [kh, kw, c, d] → [n, h, w, c].
 *
 * One invocation gathers what a few pixels of a row had a part in, for a few
 * input channels. Only every so many taps of the filter meet an output of a
 * pixel; an invocation takes pixels that meet the same taps, so each weight that
 * it loads serves all of them.
 */
export function gatheredInputGradient(
  gpu: Gpu,
  sizes: ConvolutionSizes,
  { dy, filter }: {
    readonly dy: tf.TensorInfo;
    readonly filter: tf.TensorInfo;
  },
): tf.TensorInfo {
  const { images, height, width, channels, outChannels, outWidth } = sizes;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = sizes;
  const dx = gpu.output([images, height, width, channels]);
  const parts = outChannels % 4 === 0 ? 4 : 1;
  const element = parts === 4 ? "vec4f" : "f32";
  const depth = outChannels / parts;
  const alike = Math.ceil(width / strideWidth);
  const pixels = range(Math.min(gpu.tiling.pixels, alike));
  const across = Math.ceil(alike / pixels.length);
  const tile = range(divisor(channels, 4));
  const blocks = channels / tile.length;
  const sums = pixels.map((p) => tile.map((c) => `sum${p}_${c}`));
  const load = pixels.map((p) =>
    `let at${p} = at + ${p};
      let isThere${p} = at${p} >= 0 && at${p} < ${outWidth};
      let place${p} = (row + u32(clamp(at${p}, 0, ${
      outWidth - 1
    }))) * ${depth}u;`
  );
  const gradients = pixels.map((p) =>
    `let g${p} = select(${element}(), dy[place${p} + d], isThere${p});`
  );
  const multiply = tile.flatMap((c) => [
    `{ let w = filter_[weights + ${c * depth}u + d];`,
    ...pixels.map((p) => `${sums[p]?.[c]} = fma(g${p}, w, ${sums[p]?.[c]});`),
    "}",
  ]);
  const store = pixels.flatMap((p) => [
    `if (column + ${p * strideWidth}u < ${width}u) {`,
    `let to = (line * ${width}u + column + ${
      p * strideWidth
    }u) * ${channels}u + block * ${tile.length}u;`,
    ...tile.map((c) => {
      const sum = sums[p]?.[c];
      return `dx[to + ${c}u] = ${
        parts === 4 ? `dot(${sum}, vec4f(1.0))` : sum
      };`;
    }),
    "}",
  ]);
  runLanes(gpu, {
    n: images * height * across * strideWidth * blocks,
    written: { dx: ["f32", dx] },
    read: arraysOf(element)({ dy, filter_: filter }),
    body: `
  let block = i % ${blocks}u;
  let rest = i / ${blocks}u;
  let column = (rest % ${across}u) * ${pixels.length * strideWidth}u
    + (rest / ${across}u) % ${strideWidth}u;
  let line = rest / ${across * strideWidth}u;
  let y = i32(line % ${height}u) + ${sizes.top};
  let x = i32(column) + ${sizes.left};
  ${sums.flat().map((sum) => `var ${sum} = ${element}();`).join(" ")}
  for (var k = y % ${strideHeight}; k < ${filterHeight}; k += ${strideHeight}) {
    let outRow = (y - k) / ${strideHeight};
    if (y < k || outRow >= ${sizes.outHeight}) { continue; }
    let row = ((line / ${height}u) * ${sizes.outHeight}u + u32(outRow)) * ${outWidth}u;
    for (var t = x % ${strideWidth}; t < ${filterWidth}; t += ${strideWidth}) {
      let at = (x - t) / ${strideWidth};
      ${load.join("\n      ")}
      let weights = (u32(k * ${filterWidth} + t) * ${channels}u + block * ${tile.length}u) * ${depth}u;
      for (var d = 0u; d < ${depth}u; d++) {
        ${gradients.join("\n        ")}
        ${multiply.join("\n        ")}
      }
    }
  }
  ${store.join("\n  ")}`,
  });
  return dx;
}
