import * as tf from "@tensorflow/tfjs-core";
import type { UpdateKernels } from "../../ops/update_kernels.ts";
import type { Heap } from "./heap.ts";

/** Optimizer and average updates in place on the values of variables. */
export function wasmUpdates(heap: Heap): UpdateKernels {
  /** The address of a variable's values, which no other tensor shares from here on. */
  function own(variable: tf.Variable): number {
    // clone() shares values; a clone must not change with the variable.
    if (heap.references(variable) > 1) {
      tf.tidy(() => {
        const copy = tf.engine().makeTensorFromTensorInfo(
          heap.output(variable.shape),
        );
        heap.kernels.copyRows(
          heap.pointer(variable),
          heap.pointer(copy),
          1,
          variable.size * 4,
          0,
          0,
        );
        variable.assign(copy);
      });
    }
    return heap.pointer(variable);
  }

  const blend: UpdateKernels["blend"] = (
    { target, source },
    { keep, share },
  ) =>
    heap.kernels.average(
      own(target),
      heap.pointer(source),
      target.size,
      keep,
      share,
    );

  return {
    adamW(items, numbers) {
      const scale = numbers.scale === undefined
        ? 0
        : heap.pointer(numbers.scale);
      for (const { parameter, gradient, first, second, weightDecay } of items) {
        heap.kernels.adamW(
          own(parameter),
          heap.pointer(gradient),
          own(first),
          own(second),
          parameter.size,
          numbers.rate,
          numbers.beta1,
          1 - numbers.beta1,
          numbers.beta2,
          1 - numbers.beta2,
          numbers.epsilon,
          numbers.rootCorrection,
          1 - numbers.learningRate * weightDecay,
          scale,
        );
      }
    },
    sgd(items, numbers) {
      const scale = numbers.scale === undefined
        ? 0
        : heap.pointer(numbers.scale);
      for (const { parameter, gradient, velocity, weightDecay } of items) {
        heap.kernels.sgd(
          own(parameter),
          heap.pointer(gradient),
          own(velocity),
          parameter.size,
          numbers.learningRate,
          numbers.momentum,
          numbers.nesterov ? 1 : 0,
          1 - numbers.learningRate * weightDecay,
          scale,
        );
      }
    },
    average(items, decay) {
      for (const item of items) {
        blend(item, { keep: decay, share: 1 - decay });
      }
    },
    blend,
  };
}
