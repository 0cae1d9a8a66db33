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
}

/** What scikit-learn makes of drawn inputs of three classes. */
export const sklearn: SoftmaxValues = JSON.parse(
  readFileSync(new URL("./data/softmax.json", import.meta.url), "utf8"),
);
