/**
 * Statistics of accuracy on the line: scales, the baselines' line, effective
 * robustness and its intervals.
 *
 * @module
 */
export {
  averageColumns,
  type AveragedColumns,
  type EffectiveRobustness,
  effectiveRobustness,
} from "./effective_robustness.ts";
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
  type ErrorComponent,
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
  type MeanEffectiveRobustnessOptions,
} from "./mean_effective_robustness.ts";
export type { Point } from "./point.ts";
export {
  clopperPearson,
  type Count,
  type Interval,
  wilson,
} from "./proportion.ts";
export { criticalValue } from "./quantile.ts";
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
  type ExtremeRule,
  type Scale,
  type Scaled,
  type ScaleName,
  scales,
  toScale,
  type ToScaleOptions,
} from "./scale.ts";
