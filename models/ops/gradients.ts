/**
 * The gradients of those operations of tfjs that networks are made of, as
 * `@tensorflow/tfjs` 4.22.0 (Apache-2.0) computes them, to the bit. Its core
 * has them only in files that Deno cannot load, and the package of all of tfjs
 * brings 240 MB more. For an operation that is missing here tfjs throws
 * "gradient function not found".
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import "./relu_gradient.ts";

/** By name of a kernel's input, its gradient. */
type InputGradients = Readonly<Record<string, () => tf.Tensor>>;

/** Registers the gradients of a kernel with one output. */
function register<A>(
  kernelName: string,
  { inputs = [], output = false, gradients }: {
    /** Names of the inputs that the gradients need: `saved`, in this order. */
    readonly inputs?: string[];
    /** Whether they need the output: the last of `saved`. */
    readonly output?: boolean;
    gradients(
      dy: tf.Tensor,
      saved: readonly [tf.Tensor, tf.Tensor],
      attributes: A,
    ): InputGradients;
  },
): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: inputs,
    outputsToSave: [output],
    gradFunc: (dy, saved, attributes) =>
      gradients(
        dy as tf.Tensor,
        saved as [tf.Tensor, tf.Tensor],
        attributes as unknown as A,
      ),
  });
}

/** Runs a kernel for which tfjs exports no operation. */
function run(
  kernelName: string,
  { inputs, attributes }: {
    readonly inputs: tf.NamedTensorMap;
    readonly attributes: Readonly<Record<string, unknown>>;
  },
): tf.Tensor {
  return tf.engine().runKernel(
    kernelName,
    inputs,
    attributes as tf.NamedAttrMap,
  );
}

/** The sum of `dy` over all along which `operand` was broadcast to its shape. */
function unbroadcast(dy: tf.Tensor, operand: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(operand.shape, dy.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, operand.shape);
}

/** `dy` of a reduction over `axis`, in every place that went into it. */
function spread(
  dy: tf.Tensor,
  { over: x, axis }: {
    readonly over: tf.Tensor;
    readonly axis: number | number[];
  },
): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const kept = x.shape.map((size, i) => axes.includes(i) ? 1 : size);
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape));
}

const ab = ["a", "b"];
const x = ["x"];

register(tf.Add, {
  inputs: ab,
  gradients: (dy, [a, b]) => ({
    a: () => unbroadcast(dy, a),
    b: () => unbroadcast(dy, b),
  }),
});
register(tf.Sub, {
  inputs: ab,
  gradients: (dy, [a, b]) => ({
    a: () => unbroadcast(dy, a),
    b: () => tf.neg(unbroadcast(dy, b)),
  }),
});
register(tf.Multiply, {
  inputs: ab,
  gradients: (dy, [a, b]) => ({
    a: () => unbroadcast(tf.mul(dy, b), a),
    b: () => unbroadcast(tf.mul(dy, a), b),
  }),
});
register(tf.RealDiv, {
  inputs: ab,
  gradients: (dy, [a, b]) => ({
    a: () => unbroadcast(tf.div(dy, b), a),
    b: () => tf.neg(tf.div(unbroadcast(tf.mul(dy, a), b), tf.square(b))),
  }),
});

register(tf.Neg, { gradients: (dy) => ({ x: () => tf.neg(dy) }) });
register(tf.Square, {
  inputs: x,
  gradients: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x, 2)) }),
});
register(tf.Sqrt, {
  inputs: x,
  gradients: (dy, [x]) => ({ x: () => tf.div(dy, tf.mul(tf.sqrt(x), 2)) }),
});
register(tf.Exp, {
  output: true,
  gradients: (dy, [y]) => ({ x: () => tf.mul(dy, y) }),
});
register(tf.Log, {
  inputs: x,
  gradients: (dy, [x]) => ({ x: () => tf.div(dy, x) }),
});
register(tf.Sigmoid, {
  output: true,
  gradients: (dy, [y]) => ({ x: () => tf.mul(dy, tf.mul(y, tf.sub(1, y))) }),
});
register(tf.Tanh, {
  output: true,
  gradients: (dy, [y]) => ({ x: () => tf.mul(tf.sub(1, tf.square(y)), dy) }),
});
register(tf.Softmax, {
  output: true,
  gradients: (dy, [y], { dim }: tf.SoftmaxAttrs) => ({
    logits: () => {
      const product = tf.mul(dy, y);
      return tf.sub(product, tf.mul(tf.sum(product, [dim], true), y));
    },
  }),
});

register(tf.Sum, {
  inputs: x,
  gradients: (dy, [x], { axis }: tf.SumAttrs) => ({
    x: () => spread(dy, { over: x, axis }),
  }),
});
register(tf.Mean, {
  inputs: x,
  gradients: (dy, [x], { axis }: tf.MeanAttrs) => ({
    x: () =>
      tf.div(
        spread(dy, { over: x, axis }),
        x.size / dy.size,
      ),
  }),
});

// A copy: tfjs frees what it is given.
const copy = { gradients: (dy: tf.Tensor) => ({ x: () => tf.clone(dy) }) };
register(tf.Cast, copy);
register(tf.Identity, copy);
register(tf.Reshape, {
  inputs: x,
  gradients: (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) }),
});
register(tf.ExpandDims, {
  inputs: ["input"],
  gradients: (dy, [input]) => ({ input: () => tf.reshape(dy, input.shape) }),
});
register(tf.Transpose, {
  gradients: (dy, _, { perm }: tf.TransposeAttrs) => ({
    x: () => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(perm)),
  }),
});
register(tf.PadV2, {
  inputs: x,
  gradients: (dy, [x], { paddings }: tf.PadV2Attrs) => ({
    x: () => tf.slice(dy, paddings.map(([before]) => before), x.shape),
  }),
});
register(tf.Slice, {
  inputs: x,
  gradients: (dy, [x], { begin, size }: tf.SliceAttrs) => ({
    x: () => {
      const [start = [], length = []] = tf.slice_util.parseSliceParams(
        x,
        begin,
        size,
      );
      const around = start.map((before, i): [number, number] => [
        before,
        (x.shape[i] ?? 0) - before - (length[i] ?? 0),
      ]);
      return tf.pad(dy, around);
    },
  }),
});
register(tf.GatherV2, {
  inputs: ["x", "indices"],
  gradients: (dy, [x, indices], { axis, batchDims }: tf.GatherV2Attrs) => {
    if (axis !== 0 || batchDims !== 0) {
      throw new Error(
        "Cannot differentiate tf.gather(): only rows have a gradient; transpose before",
      );
    }
    const [rows = 0, ...row] = x.shape;
    return {
      x: () =>
        tf.unsortedSegmentSum(
          tf.reshape(dy, [indices.size, ...row]),
          tf.reshape(indices, [indices.size]) as tf.Tensor1D,
          rows,
        ),
    };
  },
});
tf.registerGradient({
  kernelName: tf.Concat,
  saveAllInputs: true,
  gradFunc(dy, parts, attributes) {
    const { shape = [] } = parts[0] ?? {};
    const [axis = 0] = tf.util.parseAxisParam(
      attributes["axis"] as number,
      shape,
    );
    const sizes = parts.map(({ shape }) => shape[axis] ?? 0);
    const split = tf.split(dy as tf.Tensor, sizes, axis).map((dx) => () => dx);
    return split as unknown as Record<string, () => tf.Tensor>;
  },
});
tf.registerGradient({
  kernelName: tf.Unpack,
  gradFunc: (dys, _, { axis }) => ({
    value: () => tf.stack(dys as tf.Tensor[], axis as number),
  }),
});

register(tf.BatchMatMul, {
  inputs: ab,
  gradients: (dy, [a, b], by: tf.BatchMatMulAttrs) => ({
    a: () =>
      by.transposeA
        ? tf.matMul(b, dy, by.transposeB, true)
        : tf.matMul(dy, b, false, !by.transposeB),
    b: () =>
      by.transposeB
        ? tf.matMul(dy, a, true, by.transposeA)
        : tf.matMul(a, dy, !by.transposeA, false),
  }),
});

register(tf.Conv2D, {
  inputs: ["x", "filter"],
  gradients: (dy, [x, filter], attributes: tf.Conv2DAttrs) => {
    const { strides, pad, dataFormat } = attributes;
    refuseDilation(attributes.dilations);
    return {
      x: () =>
        run(tf.Conv2DBackpropInput, {
          inputs: { dy, filter },
          attributes: { strides, pad, dataFormat, inputShape: x.shape },
        }),
      filter: () =>
        run(tf.Conv2DBackpropFilter, {
          inputs: { x, dy },
          attributes: { strides, pad, dataFormat, filterShape: filter.shape },
        }),
    };
  },
});
register(tf.DepthwiseConv2dNative, {
  inputs: ["x", "filter"],
  gradients: (dy, [x, filter], attributes: tf.DepthwiseConv2dNativeAttrs) => {
    const { strides, pad, dilations, dimRoundingMode } = attributes;
    refuseDilation(dilations);
    const same = { strides, pad, dilations, dimRoundingMode };
    return {
      x: () =>
        run(tf.DepthwiseConv2dNativeBackpropInput, {
          inputs: { dy, filter },
          attributes: { ...same, inputShape: x.shape },
        }),
      filter: () =>
        run(tf.DepthwiseConv2dNativeBackpropFilter, {
          inputs: { x, dy },
          attributes: { ...same, filterShape: filter.shape },
        }),
    };
  },
});

/** @throws {Error} if filters have holes: no kernel has that gradient */
function refuseDilation(dilations: [number, number] | number): void {
  if ([dilations].flat().every((dilation) => dilation === 1)) return;
  throw new Error(
    "Cannot differentiate a dilated convolution: tfjs has no kernel for it",
  );
}

register(tf.MaxPool, {
  inputs: x,
  output: true,
  gradients: (dy, [x, y], { filterSize, strides, pad }: tf.MaxPoolAttrs) => ({
    x: () =>
      run(tf.MaxPoolGrad, {
        inputs: { dy, input: x, output: y },
        attributes: { filterSize, strides, pad },
      }),
  }),
});
register(tf.AvgPool, {
  inputs: x,
  gradients: (dy, [x], { filterSize, strides, pad }: tf.AvgPoolAttrs) => ({
    x: () =>
      run(tf.AvgPoolGrad, {
        inputs: { dy, input: x },
        attributes: { filterSize, strides, pad },
      }),
  }),
});
