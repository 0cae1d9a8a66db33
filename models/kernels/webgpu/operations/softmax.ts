import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../gpu/gpu.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { runRows } from "../passes/row_pass.ts";

/** Softmax of tfjs, over the last axis. */
export function softmax(call: KernelCall): KernelOutput {
  const logits = input(call, "logits");
  const { dim } = call.attrs as tf.SoftmaxAttrs;
  const isLast = dim === -1 || dim === logits.shape.length - 1;
  if (!areFloats(logits) || !isLast) return undefined;
  return forward(call.gpu, { x: logits, scale: 1 });
}

/** The kernel behind models/ops/scaled_softmax.ts. */
export function scaledSoftmax(call: KernelCall): KernelOutput {
  const x = input(call, "x");
  const { scale } = call.attrs as { readonly scale: number };
  return areFloats(x) ? [forward(call.gpu, { x, scale })] : undefined;
}

/** The gradient of {@linkcode scaledSoftmax}. */
export function scaledSoftmaxGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const y = input(call, "y");
  const dy = input(call, "dy");
  const { scale } = call.attrs as { readonly scale: number };
  if (!areFloats(y, dy)) return undefined;
  const dx = gpu.output(y.shape);
  runRows(gpu, {
    ...extentOf(y),
    arrays: (element) => ({
      written: { dx: [element, dx] },
      read: { y: [element, y], dy: [element, dy] },
    }),
    body: ({ element, each, total }) => `
  var sum = ${element}();
  ${each("sum = fma(dy[at], y[at], sum);")}
  ${total("sum")}
  if (isThere) { ${each(`dx[at] = ${scale} * y[at] * (dy[at] - sumAll);`)} }`,
  });
  return [dx];
}

function forward(
  gpu: Gpu,
  { x, scale }: { readonly x: tf.TensorInfo; readonly scale: number },
): tf.TensorInfo {
  const y = gpu.output(x.shape);
  runRows(gpu, {
    ...extentOf(x),
    arrays: (element) => ({
      written: { y: [element, y] },
      read: { x: [element, x] },
    }),
    body: ({ element, each, total, highest }) => `
  var top = x[row * ${
      extentOf(x).columns / (element === "vec4f" ? 4 : 1)
    }u] * ${scale};
  ${each(`top = max(top, x[at] * ${scale});`)}
  ${highest("top")}
  var sum = ${element}();
  ${each(`sum += exp(x[at] * ${scale} - topAll);`)}
  ${total("sum")}
  if (isThere) { ${each(`y[at] = exp(x[at] * ${scale} - topAll) / sumAll;`)} }`,
  });
  return y;
}

function extentOf(
  { shape }: tf.TensorInfo,
): { readonly rows: number; readonly columns: number } {
  const columns = shape.at(-1) ?? 1;
  return { rows: tf.util.sizeFromShape([...shape]) / columns, columns };
}
