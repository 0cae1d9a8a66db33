/**
 * The plan of a training: its length, and how the learning rate goes.
 *
 * @module
 */

/** A learning rate that rises linearly, then falls along a cosine to 0. */
export interface Schedule {
  /** Highest learning rate. */
  readonly peak: number;
  /** Steps of the whole training. */
  readonly steps: number;
  /** Steps of the rise. */
  readonly warmup: number;
}

/**
 * Learning rate of a step (from 0): peak · (step + 1) / warmup in the rise,
 * then peak · (1 + cos(π · (step − warmup) / (steps − warmup))) / 2.
 */
export function learningRate(
  step: number,
  { peak, steps, warmup }: Schedule,
): number {
  if (step < warmup) return peak * (step + 1) / warmup;
  const share = (step - warmup) / (steps - warmup);
  return peak * (1 + Math.cos(Math.PI * share)) / 2;
}

/** Most steps between two readings of the loss. */
export const STEPS_BETWEEN_READINGS = 50;

/** How long to train, and how the learning rate goes. */
export interface TrainingPlan {
  /** Epochs, the last of which may be cut short. */
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole training. */
  readonly steps: number;
  /** Steps between two readings of the loss. */
  readonly readEvery: number;
  readonly schedule: Schedule;
}

/**
 * The plan of a training whose length is given in epochs or in steps. A last
 * batch that is not full is dropped.
 *
 * @param n how many images there are
 * @throws {RangeError} if there is no whole batch, or the length is not a positive number of epochs or of steps
 */
export function planTraining(
  n: number,
  { epochs, steps, batchSize, warmup, peak }: {
    readonly epochs?: number | undefined;
    readonly steps?: number | undefined;
    readonly batchSize: number;
    /** Length of the rise in epochs; need not be whole. Half of the training at most. */
    readonly warmup: number;
    /** Highest learning rate. */
    readonly peak: number;
  },
): TrainingPlan {
  const stepsPerEpoch = Math.floor(n / batchSize);
  if (!(stepsPerEpoch >= 1)) {
    throw new RangeError(
      `Cannot train on ${n} images in batches of ${batchSize}: there is no whole batch`,
    );
  }
  const length = epochs ?? steps;
  if (
    length === undefined || (epochs !== undefined && steps !== undefined) ||
    !Number.isInteger(length) || length < 1
  ) {
    throw new RangeError(
      `Cannot train for epochs ${epochs} and steps ${steps}: one of them must be a positive integer, the other left out`,
    );
  }
  const all = steps ?? length * stepsPerEpoch;
  const rise = Math.round(warmup * stepsPerEpoch);
  if (!(rise >= 0)) {
    throw new RangeError(
      `Cannot train with a warmup of ${warmup} epochs: it must be 0 or more`,
    );
  }
  return {
    epochs: Math.ceil(all / stepsPerEpoch),
    stepsPerEpoch,
    steps: all,
    readEvery: Math.min(STEPS_BETWEEN_READINGS, Math.ceil(stepsPerEpoch / 4)),
    schedule: { peak, steps: all, warmup: Math.min(rise, Math.floor(all / 2)) },
  };
}
