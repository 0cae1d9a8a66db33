/**
 * Statistics of accuracy on the line: scales, the baselines' line, effective
 * robustness and its intervals; and of classifiers that split a shift into what
 * is in support and what is out of it.
 *
 * @module
 */
export { type Agreement, agreementOf } from "./agreement.ts";
export { auroc, aurocInterval } from "./auroc.ts";
export {
  type Calibration,
  crossCalibrate,
  type FoldedScores,
} from "./cross_calibration.ts";
export {
  densityRatio,
  EPSILON,
  isInSupport,
  type SetSizes,
} from "./density_ratio.ts";
export {
  type GroupDifference,
  groupDifference,
  type GroupDifferenceOptions,
} from "./difference.ts";
export {
  type DifficultParts,
  difficultyOf,
  matchDifficulty,
  type MatchedDifficulty,
} from "./difficulty.ts";
export {
  averageColumns,
  type AveragedColumns,
  type EffectiveRobustness,
  effectiveRobustness,
} from "./effective_robustness.ts";
export { combinedHalfWidth, type ErrorComponent } from "./error_component.ts";
export { fitRuns, type RunFit } from "./fit_runs.ts";
export {
  heightAt,
  type IsotonicCurve,
  isotonicRegression,
} from "./isotonic.ts";
export {
  type LineDisagreement,
  lineDisagreement,
  type LineDisagreementOptions,
  type PredictedDifference,
} from "./line_disagreement.ts";
export {
  type CombinedError,
  combineErrors,
  type ErrorSource,
  mean,
  meanAccuracy,
  type MeanWithInterval,
  meanWithInterval,
  standardDeviation,
} from "./mean.ts";
export {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
  type MeanEffectiveRobustnessOptions,
} from "./mean_effective_robustness.ts";
export {
  type PairedDifference,
  pairedDifference,
  type ShiftedNetworks,
} from "./paired_difference.ts";
export {
  meanInPart,
  type PartPoints,
  type PartRobustness,
  partRobustness,
} from "./part_robustness.ts";
export type { Point } from "./point.ts";
export {
  clopperPearson,
  type Count,
  type Interval,
  wilson,
} from "./proportion.ts";
export { criticalValue } from "./quantile.ts";
export { type RangeOverlap, rangeOverlap } from "./range_overlap.ts";
export {
  fitLine,
  type FitLineOptions,
  type IntervalVariant,
  type Line,
  type LineIntervalOptions,
  type LinePrediction,
  lineStandardError,
  predict,
} from "./regression.ts";
export {
  calibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from "./reliability.ts";
export {
  type ExtremeRule,
  type Scale,
  type Scaled,
  type ScaleName,
  scales,
  toScale,
  type ToScaleOptions,
} from "./scale.ts";
export { inverseTemperature, probabilityOf, STEEPEST } from "./temperature.ts";
