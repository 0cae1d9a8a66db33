import * as tf from "@tensorflow/tfjs-core";

type Shape = readonly number[];

/** Floating-point operations of one call of a kernel that multiplies matrices or convolves; 0 for others, which only wait for memory. */
export function operationsOf(
  kernel: string,
  { inputs, output, attributes }: {
    /** Shapes by name. */
    readonly inputs: Readonly<Record<string, Shape>>;
    /** Shape of the first output. */
    readonly output: Shape;
    readonly attributes: Readonly<Record<string, unknown>>;
  },
): number {
  const size = (shape: Shape) => tf.util.sizeFromShape([...shape]);
  if (kernel === "BatchMatMul" || kernel === "_FusedMatMul") {
    const { a = [] } = inputs;
    const depth = a.at(attributes["transposeA"] === true ? -2 : -1) ?? 0;
    return 2 * size(output) * depth;
  }
  if (!/Conv/.test(kernel)) return 0;
  const filter = inputs["filter"] ?? attributes["filterShape"] as Shape;
  // Gradients multiply what the convolution does: dy takes the place of its output.
  const pixels = size(inputs["dy"] ?? output);
  const [height = 0, width = 0, channels = 0] = filter;
  return 2 * pixels * height * width *
    (/^Depthwise/.test(kernel) ? 1 : channels);
}
