/** A learning rate that rises linearly, then falls along a cosine to 0. */
export interface Schedule {
  /** Highest learning rate. */
  readonly peak: number;
  /** Steps in all. */
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
