import * as tf from "@tensorflow/tfjs-core";
import { runColumns } from "./column_pass.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { positivePart } from "./positive_part.ts";

/** What is done to a sum before it is written. */
export interface SumEpilogue {
  /** Bias that is added to each row: [column]. */
  readonly bias?: tf.TensorInfo | undefined;
  readonly relu?: boolean;
  /** Factor on the sum. */
  readonly factor?: number;
}

/**
 * Adds the slices of [slice, …] in their order, so that the result is the same
 * each time: atomic additions would come in any order.
 */
export function sumSlices(
  gpu: Gpu,
  { from, to, slices, epilogue = {} }: {
    readonly from: tf.TensorInfo;
    readonly to: tf.TensorInfo;
    readonly slices: number;
    readonly epilogue?: SumEpilogue;
  },
): void {
  const { bias, relu = false, factor = 1 } = epilogue;
  const size = tf.util.sizeFromShape([...to.shape]);
  const columns = bias?.shape[0] ?? size;
  const vector = columns % 4 === 0;
  const element = vector ? "vec4f" : "f32";
  const parts = vector ? 4 : 1;
  const n = size / parts;
  runColumns(gpu, {
    n,
    rows: slices,
    element,
    written: { total: [element, to] },
    read: {
      slices: [element, from],
      ...bias === undefined ? {} : { bias: [element, bias] },
    },
    sums: { sum: `sum += slices[r * ${n}u + i];` },
    body: `
  ${factor === 1 ? "" : `sum *= ${factor};`}
  ${bias === undefined ? "" : `sum += bias[i % ${columns / parts}u];`}
  total[i] = ${relu ? positivePart("sum", element) : "sum"};`,
  });
}
