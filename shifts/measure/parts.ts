/**
 * Parts of a shifted set: which examples are in support and which are out of
 * it, whoever decides that, and how much each counts.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** Name of one of the two parts of a shifted set. */
export type PartName = "in support" | "out of support";

/** Names of both parts, the one in support first. */
export const PART_NAMES = [
  "in support",
  "out of support",
] as const satisfies readonly PartName[];

/** A shifted set in two parts. */
export interface Parts {
  /** 1 for each example in support, 0 for the others: [n]. */
  readonly inSupport: Uint8Array;
  /** How much each example counts in its part, 0 or more: [n]. */
  readonly weights: Float64Array;
}

/** Parts in which every example counts the same. */
export function partsOf(inSupport: ArrayLike<boolean>): Parts {
  return {
    inSupport: Uint8Array.from(inSupport, (is) => is ? 1 : 0),
    weights: new Float64Array(inSupport.length).fill(1),
  };
}

/** Number of examples in a part. */
export function sizeOf({ inSupport }: Parts, part: PartName): number {
  const within = inSupport.reduce((sum, value) => sum + value, 0);
  return part === "in support" ? within : inSupport.length - within;
}

/** Number of examples of a part that count at all, as those do not that nothing in the other part is like. */
export function countedIn(parts: Parts, part: PartName): number {
  return weightsIn(parts, part)
    .reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0);
}

/** What each example counts in one part: its weight there, 0 elsewhere. */
export function weightsIn(
  { inSupport, weights }: Parts,
  part: PartName,
): Float64Array {
  const wanted = part === "in support" ? 1 : 0;
  return weights.map((weight, i) => inSupport[i] === wanted ? weight : 0);
}

/** Codec of parts: a safetensors file with the arrays `in_support` and `weights`, [n] each. */
export const parts: Codec<Parts> = define(import.meta.url, "parts", {
  name: "parts",
  encode: ({ inSupport, weights }) =>
    safetensors.encode({
      arrays: {
        in_support: { shape: [inSupport.length], data: inSupport },
        weights: { shape: [weights.length], data: weights },
      },
      metadata: {},
    }),
  decode(bytes) {
    const { in_support: inSupport, weights } = safetensors.decode(bytes).arrays;
    if (
      !(inSupport?.data instanceof Uint8Array) ||
      !(weights?.data instanceof Float64Array) ||
      inSupport.data.length !== weights.data.length
    ) {
      throw new TypeError(
        'Cannot decode parts: the file needs arrays "in_support" of 8 bits and "weights" of 64-bit floats of one length',
      );
    }
    return { inSupport: inSupport.data, weights: weights.data };
  },
});
