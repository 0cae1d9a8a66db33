/** Reference values made by tests/stats/asked/data/make_asked_values.py. */
import { readFileSync } from "node:fs";

interface AskedValues {
  readonly ridge: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly folds: readonly number[];
    readonly strata: readonly number[];
    readonly penalty: number;
    readonly plain: readonly number[];
    readonly within: readonly number[];
  };
  readonly labels: {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly chi: number;
  };
  readonly area: {
    readonly scores: readonly number[];
    readonly shifted: readonly number[];
    readonly classes: readonly number[];
    readonly area: number;
  };
  readonly ends: { readonly low40: number; readonly high0: number };
}

/** What NumPy and SciPy make of drawn numbers. */
export const scipy: AskedValues = JSON.parse(
  readFileSync(new URL("./data/asked.json", import.meta.url), "utf8"),
);
