import type { Layout } from "./splits.ts";

/**
 * The parts of MNIST's 60,000 training images: the reference set, the one that
 * hyper-parameters are selected on, and the pool for pre-training and for
 * larger baselines.
 */
export const mnistLayout = {
  reference: { start: 0, end: 8_000 },
  selection: { start: 8_000, end: 12_000 },
  pool: { start: 12_000, end: 60_000 },
} as const satisfies Layout<string>;
