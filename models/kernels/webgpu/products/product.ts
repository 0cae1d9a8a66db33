import type * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../gpu/gpu.ts";
import type { Operand } from "./operand.ts";
import { productProgram } from "./product_code.ts";
import { cutProduct } from "./product_cut.ts";
import type { ProductSizes } from "./product_tile.ts";
import { sumSlices } from "../passes/slices.ts";

/** A factor of a product and the tensor that it is loaded from. */
export interface Factor {
  readonly operand: Operand;
  readonly tensor: tf.TensorInfo;
}

/** Computes y = a·b + bias + residual, and its ReLU if asked for, as a tensor of `shape`. */
export function product(
  gpu: Gpu,
  sizes: ProductSizes,
  { a, b, shape, bias, residual, relu = false }: {
    readonly a: Factor;
    readonly b: Factor;
    readonly shape: readonly number[];
    /** Bias: [column]. */
    readonly bias?: tf.TensorInfo | undefined;
    /** Residual: [row, column], with columns that divide into fours; what it lacks counts as zero. */
    readonly residual?: tf.TensorInfo | undefined;
    readonly relu?: boolean;
  },
): tf.TensorInfo {
  const cut = cutProduct(sizes, {
    tiling: gpu.tiling,
    whole: residual !== undefined,
  });
  const atOnce = cut.slices === 1;
  const program = productProgram(sizes, {
    a: a.operand,
    b: b.operand,
    cut,
    epilogue: {
      bias: atOnce && bias !== undefined,
      residualColumns: residual?.shape.at(-1) ?? 0,
      relu: atOnce && relu,
    },
    precision: gpu.precision,
  });
  const y = gpu.output(shape);
  if (atOnce) {
    const further = [bias, residual].filter((one) => one !== undefined);
    gpu.run({
      ...program,
      bind: [y, a.tensor, b.tensor, ...further],
      written: 1,
    });
    return y;
  }
  const parts = gpu.output([cut.slices, ...shape]);
  gpu.run({ ...program, bind: [parts, a.tensor, b.tensor], written: 1 });
  sumSlices(gpu, {
    from: parts,
    to: y,
    slices: cut.slices,
    epilogue: { bias, relu },
  });
  gpu.free(parts);
  return y;
}
