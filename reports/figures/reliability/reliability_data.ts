/**
 * The numbers behind a reliability curve.
 *
 * @module
 */
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import type { ReliabilityBin } from "../../../stats/splits/reliability.ts";
import type { ReliabilityFigure } from "../../value/reliability_figure.ts";

/** A count with its share and its interval. */
export interface MeasuredBin extends ReliabilityBin {
  readonly curve: string;
  /** Index of its curve. */
  readonly series: number;
  /** Its place in the curve, from 1. */
  readonly place: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Every bin with Clopper and Pearson's interval.
 *
 * @throws {RangeError} if a count or a prediction is not one, or there are too
 * many curves or none
 */
export function measuredBins(
  { id, curves, level = 0.95 }: ReliabilityFigure,
): readonly MeasuredBin[] {
  const bins = curves.flatMap(({ name, bins }, series) =>
    bins.map((bin, i): MeasuredBin => {
      if (!(bin.predicted >= 0 && bin.predicted <= 1)) {
        throw new RangeError(
          `Cannot draw figure "${id}": the prediction ${bin.predicted} of "${name}" is no probability`,
        );
      }
      return {
        ...bin,
        ...clopperPearson(bin, { level }),
        curve: name,
        series,
        place: i + 1,
        observed: bin.successes / bin.n,
      };
    })
  );
  if (bins.length === 0 || curves.length > 3) {
    throw new RangeError(
      `Cannot draw figure "${id}": it has ${curves.length} curves with ${bins.length} bins, but needs 1 to 3 curves`,
    );
  }
  return bins;
}
