import { criticalValue } from "../intervals/quantile.ts";
import { imageError, type JudgedOverLine } from "./image_error.ts";

/**
 * Standard error that an estimate has from reference images and from units of
 * shifted examples that are not independent, such as families of typefaces, see
 * {@linkcode imageError}. Units may be few, and then tell their spread badly:
 * the error is raised by as much as Student's t of one degree less than there
 * are units is above the normal quantile.
 *
 * @throws {RangeError} as `imageError()` does
 */
export function unitError(
  measured: JudgedOverLine,
  { level }: { readonly level: number },
): number {
  const { shiftedInfluence } = measured.runs[0]?.[0] ?? {};
  const degrees = Math.max(1, (shiftedInfluence?.length ?? 0) - 1);
  return imageError([measured], { images: "disjoint" }) *
    criticalValue(level, degrees) / criticalValue(level, Infinity);
}
