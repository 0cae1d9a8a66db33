import * as tf from "@tensorflow/tfjs";
import { updateKernels } from "./update_kernels.ts";

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

/** Says the decay of the next step to averages that the device repeats by itself. */
export function advanceAverage({ decay }: { readonly decay: number }): void {
  updateKernels(tf.getBackend())?.write?.average(decay);
}
