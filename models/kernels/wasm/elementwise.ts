import * as tf from "@tensorflow/tfjs-core";
import {
  areFloats,
  type FastKernel,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";
import type { Heap } from "./heap.ts";

/** Numbers of the operations in assembly/elementwise.ts. */
const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const MAXIMUM = 4;
const MINIMUM = 5;
const SUBTRACT_FROM = 6;
const DIVIDE_INTO = 7;
const RELU = 0;
const STEP = 1;
const SQUARE = 2;
const NEGATE = 3;

type Loops = [outer: number, groups: number, repeats: number, run: number];

/** Add of tfjs, like the others for float32 and broadcasting of one operand. */
export const add: FastKernel = binary(ADD, ADD);
/** Sub of tfjs. */
export const sub: FastKernel = binary(SUBTRACT, SUBTRACT_FROM);
/** Multiply of tfjs. */
export const multiply: FastKernel = binary(MULTIPLY, MULTIPLY);
/** RealDiv of tfjs. */
export const realDiv: FastKernel = binary(DIVIDE, DIVIDE_INTO);
/** Maximum of tfjs. */
export const maximum: FastKernel = binary(MAXIMUM, MAXIMUM);
/** Minimum of tfjs. */
export const minimum: FastKernel = binary(MINIMUM, MINIMUM);
/** Relu of tfjs. */
export const relu: FastKernel = unary(RELU);
/** Square of tfjs. */
export const square: FastKernel = unary(SQUARE);
/** Neg of tfjs. */
export const neg: FastKernel = unary(NEGATE);

/** Step of tfjs with alpha 0. */
export function step(call: KernelCall): KernelOutput {
  const { alpha } = call.attrs as tf.StepAttrs;
  return alpha === 0 ? unary(STEP)(call) : undefined;
}

/** AddN of tfjs: the tensors in their order. */
export function addN(call: KernelCall): KernelOutput {
  const { heap } = call;
  const tensors = (call.inputs as unknown as tf.TensorInfo[]).slice();
  const [first, second, ...rest] = tensors;
  if (!areFloats(...tensors) || first === undefined || second === undefined) {
    return undefined;
  }
  const size = tf.util.sizeFromShape(first.shape);
  const y = heap.output(first.shape);
  const to = heap.pointer(y);
  sum(heap.pointer(first), heap.pointer(second));
  for (const tensor of rest) sum(to, heap.pointer(tensor));
  return y;

  function sum(a: number, b: number): void {
    heap.kernels.binary(ADD, a, b, to, 1, 1, 1, size);
  }
}

function binary(operation: number, swapped: number): FastKernel {
  return (call) => {
    const { heap } = call;
    const a = input(call, "a");
    const b = input(call, "b");
    if (!areFloats(a, b)) return undefined;
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(
      a.shape,
      b.shape,
    );
    const size = tf.util.sizeFromShape(shape);
    const whole = tf.util.sizeFromShape(a.shape) === size;
    const [full, part] = whole ? [a, b] : [b, a];
    if (tf.util.sizeFromShape(full.shape) !== size) return undefined;
    const loops = broadcastLoops(shape, part.shape);
    if (loops === undefined) return undefined;
    const y = heap.output(shape);
    const [operand, ...counts] = inLongRuns(heap, heap.pointer(part), loops);
    heap.kernels.binary(
      whole ? operation : swapped,
      heap.pointer(full),
      operand,
      heap.pointer(y),
      ...counts,
    );
    return y;
  };
}

/** Repetitions of a short run that are written out, and from how many on. */
const COPIES = 64;
const MANY_REPEATS = 1024;

/**
 * The same loops over an operand in which a short run, such as a value for
 * each channel of a picture, is repeated to fill whole vectors.
 */
function inLongRuns(
  heap: Heap,
  operand: number,
  loops: Loops,
): [operand: number, ...Loops] {
  const [outer, groups, repeats, run] = loops;
  const short = groups === 1 && run > 1 && run < COPIES;
  if (!short || repeats < MANY_REPEATS || repeats % COPIES !== 0) {
    return [operand, ...loops];
  }
  const [written = 0] = heap.scratch(COPIES * run * 4);
  heap.kernels.copyRows(operand, written, COPIES, run * 4, 0, run * 4);
  return [written, outer, 1, repeats / COPIES, run * COPIES];
}

function unary(operation: number): FastKernel {
  return (call) => {
    const { heap } = call;
    const x = input(call, "x");
    if (!areFloats(x)) return undefined;
    const y = heap.output(x.shape);
    const size = tf.util.sizeFromShape(x.shape);
    heap.kernels.unary(operation, heap.pointer(x), heap.pointer(y), size);
    return y;
  };
}

/**
 * How to run through `shape` with an operand of shape `part` broadcast over
 * it: [outer, groups, repeats, run], the operand being [groups, run]; or
 * `undefined` if its axes alternate more often than that.
 */
export function broadcastLoops(
  shape: readonly number[],
  part: readonly number[],
): Loops | undefined {
  // Neighbouring axes that the operand has, or lacks, are one.
  const runs: { size: number; has: boolean }[] = [];
  const lacking = shape.length - part.length;
  for (const [i, size] of shape.entries()) {
    if (size === 1) continue;
    const has = i >= lacking && part[i - lacking] !== 1;
    const last = runs.at(-1);
    if (last?.has === has) last.size *= size;
    else runs.push({ size, has });
  }
  const outer = runs[0]?.has === false ? runs.shift()?.size ?? 1 : 1;
  const [groups, repeats, run, ...more] = runs.map(({ size }) => size);
  if (more.length > 0) return undefined;
  if (groups === undefined) return [1, 1, outer, 1]; // one value for all
  if (repeats === undefined) return [1, 1, outer, groups];
  return [outer, groups, repeats, run ?? 1];
}
