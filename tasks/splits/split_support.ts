import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  type DomainScores,
  supportSplit,
} from "../../shifts/measure/support_split.ts";
import { auroc } from "../../stats/intervals/auroc.ts";
import {
  type Calibration,
  crossCalibrate,
} from "../../stats/splits/cross_calibration.ts";
import { densityRatio } from "../../stats/splits/density_ratio.ts";
import {
  calibrationError,
  reliabilityBins,
  reliabilityBinSchema,
} from "../../stats/splits/reliability.ts";
import { inverseTemperature } from "../../stats/splits/temperature.ts";

/** Scores of a domain classifier, and how to calibrate them. */
export interface SplitSupportArgs {
  readonly scores: DomainScores;
  readonly calibration: Calibration;
  /** Bins of the reliability curve. */
  readonly bins: number;
}

/** Probability and density ratio of every example, and whether they are what they say. */
export const splitSupport = defineTask({
  module: import.meta.url,
  name: "splitSupport",
  result: {
    split: supportSplit,
    /** How well the classifier tells the two sets apart; 0.5 where it cannot. */
    auroc: json(z.number()),
    /** Expected calibration error over the bins. */
    calibrationError: json(z.number()),
    /** The factor that fits all scores best: 1 where they are calibrated as they are. */
    inverseTemperature: json(z.number()),
    reliability: json(z.array(reliabilityBinSchema).readonly()),
    nReference: json(z.int()),
    nShifted: json(z.int()),
  },
  run({ scores, calibration, bins }: SplitSupportArgs) {
    const { reference, shifted, folds } = scores;
    const [nReference, nShifted] = [reference.length, shifted.length];
    const all = {
      scores: Float64Array.from([...reference, ...shifted]),
      positive: Array.from(
        { length: nReference + nShifted },
        (_, i) => i < nReference,
      ),
      folds: Uint8Array.from([...folds.reference, ...folds.shifted]),
    };
    const probabilities = crossCalibrate(all, calibration);
    const ofShifted = probabilities.slice(nReference);
    const reliability = reliabilityBins(probabilities, all.positive, { bins });
    const sizes = { reference: nReference, shifted: nShifted };
    return {
      split: {
        probability: {
          reference: probabilities.slice(0, nReference),
          shifted: ofShifted,
        },
        ratio: ofShifted.map((probability) => densityRatio(probability, sizes)),
      },
      auroc: auroc(reference, shifted),
      calibrationError: calibrationError(reliability),
      inverseTemperature: inverseTemperature(all.scores, all.positive),
      reliability,
      nReference,
      nShifted,
    };
  },
});
