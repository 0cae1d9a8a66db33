/** Reference values made by tests/models/linear/data/make_softmax_values.py. */
import { readFileSync } from "node:fs";

/** About its mean over the classes: kernel [dimension, classes], bias [classes]. */
interface Layer {
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
}

interface SoftmaxValues {
  readonly dimension: number;
  readonly classes: number;
  /** [n, dimension]. */
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
  readonly fits: readonly (Layer & {
    readonly kind: "l1" | "l2";
    readonly c: number;
    readonly weighted: boolean;
  })[];
  /** The paper's refitting, with C 0.2 on features of several scales. */
  readonly refit: Layer & {
    /** [n, dimension]. */
    readonly features: readonly number[];
    /** Group of each input, of four. */
    readonly groups: readonly number[];
  };
  /** Refitting with an L1 penalty on those features, in six groups of one size. */
  readonly published: Layer & {
    readonly groups: readonly number[];
    readonly c: number;
  };
  /** Refitting near a finished layer, where an early one differs most; made with SciPy. */
  readonly disagreement: {
    /** As they are, not about a mean. */
    readonly early: Layer;
    readonly finished: Layer;
    readonly c: number;
    readonly fits: readonly (Layer & {
      /** Number of images asked for. */
      readonly images: number;
      /** Positions of those that are taken. */
      readonly chosen: readonly number[];
      /** How many of each class these are. */
      readonly counts: readonly number[];
    })[];
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
