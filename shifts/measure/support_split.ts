/**
 * What a domain classifier says of every example of two sets.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import {
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";

/** Log odds that each example is of the reference set, by classifiers that did not see it. */
export interface DomainScores {
  readonly reference: Float64Array;
  readonly shifted: Float64Array;
  /** The fold that each example was held out with. */
  readonly folds: {
    readonly reference: Uint8Array;
    readonly shifted: Uint8Array;
  };
}

/** Calibrated: probability and density ratio of each example. */
export interface SupportSplit {
  /** p(reference | x), of examples of both sets. */
  readonly probability: {
    readonly reference: Float64Array;
    readonly shifted: Float64Array;
  };
  /** p_reference(x) / p_shifted(x) of the shifted examples; may be infinite. */
  readonly ratio: Float64Array;
}

/** Codec of scores: a safetensors file with `reference`, `shifted`, `reference.fold` and `shifted.fold`, [n] each. */
export const domainScores: Codec<DomainScores> = define(
  import.meta.url,
  "domainScores",
  {
    name: "domain scores",
    encode: ({ reference, shifted, folds }) =>
      encode({
        reference,
        shifted,
        "reference.fold": folds.reference,
        "shifted.fold": folds.shifted,
      }),
    decode(bytes) {
      const { arrays } = safetensors.decode(bytes);
      return {
        reference: floats(arrays, "reference"),
        shifted: floats(arrays, "shifted"),
        folds: {
          reference: small(arrays, "reference.fold"),
          shifted: small(arrays, "shifted.fold"),
        },
      };
    },
  },
);

/** Codec of splits: a safetensors file with `reference.probability`, `shifted.probability` and `shifted.ratio`, [n] each. */
export const supportSplit: Codec<SupportSplit> = define(
  import.meta.url,
  "supportSplit",
  {
    name: "support split",
    encode: ({ probability, ratio }) =>
      encode({
        "reference.probability": probability.reference,
        "shifted.probability": probability.shifted,
        "shifted.ratio": ratio,
      }),
    decode(bytes) {
      const { arrays } = safetensors.decode(bytes);
      return {
        probability: {
          reference: floats(arrays, "reference.probability"),
          shifted: floats(arrays, "shifted.probability"),
        },
        ratio: floats(arrays, "shifted.ratio"),
      };
    },
  },
);

function encode(
  arrays: Readonly<Record<string, Float64Array | Uint8Array>>,
): Uint8Array {
  return safetensors.encode({
    arrays: Object.fromEntries(
      Object.entries(arrays)
        .map(([name, data]) => [name, { shape: [data.length], data }]),
    ),
    metadata: {},
  });
}

function floats(
  arrays: Readonly<Record<string, NamedArray>>,
  name: string,
): Float64Array {
  const data = arrays[name]?.data;
  if (!(data instanceof Float64Array)) {
    throw new TypeError(
      `Cannot decode a split: there is no array "${name}" of 64-bit floats`,
    );
  }
  return data;
}

function small(
  arrays: Readonly<Record<string, NamedArray>>,
  name: string,
): Uint8Array {
  const data = arrays[name]?.data;
  if (!(data instanceof Uint8Array)) {
    throw new TypeError(
      `Cannot decode a split: there is no array "${name}" of 8 bits`,
    );
  }
  return data;
}
