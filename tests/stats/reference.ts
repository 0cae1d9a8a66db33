/** Reference values made by tests/stats/data/make_scipy_values.py. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

type Pair = readonly [number, number];
type Triple = readonly [number, number, number];
type Quintuple = readonly [number, number, number, number, number];

interface ReferenceLine {
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
  readonly s: number;
  readonly sAuthors: number;
  readonly xMean: number;
  readonly sxx: number;
  readonly models: readonly {
    readonly er: number;
    readonly textbook: Pair;
    readonly authors: Pair;
  }[];
}

export interface ScipyValues {
  readonly probit: readonly Pair[];
  readonly probitInverse: readonly Triple[];
  readonly logit: readonly Pair[];
  readonly logitInverse: readonly Triple[];
  readonly student: readonly Triple[];
  readonly normal: readonly Pair[];
  readonly points: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly models: readonly Pair[];
    readonly sizes: Pair;
  };
  readonly lines: Readonly<
    Record<"probit" | "logit" | "linear", ReferenceLine>
  >;
  readonly monteCarlo: {
    readonly line: number;
    readonly testSetUpperBound: number;
  };
  readonly wilson: readonly Quintuple[];
  readonly exact: readonly Quintuple[];
  readonly mean: {
    readonly values: readonly number[];
    readonly mean: number;
    readonly sd: number;
    readonly low: number;
    readonly high: number;
  };
  readonly welch: {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly df: number;
    readonly halfWidth: number;
  };
}

export const scipy: ScipyValues = JSON.parse(
  readFileSync(new URL("./data/scipy.json", import.meta.url), "utf8"),
);

/** Accuracies on ImageNet and ImageNet-V2, and what SciPy makes of them. */
export interface ImagenetV2 {
  readonly fit: Readonly<
    Record<
      "slope" | "intercept" | "r2" | "mean_tx" | "sxx" | "s_text" | "s_repo",
      number
    >
  >;
  readonly pretrained: {
    readonly mean_er: number;
    readonly max_er: number;
    readonly max_model: string;
    readonly mean_ci_lo_repo: number;
    readonly mean_ci_hi_repo: number;
    readonly half_width_repo: number;
    readonly mean_ci_lo_text: number;
    readonly mean_ci_hi_text: number;
  };
  readonly rows: readonly (readonly [
    model: string,
    group: "baseline" | "pretrained",
    reference: number,
    shifted: number,
    er: number,
    textbookLow: number,
    textbookHigh: number,
    authorsLow: number,
    authorsHigh: number,
  ])[];
}

export const imagenetV2: ImagenetV2 = JSON.parse(
  readFileSync(new URL("./data/imagenet_v2.json", import.meta.url), "utf8"),
);

/** Asserts agreement to 1e-9, relative for large values and absolute for small ones. */
export function close(
  actual: number,
  expected: number,
  tolerance = 1e-9,
): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} differs from ${expected} by ${Math.abs(actual - expected)}`,
  );
}
