/**
 * Optimizer steps in place on variables: AdamW (arXiv:1711.05101, algorithm 2)
 * and SGD with momentum, as PyTorch computes them, with decoupled weight decay
 * in both.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { type AdamWNumbers, updateKernels } from "./update_kernels.ts";

/** Running moments of the gradients, in the order of the parameters. */
export interface AdamWState {
  readonly first: readonly tf.Variable[];
  readonly second: readonly tf.Variable[];
}

/** Numbers of one AdamW step. */
export interface AdamWOptions {
  /** Which step this is, from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled weight decay of each parameter, in the order of the parameters. */
  readonly weightDecay: readonly number[];
  /** Multiplies every gradient, e.g. the scale that clips them; never read back. */
  readonly scale?: tf.Scalar;
}

/** Velocities, in the order of the parameters. */
export interface SgdState {
  readonly velocity: readonly tf.Variable[];
}

/** Numbers of one SGD step. */
export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Decoupled weight decay of each parameter, in the order of the parameters. */
  readonly weightDecay: readonly number[];
  /** Multiplies every gradient, e.g. the scale that clips them; never read back. */
  readonly scale?: tf.Scalar;
}

/** Zero moments for `parameters`. The caller owns the variables. */
export function adamWState(parameters: readonly tf.Variable[]): AdamWState {
  return { first: parameters.map(zeros), second: parameters.map(zeros) };
}

/** Zero velocities for `parameters`. The caller owns the variables. */
export function sgdState(parameters: readonly tf.Variable[]): SgdState {
  return { velocity: parameters.map(zeros) };
}

/**
 * One AdamW step in place: θ ← θ·(1 − lr·wd) − lr·m̂ / (√v̂ + ε).
 *
 * @param parameters changed in place, as is `state`
 * @param gradients in the order of the parameters; not disposed
 * @throws {RangeError} if the lists differ in length or shape
 */
export function adamWUpdate(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: AdamWState,
  options: AdamWOptions,
): void {
  const { learningRate, epsilon, scale } = options;
  const items = parameters.map((parameter, i) => ({
    parameter,
    gradient: at(gradients, i, parameter),
    first: at(state.first, i, parameter),
    second: at(state.second, i, parameter),
    weightDecay: decayOf(options.weightDecay, i, parameter),
  }));
  const numbers = adamWNumbers(options);
  const { beta1, beta2 } = numbers;
  const fused = updateKernels(tf.getBackend());
  if (fused !== undefined) return fused.adamW(items, { ...numbers, scale });
  for (const { parameter, gradient, first, second, weightDecay } of items) {
    tf.tidy(() => {
      const shrink = learningRate * weightDecay;
      const g = scaled(gradient, scale);
      first.assign(tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1)));
      second.assign(
        tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2)),
      );
      const root = tf.mul(tf.sqrt(second), numbers.rootCorrection);
      const move = tf.div(
        tf.mul(first, numbers.rate),
        tf.add(root, epsilon),
      );
      const kept = shrink === 0 ? parameter : tf.mul(parameter, 1 - shrink);
      parameter.assign(tf.sub(kept, move));
    });
  }
}

/**
 * One SGD step in place: v ← μ·v + g and θ ← θ·(1 − lr·wd) − lr·v, or with
 * Nesterov's momentum − lr·(g + μ·v).
 *
 * @param parameters changed in place, as is `state`
 * @param gradients in the order of the parameters; not disposed
 * @throws {RangeError} if the lists differ in length or shape
 */
export function sgdUpdate(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: SgdState,
  options: SgdOptions,
): void {
  const { learningRate, momentum, nesterov, scale } = options;
  const items = parameters.map((parameter, i) => ({
    parameter,
    gradient: at(gradients, i, parameter),
    velocity: at(state.velocity, i, parameter),
    weightDecay: decayOf(options.weightDecay, i, parameter),
  }));
  const fused = updateKernels(tf.getBackend());
  if (fused !== undefined) {
    return fused.sgd(items, { learningRate, momentum, nesterov, scale });
  }
  for (const { parameter, gradient, velocity, weightDecay } of items) {
    tf.tidy(() => {
      const shrink = learningRate * weightDecay;
      const g = scaled(gradient, scale);
      velocity.assign(tf.add(tf.mul(velocity, momentum), g));
      const direction = nesterov
        ? tf.add(g, tf.mul(velocity, momentum))
        : velocity;
      const kept = shrink === 0 ? parameter : tf.mul(parameter, 1 - shrink);
      parameter.assign(tf.sub(kept, tf.mul(direction, learningRate)));
    });
  }
}

function adamWNumbers(
  { step, learningRate, beta1, beta2, epsilon }: Omit<
    AdamWOptions,
    "weightDecay" | "scale"
  >,
): Omit<AdamWNumbers, "scale"> {
  return {
    learningRate,
    rate: learningRate / (1 - beta1 ** step),
    beta1,
    beta2,
    epsilon,
    rootCorrection: 1 / Math.sqrt(1 - beta2 ** step),
  };
}

/** Says the numbers of the next step to AdamW updates that the device repeats by itself. */
export function advanceAdamW(options: Omit<AdamWOptions, "scale">): void {
  updateKernels(tf.getBackend())?.write?.adamW(
    options.weightDecay,
    adamWNumbers(options),
  );
}

/** Says the numbers of the next step to SGD updates that the device repeats by itself. */
export function advanceSgd(
  { weightDecay, ...numbers }: Omit<SgdOptions, "scale">,
): void {
  updateKernels(tf.getBackend())?.write?.sgd(weightDecay, numbers);
}

function zeros(parameter: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike(parameter), false));
}

function scaled(gradient: tf.Tensor, scale: tf.Scalar | undefined): tf.Tensor {
  return scale === undefined ? gradient : tf.mul(gradient, scale);
}

function at<T extends tf.Tensor>(
  list: readonly T[],
  i: number,
  parameter: tf.Variable,
): T {
  const tensor = list[i];
  if (
    tensor === undefined ||
    String(tensor.shape) !== String(parameter.shape)
  ) {
    throw new RangeError(
      `Cannot update "${parameter.name}" of shape [${parameter.shape}]: its gradient or state is ${
        tensor === undefined ? "missing" : `of shape [${tensor.shape}]`
      }`,
    );
  }
  return tensor;
}

function decayOf(
  decays: readonly number[],
  i: number,
  parameter: tf.Variable,
): number {
  const decay = decays[i];
  if (decay === undefined) {
    throw new RangeError(
      `Cannot update "${parameter.name}": it has no weight decay (0 for none)`,
    );
  }
  return decay;
}
