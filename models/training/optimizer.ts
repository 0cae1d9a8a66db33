/**
 * Optimizers: AdamW and SGD with momentum, with decoupled weight decay on
 * tensors of more than one dimension, and gradients clipped by their norm.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Variables } from "../model/model.ts";
import {
  adamWState,
  adamWUpdate,
  advanceAdamW,
  advanceSgd,
  sgdState,
  sgdUpdate,
} from "../ops/optimizer_update.ts";

/** AdamW (arXiv:1711.05101). */
export interface AdamWSettings {
  readonly name: "adamw";
  /** Highest learning rate of the schedule. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** 0.9 where left out. */
  readonly beta1?: number;
  /** 0.999 where left out. */
  readonly beta2?: number;
  /** 10⁻⁸ where left out. */
  readonly epsilon?: number;
}

/** Stochastic gradient descent with momentum. */
export interface SgdSettings {
  readonly name: "sgd";
  /** Highest learning rate of the schedule. */
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
  /** `false` where left out. */
  readonly nesterov?: boolean;
}

/** Settings of an optimizer, as JSON. */
export type OptimizerSettings = AdamWSettings | SgdSettings;

/** Numbers of one step. */
export interface StepOptions {
  /** Which step this is, from 0. */
  readonly step: number;
  readonly learningRate: number;
  /** Largest global norm of the gradients; larger ones are scaled down. */
  readonly clipNorm?: number;
}

/** An optimizer of some parameters. */
export interface Optimizer {
  /** What the optimizer remembers between steps; saving and restoring it continues exactly. */
  readonly state: Variables;
  /** Changes the parameters in place. `gradients` are named as the parameters are; they are not disposed. */
  update(
    gradients: Readonly<Record<string, tf.Tensor>>,
    options: StepOptions,
  ): void;
  /** Says the numbers of a step to updates that the device repeats by itself; {@linkcode update} does so too. */
  advance(options: Omit<StepOptions, "clipNorm">): void;
  /** Frees the state. */
  dispose(): void;
}

/** A new optimizer of `parameters`. */
export function createOptimizer(
  settings: OptimizerSettings,
  parameters: Variables,
): Optimizer {
  const names = Object.keys(parameters);
  const variables = Object.values(parameters);
  const weightDecay = variables.map(({ rank }) =>
    rank > 1 ? settings.weightDecay : 0
  );
  const { state, apply, advance } = updater(settings, {
    names,
    variables,
    weightDecay,
  });
  return {
    state,
    update: (gradients, { step, learningRate, clipNorm }) =>
      tf.tidy(() => {
        const list = names.map((name) => gradients[name] as tf.Tensor);
        apply(list, {
          step,
          learningRate,
          ...(clipNorm === undefined
            ? {}
            : { scale: clipScale(list, { limit: clipNorm }) }),
        });
      }),
    advance,
    dispose: () => tf.dispose(state),
  };
}

interface Updater {
  readonly state: Variables;
  apply(
    gradients: readonly tf.Tensor[],
    options: {
      readonly step: number;
      readonly learningRate: number;
      readonly scale?: tf.Scalar;
    },
  ): void;
  advance(options: {
    readonly step: number;
    readonly learningRate: number;
  }): void;
}

function updater(
  settings: OptimizerSettings,
  { names, variables, weightDecay }: {
    readonly names: readonly string[];
    readonly variables: readonly tf.Variable[];
    readonly weightDecay: readonly number[];
  },
): Updater {
  const named = (prefix: string, list: readonly tf.Variable[]): Variables =>
    Object.fromEntries(list.map((v, i) => [`${prefix}.${names[i]}`, v]));
  switch (settings.name) {
    case "adamw": {
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = settings;
      const state = adamWState(variables);
      const fixed = { beta1, beta2, epsilon, weightDecay };
      return {
        state: {
          ...named("first", state.first),
          ...named("second", state.second),
        },
        apply: (gradients, { step, ...options }) =>
          adamWUpdate(variables, gradients, state, {
            ...options,
            ...fixed,
            step: step + 1,
          }),
        advance: ({ step, learningRate }) =>
          advanceAdamW({ ...fixed, learningRate, step: step + 1 }),
      };
    }
    case "sgd": {
      const { momentum, nesterov = false } = settings;
      const state = sgdState(variables);
      const fixed = { momentum, nesterov, weightDecay };
      return {
        state: named("velocity", state.velocity),
        apply: (gradients, { learningRate, scale }) =>
          sgdUpdate(variables, gradients, state, {
            learningRate,
            ...fixed,
            ...(scale === undefined ? {} : { scale }),
          }),
        advance: ({ learningRate }) => advanceSgd({ ...fixed, learningRate }),
      };
    }
  }
}

/** √ of the sum of all squares of all `gradients`; nothing is read back. */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() =>
    // Stacked, not tf.addN: on WebGPU that binds a buffer for each gradient at
    // once, and devices allow few (8 in tfjs).
    tf.sqrt(tf.sum(tf.stack(
      gradients.map((gradient) => tf.sum(tf.square(gradient))),
    )))
  );
}

/**
 * The factor that brings `gradients` to a global norm of at most `limit`, as
 * PyTorch's `clip_grad_norm_` computes it: min(1, limit / (norm + 10⁻⁶)). Pass
 * it on as the `scale` of an optimizer update.
 */
export function clipScale(
  gradients: readonly tf.Tensor[],
  { limit }: { readonly limit: number },
): tf.Scalar {
  return tf.tidy(() =>
    tf.minimum(tf.div(limit, tf.add(globalNorm(gradients), 1e-6)), 1)
  );
}
