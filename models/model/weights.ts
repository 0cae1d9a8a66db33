/**
 * Weights: the named parameters and batch-norm statistics of a network, off
 * the device.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** An array of weights, in row-major order. */
export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Parameters and batch-norm statistics by name. */
export type Weights = Readonly<Record<string, WeightArray>>;

function decodeWeights(bytes: Uint8Array): Weights {
  const { arrays } = safetensors.decode(bytes);
  for (const [name, { data }] of Object.entries(arrays)) {
    if (!(data instanceof Float32Array)) {
      throw new TypeError(
        `Cannot decode weights: array "${name}" is not of 32-bit floats`,
      );
    }
  }
  return arrays as Weights;
}

/** Codec of weights: a safetensors file, one array a name. */
export const weights: Codec<Weights> = define(import.meta.url, "weights", {
  name: "weights",
  encode: (arrays) => safetensors.encode({ arrays, metadata: {} }),
  decode: decodeWeights,
});

/** Codec of weights by epoch: a safetensors file whose arrays are named `<epoch>/<name>`. */
export const checkpoints: Codec<Readonly<Record<string, Weights>>> = define(
  import.meta.url,
  "checkpoints",
  {
    name: "checkpoints",
    encode: (groups) => weights.encode(joinGroups(groups)),
    decode: (bytes) => splitGroups(decodeWeights(bytes)),
  },
);

/** One record of arrays named `<group>/<name>` from several. */
export function joinGroups(
  groups: Readonly<Record<string, Weights>>,
): Weights {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, arrays]) =>
      Object.entries(arrays).map(([name, array]) => [`${group}/${name}`, array])
    ),
  );
}

/**
 * The inverse of {@linkcode joinGroups}; a group ends at the first slash.
 *
 * @throws {TypeError} if a name has no group
 */
export function splitGroups(
  joined: Weights,
): Readonly<Record<string, Weights>> {
  const groups: Record<string, Record<string, WeightArray>> = {};
  for (const [path, array] of Object.entries(joined)) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      throw new TypeError(
        `Cannot decode weights by group: array "${path}" belongs to none`,
      );
    }
    const group = groups[path.slice(0, slash)] ??= {};
    group[path.slice(slash + 1)] = array;
  }
  return groups;
}
