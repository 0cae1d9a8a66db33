/**
 * Statistics of accuracy on the line: scales, the baselines' line, effective
 * robustness and its intervals; and of classifiers that split a shift into what
 * is in support and what is out of it.
 *
 * @module
 */
export { type Agreement, agreementOf } from "./intervals/agreement.ts";
export { auroc, aurocInterval } from "./intervals/auroc.ts";
export {
  type Calibration,
  crossCalibrate,
  type FoldedScores,
} from "./splits/cross_calibration.ts";
export {
  densityRatio,
  EPSILON,
  isInSupport,
  type SetSizes,
} from "./splits/density_ratio.ts";
export {
  type GroupDifference,
  groupDifference,
  type GroupDifferenceOptions,
} from "./lines/difference.ts";
export {
  type DifficultParts,
  difficultyOf,
  matchDifficulty,
  type MatchedDifficulty,
} from "./splits/difficulty.ts";
export {
  averageColumns,
  type AveragedColumns,
  type EffectiveRobustness,
  effectiveRobustness,
} from "./lines/effective_robustness.ts";
export {
  combinedHalfWidth,
  type ErrorComponent,
} from "./intervals/error_component.ts";
export { fitRuns, type RunFit } from "./lines/fit_runs.ts";
export {
  imageError,
  type ImageErrorOptions,
  type JudgedOverLine,
  type JudgedPoint,
} from "./lines/image_error.ts";
export {
  heightAt,
  type IsotonicCurve,
  isotonicRegression,
} from "./splits/isotonic.ts";
export { lineError } from "./lines/line_error.ts";
export {
  type LineDisagreement,
  lineDisagreement,
  type LineDisagreementOptions,
  type PredictedDifference,
} from "./lines/line_disagreement.ts";
export {
  type CombinedError,
  combineErrors,
  type CombineErrorsOptions,
  type ErrorSource,
  mean,
  meanAccuracy,
  type MeanWithInterval,
  meanWithInterval,
  standardDeviation,
} from "./intervals/mean.ts";
export {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
  type MeanEffectiveRobustnessOptions,
} from "./lines/mean_effective_robustness.ts";
export type { OverLine, Term } from "./lines/over_line.ts";
export {
  type NetworksOverSameLine,
  type PairedDifference,
  pairedDifference,
  type PairedDifferenceOptions,
  type ShiftedNetworks,
} from "./lines/paired_difference.ts";
export {
  type JudgedPart,
  meanInPart,
  partDifference,
  type PartPoints,
  type PartRobustness,
  partRobustness,
} from "./lines/part_robustness.ts";
export type { Point } from "./lines/point.ts";
export {
  clopperPearson,
  type Count,
  type Interval,
  wilson,
} from "./intervals/proportion.ts";
export { criticalValue } from "./intervals/quantile.ts";
export { type RangeOverlap, rangeOverlap } from "./lines/range_overlap.ts";
export {
  fitLine,
  type FitLineOptions,
  type IntervalVariant,
  type Line,
  type LineIntervalOptions,
  type LinePrediction,
  lineStandardError,
  predict,
} from "./lines/regression.ts";
export {
  calibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from "./splits/reliability.ts";
export {
  type ExtremeRule,
  type Scale,
  type Scaled,
  type ScaleName,
  scales,
  toScale,
  type ToScaleOptions,
} from "./lines/scale.ts";
export {
  inverseTemperature,
  probabilityOf,
  STEEPEST,
} from "./splits/temperature.ts";
