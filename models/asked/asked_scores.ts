/**
 * What classifiers say of every example of a question.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import {
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";

/** Scores of all examples by classifiers that did not see them: the reference set, the test set and the shifted set, one after the other. */
export interface AskedScores {
  /** 1 for shifted examples, 0 for reference and test ones: [n]. */
  readonly shifted: Uint8Array;
  /** Fold of each example: [n]. */
  readonly folds: Uint8Array;
  /** By kind of features, by classifiers that class frequencies teach nothing: higher for shifted examples. Empty without features, or with too few examples. */
  readonly scores: Readonly<Record<string, Float64Array>>;
  /** Probability that an example is a shifted one, had both sets the same size; by a classifier that is told no labels: [n]. */
  readonly probability: Float64Array;
  /** The same of the test and the shifted examples after some random splits of these, with the sets of each. */
  readonly placebos: readonly {
    readonly shifted: Uint8Array;
    readonly probability: Float64Array;
  }[];
}

/** Codec of scores: a safetensors file with `shifted`, `folds`, `probability` and `scores.NAME`, [n] each, and `placebo.K.shifted` and `placebo.K.probability` of the last examples. */
export const askedScores: Codec<AskedScores> = define(
  import.meta.url,
  "askedScores",
  {
    name: "asked scores",
    encode({ shifted, folds, scores, probability, placebos }) {
      const all: [string, NamedArray["data"]][] = [
        ["shifted", shifted],
        ["folds", folds],
        ["probability", probability],
      ];
      for (const [name, data] of Object.entries(scores)) {
        all.push([`scores.${name}`, data]);
      }
      for (const [k, placebo] of placebos.entries()) {
        all.push([`placebo.${k}.shifted`, placebo.shifted]);
        all.push([`placebo.${k}.probability`, placebo.probability]);
      }
      return safetensors.encode({
        arrays: Object.fromEntries(
          all.map(([name, data]) => [name, { shape: [data.length], data }]),
        ),
        metadata: { kinds: JSON.stringify(Object.keys(scores)) },
      });
    },
    decode(bytes) {
      const { arrays, metadata } = safetensors.decode(bytes);
      const kinds = JSON.parse(metadata["kinds"] ?? "[]") as string[];
      const floats = (name: string) => dataOf(arrays, name, Float64Array);
      const small = (name: string) => dataOf(arrays, name, Uint8Array);
      const placebos: AskedScores["placebos"][number][] = [];
      while (arrays[`placebo.${placebos.length}.shifted`] !== undefined) {
        const k = placebos.length;
        placebos.push({
          shifted: small(`placebo.${k}.shifted`),
          probability: floats(`placebo.${k}.probability`),
        });
      }
      return {
        shifted: small("shifted"),
        folds: small("folds"),
        scores: Object.fromEntries(
          kinds.map((name) => [name, floats(`scores.${name}`)]),
        ),
        probability: floats("probability"),
        placebos,
      };
    },
  },
);

function dataOf<T extends NamedArray["data"]>(
  arrays: Readonly<Record<string, NamedArray>>,
  name: string,
  type: new (length: number) => T,
): T {
  const data = arrays[name]?.data;
  if (!(data instanceof type)) {
    throw new TypeError(
      `Cannot decode scores: there is no array "${name}" of ${type.name}`,
    );
  }
  return data;
}
