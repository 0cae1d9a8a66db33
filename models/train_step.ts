/**
 * One step of training.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Batch } from "./image_feed.ts";
import { softmaxCrossEntropy } from "./ops/cross_entropy.ts";
import { learningRate } from "./schedule.ts";
import type { TrainOptions } from "./training_options.ts";
import type { TrainingPlan } from "./training_plan.ts";
import type { TrainingState } from "./training_state.ts";

/** Forward, backward, update, average. The loss stays on the device. */
export function trainStep(
  { network, trained, optimizer, average }: TrainingState,
  options: TrainOptions & {
    readonly plan: TrainingPlan;
    readonly batch: Batch;
    /** From 0, of all epochs. */
    readonly step: number;
  },
): tf.Scalar {
  const { plan, batch, step, labelSmoothing = 0, clipNorm } = options;
  return tf.tidy(() => {
    const logits = options.trainable === "head"
      ? probe(network, batch.x)
      : () => network.forward(batch.x, { training: true });
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(logits(), batch.labels, {
          smoothing: labelSmoothing,
        }),
      Object.values(trained),
    );
    const gradients = Object.fromEntries(
      Object.entries(trained).map((
        [name, { name: variable }],
      ) => [name, grads[variable] as tf.Tensor]),
    );
    optimizer.update(gradients, {
      step,
      learningRate: learningRate(step, plan.schedule),
      ...(clipNorm === undefined ? {} : { clipNorm }),
    });
    average?.update(step);
    return value;
  });
}

/**
 * The head, over features that are computed once, before anything is
 * differentiated: tfjs fuses less while it records for a gradient.
 */
function probe(
  network: TrainingState["network"],
  x: tf.Tensor4D,
): () => tf.Tensor2D {
  const features = network.features(x, { training: false });
  return () => network.logits(features);
}
