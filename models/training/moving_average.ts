/**
 * A moving average of all weights and batch-norm statistics. It makes
 * checkpoints comparable: single steps jump about.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Variables } from "../model/model.ts";
import { updateKernels } from "../ops/update_kernels.ts";

/** Averages that follow some variables. */
export interface MovingAverage {
  /** By the names of what they follow. */
  readonly variables: Variables;
  /** Moves the averages towards the variables after step `step` (from 0). */
  update(step: number): void;
  /** Says the decay of a step to updates that the device repeats by itself; {@linkcode update} does so too. */
  advance(step: number): void;
  /** Frees the averages. */
  dispose(): void;
}

/**
 * How much of the old average a step (from 0) keeps: (step + 1) / (step + 10),
 * at most `limit`. So the first steps, close to the initial weights, are soon
 * forgotten.
 */
export function averageDecay(
  step: number,
  { limit }: { readonly limit: number },
): number {
  return Math.min(limit, (step + 1) / (step + 10));
}

/** Averages that start as copies of `sources`. */
export function movingAverage(
  sources: Variables,
  { limit }: { readonly limit: number },
): MovingAverage {
  const variables = Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [
      name,
      // A clone would share memory with the source, which updates change in place.
      tf.tidy(() => tf.variable(tf.add(source, 0), false)),
    ]),
  );
  return {
    variables,
    update: (step) =>
      averageUpdate(Object.values(variables), Object.values(sources), {
        decay: averageDecay(step, { limit }),
      }),
    advance(step) {
      const { write } = updateKernels(tf.getBackend()) ?? {};
      write?.average(averageDecay(step, { limit }));
    },
    dispose: () => tf.dispose(variables),
  };
}

/**
 * Moves each target towards its source in place:
 * target ← decay·target + (1 − decay)·source.
 *
 * @throws {RangeError} if the lists differ in length
 */
export function averageUpdate(
  targets: readonly tf.Variable[],
  sources: readonly tf.Variable[],
  { decay }: { readonly decay: number },
): void {
  if (targets.length !== sources.length) {
    throw new RangeError(
      `Cannot average ${sources.length} variables into ${targets.length}: the lists must pair up`,
    );
  }
  const items = targets.map((target, i) => ({
    target,
    source: sources[i] as tf.Variable,
  }));
  const fused = updateKernels(tf.getBackend());
  if (fused !== undefined) return fused.average(items, decay);
  for (const { target, source } of items) {
    tf.tidy(() =>
      target.assign(
        tf.add(tf.mul(target, decay), tf.mul(source, 1 - decay)),
      )
    );
  }
}
