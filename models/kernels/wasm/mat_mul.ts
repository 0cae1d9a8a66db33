import * as tf from "@tensorflow/tfjs-core";
import { matMulKernels, type ProductOptions } from "../mat_mul_calls.ts";
import { areFloats, input, type KernelCall } from "./fast_kernel.ts";
import { packBias } from "./patch_product.ts";

/** The matrix products of this backend. */
export const matMuls = matMulKernels(multiply);

function multiply(
  call: KernelCall,
  { transposeA, transposeB, relu, bias }: ProductOptions,
): tf.TensorInfo | undefined {
  const { heap } = call;
  const { kernels } = heap;
  const a = input(call, "a");
  const b = input(call, "b");
  if (!areFloats(a, b)) return undefined;
  const [rowsA, columnsA] = matrix(a);
  const [rowsB, columnsB] = matrix(b);
  const rows = transposeA ? columnsA : rowsA;
  const depth = transposeA ? rowsA : columnsA;
  const columns = transposeB ? rowsB : columnsB;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
  const batch = tf.util.sizeFromShape(outer);
  const indexA = batchIndices(a.shape.slice(0, -2), outer);
  const indexB = batchIndices(b.shape.slice(0, -2), outer);
  const y = heap.output([...outer, rows, columns]);
  const panels = Math.ceil(columns / 8);
  const [packed = 0, offsets = 0, start = 0, turned = 0] = heap.scratch(
    panels * depth * 32,
    4,
    panels * 32,
    transposeA ? rows * depth * 4 : 0,
  );
  heap.writeIntegers(offsets, [0]);
  packBias(heap, { bias, columns, to: start });
  let packedB = -1;
  let turnedA = -1;
  for (let i = 0; i < batch; i++) {
    const fromA = indexA[i] ?? 0;
    const fromB = indexB[i] ?? 0;
    const from = heap.pointer(a) + fromA * rows * depth * 4;
    if (fromB !== packedB) {
      packedB = fromB;
      kernels.pack(
        heap.pointer(b) + fromB * depth * columns * 4,
        packed,
        depth,
        columns,
        transposeB ? 4 : columns * 4,
        transposeB ? depth * 4 : 4,
        depth * 32,
      );
    }
    if (transposeA && fromA !== turnedA) {
      turnedA = fromA;
      kernels.transpose(from, turned, depth, rows);
    }
    kernels.convolve(
      transposeA ? turned : from,
      packed,
      start,
      heap.pointer(y) + i * rows * columns * 4,
      1,
      1,
      rows,
      0,
      0,
      depth * 4,
      offsets,
      1,
      depth,
      columns,
      relu ? 1 : 0,
    );
  }
  return y;
}

/** Rows and columns of the matrices of a batch. */
function matrix(tensor: tf.TensorInfo): [rows: number, columns: number] {
  const rank = tensor.shape.length;
  return [tensor.shape[rank - 2] ?? 1, tensor.shape[rank - 1] ?? 1];
}

/** For every matrix of a batch of shape `outer`, which one of a batch of shape `shape` it uses. */
function batchIndices(
  shape: readonly number[],
  outer: readonly number[],
): number[] {
  let indices = [0];
  for (const [i, size] of outer.entries()) {
    const own = shape[i - (outer.length - shape.length)] ?? 1;
    indices = indices.flatMap((index) =>
      Array.from({ length: size }, (_, j) => index * own + (own === 1 ? 0 : j))
    );
  }
  return indices;
}
