import { criticalValue } from "../intervals/quantile.ts";
import {
  imageError,
  type ImageErrorOptions,
  type JudgedOverLine,
} from "./image_error.ts";

/** What was judged, in units. */
export interface UnitErrorOptions extends ImageErrorOptions {
  /** Number of units, of several parts in the smallest. */
  readonly units: number;
  /** Confidence level of the interval. */
  readonly level: number;
}

/**
 * Standard error that an estimate has from reference images and from units of
 * shifted examples, see {@linkcode imageError}: examples, or what they come in
 * where they are not independent, such as families of typefaces. Units may be
 * few, and then tell their spread badly: the error is raised by as much as
 * Student's t of one degree less than there are units is above the normal
 * quantile.
 *
 * @throws {RangeError} as `imageError()` does
 */
export function unitError(
  measured: readonly JudgedOverLine[],
  { units, level, ...judged }: UnitErrorOptions,
): number {
  return imageError(measured, judged) *
    criticalValue(level, Math.max(1, units - 1)) /
    criticalValue(level, Infinity);
}
