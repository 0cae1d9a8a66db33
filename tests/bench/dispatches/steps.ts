/**
 * Training steps whose dispatches are listed, on batches of made-up images.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../../engine/define/random.ts";
import { softmaxCrossEntropy } from "../../../models/ops/cross_entropy.ts";
import "../../../models/ops/gradients.ts";
import { sgdState, sgdUpdate } from "../../../models/ops/optimizer_update.ts";
import {
  R8_SHAPES,
  r8Logits,
  r8Trainer,
} from "../../models/kernels/r8_network.ts";
import { drawParameters, VIT_SHAPES, vitLogits } from "../networks.ts";
import { speedNetwork } from "../speedrun/network.ts";

/** Networks by the name that the benchmark knows them by. */
export const NETWORKS = ["r8", "speedrun", "vit"] as const;
export type NetworkName = typeof NETWORKS[number];

/** A step that can be taken again and again. */
export interface BenchStep {
  /** Computes loss, gradients and update; gives the loss. */
  take(): tf.Tensor;
  dispose(): void;
}

/** The training step of a network. */
export function openStep(
  network: NetworkName,
  { batch }: { readonly batch: number },
): BenchStep {
  const random = stream(0, "dispatches");
  const normal = (n: number, deviation: number) =>
    Float32Array.from({ length: n }, () => deviation * random.normal());
  const x = tf.tensor4d(normal(batch * 32 * 32 * 3, 1), [batch, 32, 32, 3]);
  const labels = tf.tensor1d(
    Int32Array.from({ length: batch }, () => random.integer(10)),
    "int32",
  );
  if (network === "speedrun") {
    const one = speedStep({
      x,
      labels,
      whitening: normal(2 * 2 * 3 * 24, 0.3),
    });
    return { ...one, dispose: () => (one.dispose(), tf.dispose([x, labels])) };
  }
  const parameters = drawParameters(
    network === "r8" ? R8_SHAPES : VIT_SHAPES,
    random,
  );
  const trainer = r8Trainer(parameters, {
    logits: network === "r8" ? r8Logits : vitLogits,
  });
  return {
    take: () => trainer.step(x, labels),
    dispose() {
      trainer.dispose();
      tf.dispose([x, labels]);
    },
  };
}

function speedStep(
  { x, labels, whitening }: {
    readonly x: tf.Tensor4D;
    readonly labels: tf.Tensor1D;
    readonly whitening: Float32Array;
  },
): BenchStep {
  const network = speedNetwork(
    { shape: [2, 2, 3, 24], values: whitening },
    { classes: 10, seed: 0 },
  );
  const variables = Object.values(network.parameters);
  const state = sgdState(variables);
  return {
    take: () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () =>
            softmaxCrossEntropy(network.logits(x, { training: true }), labels, {
              smoothing: 0.2,
            }),
          variables,
        );
        sgdUpdate(
          variables,
          variables.map(({ name }) => grads[name] as tf.Tensor),
          state,
          {
            learningRate: 1e-3,
            momentum: 0.85,
            nesterov: true,
            weightDecay: variables.map(() => 0.01),
          },
        );
        return value;
      }),
    dispose() {
      tf.dispose([...state.velocity]);
      network.dispose();
    },
  };
}
