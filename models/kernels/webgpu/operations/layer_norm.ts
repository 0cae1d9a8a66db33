import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "../passes/column_sums.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { runRows } from "../passes/row_pass.ts";

/** The kernel behind models/ops/layer_norm.ts. */
export function layerNorm(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const scale = input(call, "scale");
  const offset = input(call, "offset");
  const { epsilon } = call.attrs as { readonly epsilon: number };
  if (!areFloats(x, scale, offset)) return undefined;
  const columns = x.shape.at(-1) ?? 1;
  const rows = tf.util.sizeFromShape([...x.shape]) / columns;
  const y = gpu.output(x.shape);
  const mean = gpu.output([...x.shape.slice(0, -1), 1]);
  const inverse = gpu.output(mean.shape);
  runRows(gpu, {
    rows,
    columns,
    arrays: (element) => ({
      written: {
        y: [element, y],
        mean: ["f32", mean],
        inverse: ["f32", inverse],
      },
      read: {
        x: [element, x],
        scale: [element, scale],
        offset: [element, offset],
      },
    }),
    body: ({ element, each, total, once }) => `
  var sum = ${element}();
  ${each("sum += x[at];")}
  ${total("sum")}
  let centre = sumAll / ${columns}.0;
  // Of differences to the mean, so that no digits cancel where it is far from zero.
  var squares = ${element}();
  ${each("let d = x[at] - centre; squares = fma(d, d, squares);")}
  ${total("squares")}
  let factor = inverseSqrt(squaresAll / ${columns}.0 + ${epsilon});
  if (isThere) {
    ${each("y[at] = (x[at] - centre) * factor * scale[c] + offset[c];")}
  }
  ${once("mean[row] = centre; inverse[row] = factor;")}`,
  });
  return [y, mean, inverse];
}

/** The gradient of {@linkcode layerNorm}. */
export function layerNormGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const scale = input(call, "scale");
  const mean = input(call, "mean");
  const inverse = input(call, "inverse");
  const dy = input(call, "dy");
  if (!areFloats(x, scale, dy)) return undefined;
  const columns = x.shape.at(-1) ?? 1;
  const rows = tf.util.sizeFromShape([...x.shape]) / columns;
  const dx = gpu.output(x.shape);
  runRows(gpu, {
    rows,
    columns,
    arrays: (element) => ({
      written: { dx: [element, dx] },
      read: {
        x: [element, x],
        dy: [element, dy],
        scale: [element, scale],
        mean: ["f32", mean],
        inverse: ["f32", inverse],
      },
    }),
    body: ({ element, each, total }) => `
  let centre = mean[row];
  let factor = inverse[row];
  var sum = ${element}();
  var products = ${element}();
  ${
      each(
        "let d = dy[at] * scale[c]; sum += d; products = fma(d, (x[at] - centre) * factor, products);",
      )
    }
  ${total("sum")}
  ${total("products")}
  if (isThere) {
    ${
      each(
        `dx[at] = (dy[at] * scale[c] - sumAll / ${columns}.0 - (x[at] - centre) * factor * (productsAll / ${columns}.0)) * factor;`,
      )
    }
  }`,
  });
  const dscale = gpu.output([columns]);
  const doffset = gpu.output([columns]);
  columnSums(gpu, {
    rows,
    columns,
    sums: {
      doffset: [doffset, "dy[at]"],
      dscale: [dscale, "dy[at] * (x[at] - mean[row]) * inverse[row]"],
    },
    arrays: (element) => ({
      x: [element, x],
      dy: [element, dy],
      mean: ["f32", mean],
      inverse: ["f32", inverse],
    }),
  });
  return [dx, dscale, doffset];
}
