/**
 * The matrix products of tfjs as calls of one function that a backend has.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { Call, FastKernelOf, KernelOutput } from "./fast_kernel.ts";

/** What is done to the operands a and b of a product, and to the product. */
export interface ProductOptions {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Whether a ReLU follows the product. */
  readonly relu: boolean;
  /** Bias that is added before the ReLU: [column]. */
  readonly bias?: tf.TensorInfo | undefined;
}

/** Kernels by what they compute. */
export interface MatMulKernels<Own> {
  /** BatchMatMul of tfjs, with either operand transposed. */
  readonly batchMatMul: FastKernelOf<Own>;
  /** _FusedMatMul of tfjs with a bias and no activation or ReLU. */
  readonly fusedMatMul: FastKernelOf<Own>;
}

/** The kernels of a backend that computes products by `multiply`. */
export function matMulKernels<Own>(
  multiply: (call: Call & Own, options: ProductOptions) => KernelOutput,
): MatMulKernels<Own> {
  return {
    batchMatMul(call) {
      const { transposeA, transposeB } = call.attrs as tf.BatchMatMulAttrs;
      return multiply(call, { transposeA, transposeB, relu: false });
    },
    fusedMatMul(call) {
      const { transposeA, transposeB, activation } = call
        .attrs as tf._FusedMatMulAttrs;
      const bias = call.inputs["bias"] ?? undefined;
      if (activation !== "linear" && activation !== "relu") return undefined;
      if (bias !== undefined && bias.shape.length !== 1) return undefined;
      const relu = activation === "relu";
      return multiply(call, { transposeA, transposeB, relu, bias });
    },
  };
}
