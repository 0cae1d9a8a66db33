/** Reference values made by tests/stats/data/make_split_values.py. */
import { readFileSync } from "node:fs";

interface SplitValues {
  readonly positive: readonly boolean[];
  readonly scores: readonly number[];
  readonly auroc: number;
  readonly aurocError: number;
  readonly inverseTemperature: number;
  readonly isotonic: readonly (readonly [score: number, value: number])[];
  readonly probabilities: readonly number[];
  readonly reliability: readonly (readonly [
    predicted: number,
    observed: number,
  ])[];
  readonly second: readonly boolean[];
  readonly kappa: number;
  readonly jaccard: number;
  readonly inputs: readonly number[];
  readonly fits: readonly {
    readonly penalty: number;
    readonly weights: readonly number[];
    readonly intercept: number;
  }[];
}

/** What scikit-learn and SciPy make of drawn scores, probabilities and splits. */
export const sklearn: SplitValues = JSON.parse(
  readFileSync(new URL("./data/split.json", import.meta.url), "utf8"),
);
