import * as tf from "@tensorflow/tfjs-core";
import { matMulKernels, type ProductOptions } from "../../mat_mul_calls.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { type Matrix, matrixBlocks, matrixLines } from "./operand.ts";
import { product } from "./product.ts";
import { tileDepth } from "./product_tile.ts";

/** The matrix products of this backend. */
export const matMuls = matMulKernels(multiply);

function multiply(
  call: KernelCall,
  { transposeA, transposeB, relu, bias }: ProductOptions,
): KernelOutput {
  const a = input(call, "a");
  const b = input(call, "b");
  if (!areFloats(a, b)) return undefined;
  const [rowsA = 1, columnsA = 1] = a.shape.slice(-2);
  const [rowsB = 1, columnsB = 1] = b.shape.slice(-2);
  const rows = transposeA ? columnsA : rowsA;
  const depth = transposeA ? rowsA : columnsA;
  const columns = transposeB ? rowsB : columnsB;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
  const batch = tf.util.sizeFromShape(outer);
  const shape = [...outer, rows, columns];
  if (batch * rows * columns === 0 || depth === 0) return undefined;
  const { tiling, precision } = call.gpu;
  const operand = (matrix: Omit<Matrix, "step">) =>
    tiling.tiles.length > 0
      ? matrixBlocks({ ...matrix, step: tileDepth(precision) })
      : matrixLines(matrix);
  return product(call.gpu, { batch, rows, depth, columns }, {
    a: {
      operand: operand({
        array: "a",
        across: rows,
        depth,
        along: transposeA ? "across" : "depth",
        index: matrixIndex(a.shape.slice(0, -2), outer),
      }),
      tensor: a,
    },
    b: {
      operand: operand({
        array: "b",
        across: columns,
        depth,
        along: transposeB ? "depth" : "across",
        index: matrixIndex(b.shape.slice(0, -2), outer),
      }),
      tensor: b,
    },
    shape,
    bias,
    relu,
  });
}

/** Which matrix of a batch of shape `shape` the matrix `batch` of a batch of shape `outer` uses, in WGSL. */
function matrixIndex(
  shape: readonly number[],
  outer: readonly number[],
): string {
  const own = outer.map((_, i) =>
    shape[i - (outer.length - shape.length)] ?? 1
  );
  if (own.every((size) => size === 1)) return "0u";
  if (own.every((size, i) => size === outer[i])) return "batch";
  const after = (sizes: readonly number[], i: number) =>
    tf.util.sizeFromShape(sizes.slice(i + 1));
  const terms = own.flatMap((size, i) =>
    size === 1 ? [] : [
      `(batch / ${after(outer, i)}u) % ${size}u * ${after(own, i)}u`,
    ]
  );
  return `(${terms.join(" + ")})`;
}
