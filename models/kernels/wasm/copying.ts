import * as tf from "@tensorflow/tfjs-core";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";

/** Identity of tfjs: the same values once more, not a copy as tfjs's wasm backend makes. */
export function identity(call: KernelCall): KernelOutput {
  const x = input(call, "x");
  call.heap.share(x);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** Cast of tfjs to the type that the values have, which tfjs's wasm backend copies. */
export function cast(call: KernelCall): KernelOutput {
  const { dtype } = call.attrs as tf.CastAttrs;
  return input(call, "x").dtype === dtype ? identity(call) : undefined;
}

/** PadV2 of tfjs with zeros along one axis. */
export function padV2(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const { paddings, constantValue } = call.attrs as tf.PadV2Attrs;
  const axis = onlyAxis(paddings.map(([before, after]) => before + after > 0));
  if (!areFloats(x) || constantValue !== 0 || axis === undefined) {
    return undefined;
  }
  const [before, after] = paddings[axis] ?? [0, 0];
  const size = x.shape[axis] ?? 1;
  const shape = x.shape.with(axis, before + size + after);
  const y = heap.output(shape);
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1)) * 4;
  const rows = tf.util.sizeFromShape(x.shape.slice(0, axis));
  heap.kernels.clear(heap.pointer(y), tf.util.sizeFromShape(shape) * 4);
  heap.kernels.copyRows(
    heap.pointer(x),
    heap.pointer(y) + before * inner,
    rows,
    size * inner,
    size * inner,
    (before + size + after) * inner,
  );
  return y;
}

/** Slice of tfjs along one axis. */
export function slice(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const { begin, size } = call.attrs as tf.SliceAttrs;
  if (!areFloats(x)) return undefined;
  const [from = [], shape = []] = tf.slice_util.parseSliceParams(
    x as tf.Tensor,
    begin,
    size,
  );
  const axis = onlyAxis(shape.map((value, i) => value !== x.shape[i]));
  if (axis === undefined) return undefined;
  const y = heap.output(shape);
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1)) * 4;
  const taken = shape[axis] ?? 1;
  heap.kernels.copyRows(
    heap.pointer(x) + (from[axis] ?? 0) * inner,
    heap.pointer(y),
    tf.util.sizeFromShape(x.shape.slice(0, axis)),
    taken * inner,
    (x.shape[axis] ?? 1) * inner,
    taken * inner,
  );
  return y;
}

/** Unpack of tfjs: the parts along one axis. */
export function unpack(call: KernelCall): KernelOutput {
  const { heap } = call;
  const value = input(call, "value");
  const attrs = call.attrs as tf.UnpackAttrs;
  if (!areFloats(value)) return undefined;
  const axis = attrs.axis < 0 ? attrs.axis + value.shape.length : attrs.axis;
  const count = value.shape[axis] ?? 1;
  const bytes = tf.util.sizeFromShape(value.shape.slice(axis + 1)) * 4;
  return Array.from({ length: count }, (_, i) => {
    const part = heap.output(value.shape.toSpliced(axis, 1));
    heap.kernels.copyRows(
      heap.pointer(value) + i * bytes,
      heap.pointer(part),
      tf.util.sizeFromShape(value.shape.slice(0, axis)),
      bytes,
      count * bytes,
      bytes,
    );
    return part;
  });
}

/** Transpose of tfjs, of up to five axes that do not stay neighbours. */
export function transpose(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const { perm } = call.attrs as tf.TransposeAttrs;
  if (!areFloats(x)) return undefined;
  // Axes of the result, neighbours in both tensors joined.
  const axes: { size: number; step: number }[] = [];
  for (const axis of perm) {
    const size = x.shape[axis] ?? 1;
    if (size === 1) continue;
    const step = tf.util.sizeFromShape(x.shape.slice(axis + 1)) * 4;
    const last = axes.at(-1);
    if (last?.step === step * size) {
      last.size *= size;
      last.step = step;
    } else axes.push({ size, step });
  }
  if (axes.length > 5) return undefined;
  while (axes.length < 5) axes.unshift({ size: 1, step: 0 });
  const y = heap.output(perm.map((axis) => x.shape[axis] ?? 1));
  if (tf.util.sizeFromShape(x.shape) === 0) return y;
  const [table = 0] = heap.scratch(40);
  heap.writeIntegers(table, [
    ...axes.map(({ size }) => size),
    ...axes.map(({ step }) => step),
  ]);
  heap.kernels.permute(heap.pointer(x), heap.pointer(y), table);
  return y;
}

/** The one axis that changes, or `undefined` if none or several do. */
function onlyAxis(changes: readonly boolean[]): number | undefined {
  const axes = changes.flatMap((change, i) => change ? [i] : []);
  return axes.length === 1 ? axes[0] : undefined;
}
