/**
 * Moving weights between variables on a device and arrays off it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Variables } from "./model.ts";
import type { WeightArray, Weights } from "./weights.ts";

/** Reads all variables with one read-back, which on a GPU costs 10 ms however small it is. */
export async function readWeights(variables: Variables): Promise<Weights> {
  const entries = Object.entries(variables);
  if (entries.length === 0) return {};
  const joined = tf.tidy(() =>
    tf.concat(entries.map(([, variable]) => tf.reshape(variable, [-1])))
  );
  const all = await joined.data() as Float32Array;
  joined.dispose();
  const read: Record<string, WeightArray> = {};
  let start = 0;
  for (const [name, { shape, size }] of entries) {
    read[name] = { shape, data: all.slice(start, start + size) };
    start += size;
  }
  return read;
}

/**
 * Sets all variables, or those named in `names`.
 *
 * @throws {TypeError} if a variable's weights are missing or of another shape
 */
export function writeWeights(
  variables: Variables,
  { weights, names = Object.keys(variables) }: {
    readonly weights: Weights;
    readonly names?: readonly string[];
  },
): void {
  for (const name of names) {
    const variable = variables[name] as tf.Variable;
    const given = weights[name];
    if (given === undefined || String(given.shape) !== String(variable.shape)) {
      throw new TypeError(
        `Cannot set "${name}" of shape [${variable.shape}]: the weights have ${
          given === undefined ? "no such array" : `shape [${given.shape}]`
        }`,
      );
    }
    tf.tidy(() =>
      variable.assign(
        // The backend may keep what it is given: give it a copy.
        tf.tensor(given.data.slice(), [...given.shape], "float32"),
      )
    );
  }
}
