/**
 * Labelled points of R^d in float64: what the linear problems of the theory
 * are made of.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** Points of R^d with one of two labels each. */
export interface LabelledPoints {
  /** Coordinates: [n, dimension], row-major. */
  readonly inputs: Float64Array;
  /** 1 or −1 for each point: [n]. */
  readonly labels: Int32Array;
  /** Number of coordinates of a point, d. */
  readonly dimension: number;
}

function check(
  value: LabelledPoints,
  purpose: "encode" | "decode",
): LabelledPoints {
  const { inputs, labels, dimension } = value;
  if (inputs.length !== labels.length * dimension) {
    throw new TypeError(
      `Cannot ${purpose} labelled points: ${labels.length} labels and ${dimension} dimensions need ${
        labels.length * dimension
      } coordinates, not ${inputs.length}`,
    );
  }
  const odd = labels.findIndex((label) => Math.abs(label) !== 1);
  if (odd >= 0) {
    throw new TypeError(
      `Cannot ${purpose} labelled points: point ${odd} has the label ${
        labels[odd]
      }, neither 1 nor −1`,
    );
  }
  return value;
}

/**
 * Codec of labelled points: a safetensors file with the arrays `inputs`
 * [n, dimension] and `labels` [n].
 *
 * @throws {TypeError} if coordinates and labels do not fit together, or a label
 * is neither 1 nor −1
 */
export const labelledPoints: Codec<LabelledPoints> = define(
  import.meta.url,
  "labelledPoints",
  { name: "labelled points", encode, decode },
);

function encode(value: LabelledPoints): Uint8Array {
  const { inputs, labels, dimension } = check(value, "encode");
  return safetensors.encode({
    arrays: {
      inputs: { shape: [labels.length, dimension], data: inputs },
      labels: { shape: [labels.length], data: labels },
    },
    metadata: {},
  });
}

function decode(bytes: Uint8Array): LabelledPoints {
  const { arrays: { inputs, labels } } = safetensors.decode(bytes);
  if (
    !(inputs?.data instanceof Float64Array && inputs.shape.length === 2) ||
    !(labels?.data instanceof Int32Array)
  ) {
    throw new TypeError(
      "Cannot decode labelled points: there are no coordinates in float64 with labels in int32",
    );
  }
  return check({
    inputs: inputs.data,
    labels: labels.data,
    dimension: inputs.shape[1] ?? 0,
  }, "decode");
}
