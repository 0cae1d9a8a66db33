/**
 * The errors of an estimate that is made of effective robustness, and the
 * interval that they make together.
 *
 * @module
 */
import {
  combinedHalfWidth,
  type ErrorComponent,
  errorComponent,
} from "../intervals/error_component.ts";
import { combineErrors, type ErrorSource } from "../intervals/mean.ts";
import { lineError } from "./line_error.ts";
import { testSetError } from "./line_leverage.ts";
import type { OverLine } from "./over_line.ts";
import { spreadOf } from "./spread.ts";

/** Errors of an estimate; fractions of accuracy. */
export interface EstimateErrors {
  /** Spread between the networks; null if there is one. */
  readonly networks: ErrorComponent | null;
  /** Noise of the test images; null if a size is missing. */
  readonly images: ErrorComponent | null;
  /** Uncertainty of each line, or of all through the same runs. */
  readonly lines: readonly [ErrorComponent, ...ErrorComponent[]];
  /** Half-width of the interval of all. */
  readonly halfWidth: number;
  /** By Welch and Satterthwaite; `Infinity` if every source is known. */
  readonly degreesOfFreedom: number;
}

/** How to take the errors. */
export interface EstimateErrorsOptions {
  /**
   * What spreads: the effective robustness of the networks of each term, or of
   * pairs the differences, as one group.
   */
  readonly groups: readonly (readonly number[])[];
  /** Errors from the spread, in place of what those tell. */
  readonly spread?: readonly ErrorSource[] | undefined;
  /** Confidence level. */
  readonly level: number;
  /** Standard error from the images, see `imageError()`; by default binomial noise, independent between the terms. */
  readonly imageError?: number | undefined;
  /** Whether networks of one term share their images, for the binomial noise; yes by default. */
  readonly testSets?: "shared" | "separate" | undefined;
  /** Whether the i-th runs of all lines are one, so that the lines have one error, see `lineError()`; no by default. */
  readonly sharedRuns?: boolean | undefined;
}

/**
 * Errors from networks, images and lines. Where runs are given of every line,
 * the interval is a Student t interval with guarded degrees of freedom;
 * otherwise half-widths are added in squares.
 *
 * @throws {RangeError} if an accuracy cannot be scaled, or the runs are not
 * those of their line or are just one
 */
export function estimateErrors(
  measured: readonly [OverLine, ...OverLine[]],
  {
    groups,
    spread = spreadOf(groups),
    level,
    imageError,
    testSets = "shared",
    sharedRuns = false,
  }: EstimateErrorsOptions,
): EstimateErrors {
  const noise = imageError ?? binomialError(measured, testSets);
  const images = noise === null
    ? []
    : [{ standardError: noise, degreesOfFreedom: Infinity }];
  const lines = sharedRuns
    ? [lineError(...measured)]
    : measured.map((one) => lineError(one));
  const guarded = measured.every(({ runs }) => runs !== undefined);
  const { halfWidth, degreesOfFreedom } = combineErrors(
    [...spread, ...images, ...lines],
    { level, guarded },
  );
  const asOne = (sources: readonly ErrorSource[]) =>
    sources.length === 0 ? null : errorComponent(together(sources), { level });
  const shown = lines.map((source) => errorComponent(source, { level }));
  const apart = { networks: asOne(spread), images: asOne(images) };
  return {
    ...apart,
    lines: shown as [ErrorComponent, ...ErrorComponent[]],
    degreesOfFreedom,
    halfWidth: guarded
      ? halfWidth
      : combinedHalfWidth([apart.networks, apart.images, ...shown]),
  };
}

/** The spreads of several groups as one source. */
function together(sources: readonly ErrorSource[]): ErrorSource {
  const [only, ...others] = sources;
  return only !== undefined && others.length === 0
    ? only
    : combineErrors(sources);
}

/** Binomial noise of all terms, taken as independent; null if a size is missing. */
function binomialError(
  measured: readonly OverLine[],
  testSets: "shared" | "separate",
): number | null {
  let variance = 0;
  for (const { line, terms } of measured) {
    for (const { networks } of terms) {
      const noise = testSetError(networks, { line, testSets });
      if (noise === null) return null;
      variance += noise ** 2;
    }
  }
  return Math.sqrt(variance);
}
