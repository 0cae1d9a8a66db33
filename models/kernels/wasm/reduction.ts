import * as tf from "@tensorflow/tfjs-core";
import {
  areFloats,
  type FastKernel,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";

interface Attributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** Sum of tfjs over neighbouring axes. */
export const sum: FastKernel = reduction(() => 1);
/** Mean of tfjs over neighbouring axes. */
export const mean: FastKernel = reduction((count) => 1 / count);

/** UnsortedSegmentSum of tfjs along the first axis: the gradient of a gather. */
export function unsortedSegmentSum(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const ids = input(call, "segmentIds");
  const { numSegments } = call.attrs as tf.UnsortedSegmentSumAttrs;
  if (!areFloats(x) || ids.dtype !== "int32" || ids.shape.length !== 1) {
    return undefined;
  }
  const [rows = 0, ...rest] = x.shape;
  const y = heap.output([numSegments, ...rest]);
  heap.kernels.segmentSum(
    heap.pointer(x),
    heap.pointer(ids),
    heap.pointer(y),
    rows,
    tf.util.sizeFromShape(rest),
    numSegments,
  );
  return y;
}

function reduction(factor: (count: number) => number): FastKernel {
  return (call) => {
    const { heap } = call;
    const x = input(call, "x");
    const { axis, keepDims } = call.attrs as Attributes;
    if (!areFloats(x)) return undefined;
    const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const [first = 0] = axes;
    const neighbours = axes.every((value, i) => value === first + i);
    if (!neighbours) return undefined;
    const outer = x.shape.slice(0, first);
    const middle = x.shape.slice(first, first + axes.length);
    const inner = x.shape.slice(first + axes.length);
    const count = tf.util.sizeFromShape(middle);
    const y = heap.output([
      ...outer,
      ...(keepDims ? middle.map(() => 1) : []),
      ...inner,
    ]);
    heap.kernels.sumMiddle(
      heap.pointer(x),
      heap.pointer(y),
      tf.util.sizeFromShape(outer),
      count,
      tf.util.sizeFromShape(inner),
      factor(count),
    );
    return y;
  };
}

/** The kernel behind models/ops/cross_entropy.ts. */
export function softmaxCrossEntropyMean(call: KernelCall): KernelOutput {
  const { heap } = call;
  const logits = input(call, "logits");
  const labels = input(call, "labels");
  const { smoothing } = call.attrs as { readonly smoothing: number };
  if (!areFloats(logits) || labels.dtype !== "int32") return undefined;
  const [n = 0, classes = 0] = logits.shape;
  const loss = heap.output([]);
  const gradient = heap.output(logits.shape);
  heap.kernels.softmaxCrossEntropy(
    heap.pointer(logits),
    heap.pointer(labels),
    heap.pointer(loss),
    heap.pointer(gradient),
    n,
    classes,
    smoothing,
  );
  return [loss, gradient];
}
