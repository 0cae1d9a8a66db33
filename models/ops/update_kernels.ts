import type * as tf from "@tensorflow/tfjs-core";

/** One parameter of an AdamW update. */
export interface AdamWItem {
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
  readonly first: tf.Variable;
  readonly second: tf.Variable;
  readonly weightDecay: number;
}

/** Numbers of an AdamW update that all parameters share. */
export interface AdamWNumbers {
  readonly learningRate: number;
  /** learning rate / (1 − beta1^step) */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 / sqrt(1 − beta2^step) */
  readonly rootCorrection: number;
  /** Multiplies every gradient; read where it lies. */
  readonly scale: tf.Scalar | undefined;
}

/** One parameter of an SGD update. */
export interface SgdItem {
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
  readonly velocity: tf.Variable;
  readonly weightDecay: number;
}

/** Numbers of an SGD update that all parameters share. */
export interface SgdNumbers {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Multiplies every gradient; read where it lies. */
  readonly scale: tf.Scalar | undefined;
}

/** One target of an average. */
export interface AverageItem {
  readonly target: tf.Variable;
  readonly source: tf.Tensor;
}

/**
 * Updates of variables in place, all parameters in one pass. A parameter
 * shrinks by learning rate × weight decay.
 */
export interface UpdateKernels {
  adamW(items: readonly AdamWItem[], numbers: AdamWNumbers): void;
  sgd(items: readonly SgdItem[], numbers: SgdNumbers): void;
  average(items: readonly AverageItem[], decay: number): void;
  /** Moves a target towards its source by numbers that every step has: target ← keep·target + share·source. */
  blend(
    item: AverageItem,
    numbers: { readonly keep: number; readonly share: number },
  ): void;
  /**
   * Where the numbers of a step lie in buffers: writes these alone, for updates
   * that the device repeats by itself. Left out where updates are calls.
   */
  readonly write?: {
    /** @param weightDecays those of the parameters, in their order */
    adamW(
      weightDecays: readonly number[],
      numbers: Omit<AdamWNumbers, "scale">,
    ): void;
    /** @param weightDecays those of the parameters, in their order */
    sgd(
      weightDecays: readonly number[],
      numbers: Omit<SgdNumbers, "scale">,
    ): void;
    average(decay: number): void;
  };
}

const kernels = new Map<string, UpdateKernels>();

/** Makes `updates` the update kernels of `backend`. */
export function registerUpdateKernels(
  backend: string,
  updates: UpdateKernels,
): void {
  kernels.set(backend, updates);
}

/** The update kernels of `backend`, or `undefined` when it has none of its own. */
export function updateKernels(backend: string): UpdateKernels | undefined {
  return kernels.get(backend);
}
