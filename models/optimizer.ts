/**
 * Optimizers: AdamW and SGD with momentum, with decoupled weight decay on
 * tensors of more than one dimension.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Variables } from "./model.ts";
import { clipScale } from "./ops/clip.ts";
import {
  adamWState,
  adamWUpdate,
  sgdState,
  sgdUpdate,
} from "./ops/optimizer_update.ts";

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
  /** What it remembers between steps; saving and restoring it continues exactly. */
  readonly state: Variables;
  /** Changes the parameters in place. `gradients` are named as the parameters are; they are not disposed. */
  update(
    gradients: Readonly<Record<string, tf.Tensor>>,
    options: StepOptions,
  ): void;
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
  const { state, apply } = updater(settings, { names, variables, weightDecay });
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
      return {
        state: {
          ...named("first", state.first),
          ...named("second", state.second),
        },
        apply: (gradients, { step, ...options }) =>
          adamWUpdate(variables, gradients, state, {
            ...options,
            step: step + 1,
            beta1,
            beta2,
            epsilon,
            weightDecay,
          }),
      };
    }
    case "sgd": {
      const { momentum, nesterov = false } = settings;
      const state = sgdState(variables);
      return {
        state: named("velocity", state.velocity),
        apply: (gradients, { learningRate, scale }) =>
          sgdUpdate(variables, gradients, state, {
            learningRate,
            momentum,
            nesterov,
            weightDecay,
            ...(scale === undefined ? {} : { scale }),
          }),
      };
    }
  }
}
