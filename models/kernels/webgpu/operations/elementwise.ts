/**
 * Maps of floats as their bits. WGSL lets a device assume that no value is NaN
 * and that zeros have no sign; of integers it promises everything.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import { areFloats, type FastKernel, input } from "../gpu/gpu_kernel.ts";
import { placesOf, runLanes } from "../passes/lane_pass.ts";
import { INFINITY, SIGN } from "../passes/positive_part.ts";

/** Writes an integer as one of each place. */
type Splat = (bits: number) => string;

/** Whether `v` is among the bits `from` … `to`. */
function isAmong(from: number, to: number, splat: Splat): string {
  return `(v - ${splat(from)} <= ${splat(to - from)})`;
}

/** `v`, with 0 in place of what is below; −0 is. */
function positivePart(splat: Splat): string {
  const isNegative = isAmong(SIGN, SIGN + INFINITY, splat);
  return `select(v, ${splat(0)}, ${isNegative})`;
}

/** Relu of tfjs. */
export const relu: FastKernel = bitMap((splat) => positivePart(splat));

/** Relu6 of tfjs. */
export const relu6: FastKernel = bitMap((splat) =>
  `select(${positivePart(splat)}, ${splat(bitsOf(6))}, ${
    isAmong(bitsOf(6), INFINITY, splat)
  })`
);

/** Neg of tfjs. */
export const neg: FastKernel = bitMap((splat) => `v ^ ${splat(SIGN)}`);

/** Step of tfjs. */
export const step: FastKernel = bitMap((splat, attributes) => {
  const { alpha } = attributes as tf.StepAttrs;
  const isNumber = `((v & ${splat(SIGN - 1)}) <= ${splat(INFINITY)})`;
  const ofNumber = `select(${splat(bitsOf(alpha))}, ${splat(bitsOf(1))}, ${
    isAmong(1, INFINITY, splat)
  })`;
  return `select(v, ${ofNumber}, ${isNumber})`;
});

/** A kernel from `x` to the bits that WGSL makes of the bits `v` of each value. */
function bitMap(
  code: (splat: Splat, attributes: unknown) => string,
): FastKernel {
  return (call) => {
    const { gpu, attrs } = call;
    const x = input(call, "x");
    if (!areFloats(x)) return undefined;
    const y = gpu.output(x.shape);
    const { n, inFours } = placesOf(x);
    const element = inFours ? "vec4u" : "u32";
    runLanes(gpu, {
      n,
      written: { y: [element, y] },
      read: { x: [element, x] },
      body: `let v = x[i];
  y[i] = ${code((bits) => `${element}(${bits}u)`, attrs)};`,
    });
    return y;
  };
}

/** The bits of a number in single precision. */
function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0] as number;
}
