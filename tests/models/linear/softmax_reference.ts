/** Reference values made by tests/models/linear/data/make_softmax_values.py. */
import { readFileSync } from "node:fs";

interface SoftmaxValues {
  readonly dimension: number;
  readonly classes: number;
  /** [n, dimension]. */
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
  readonly fits: readonly {
    readonly kind: "l1" | "l2";
    readonly c: number;
    readonly weighted: boolean;
    /** About its mean over the classes: [dimension, classes]. */
    readonly kernel: readonly number[];
    /** About its mean over the classes. */
    readonly bias: readonly number[];
  }[];
  /** The paper's refitting, with C 0.2 on features of several scales. */
  readonly refit: {
    /** [n, dimension]. */
    readonly features: readonly number[];
    /** Group of each input, of four. */
    readonly groups: readonly number[];
    /** About its mean over the classes: [dimension, classes]. */
    readonly kernel: readonly number[];
    /** About its mean over the classes. */
    readonly bias: readonly number[];
  };
}

/** What scikit-learn makes of drawn inputs of three classes. */
export const sklearn: SoftmaxValues = JSON.parse(
  readFileSync(new URL("./data/softmax.json", import.meta.url), "utf8"),
);

/** Each number about the mean of those of all classes, which change no probability together. */
export function centred(
  values: ArrayLike<number>,
  classes: number,
): Float64Array {
  const all = Float64Array.from(values);
  return all.map((value, i) => {
    const from = i - i % classes;
    const sum = all.subarray(from, from + classes).reduce((a, b) => a + b, 0);
    return value - sum / classes;
  });
}
