/**
 * What weakens effective robustness that was measured in groups.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import type { EffectiveRobustness } from "./effective_robustness.ts";
import type { GroupedRobustness } from "./grouped_robustness.ts";
import { binomialVariance, placeOf } from "./line_leverage.ts";
import type { Point } from "./point.ts";
import { scales } from "./scale.ts";

/** A line that explains less of the baselines' spread than this is a poor one. */
export const POOR_R2 = 0.9;

/** With fewer baselines than this the line is uncertain. */
export const FEW_BASELINES = 10;

/** What weakens a measurement. */
export interface RobustnessCaveats {
  /** Models outside the baselines' range of reference accuracy, the farthest first. */
  readonly extrapolated: readonly EffectiveRobustness[];
  /** Whether shifted accuracy does not rise with reference accuracy: a column may hold errors. */
  readonly isFalling: boolean;
  /** Whether r² is below {@linkcode POOR_R2}. */
  readonly isPoorLine: boolean;
  /** Whether there are fewer than {@linkcode FEW_BASELINES}. */
  readonly hasFewBaselines: boolean;
  /** Groups of one model, which is taken to spread like baselines. */
  readonly ofOne: readonly string[];
  /** What noise of the baselines' reference accuracies may do to the group that it moves most, if that is much. */
  readonly flattening: Flattening | undefined;
}

/**
 * A line that is too flat, since the reference accuracies of its baselines are
 * noisy themselves (Fuller, Measurement Error Models, 1987, section 1.1): what
 * lies above them seems better than it is, what lies below worse.
 */
export interface Flattening {
  /** Share of the baselines' variance in scaled reference accuracy that noise of the examples makes, at most. */
  readonly noise: number;
  /** The group that this moves most, for its interval. */
  readonly group: string;
  /** How much its mean effective robustness may be too high for that, a fraction of accuracy. */
  readonly bias: number;
}

/** A line that rises by less is level, but for rounding. */
const RISING = 1e-12;

/** A bias of so much of the half-width of an interval is named: it still holds the truth in 92%, where 95% was asked for. */
const MUCH_BIAS = 0.25;

/** What weakens this measurement. */
export function caveatsOf(
  measurement: GroupedRobustness,
): RobustnessCaveats {
  const { line, models, groups } = measurement;
  const distance = (one: EffectiveRobustness) => Math.abs(one.extrapolation);
  return {
    // Baselines are within their own range.
    extrapolated: [...outside(models)]
      .toSorted((a, b) => distance(b) - distance(a)),
    isFalling: line.slope < RISING,
    isPoorLine: line.r2 < POOR_R2,
    hasFewBaselines: line.n < FEW_BASELINES,
    ofOne: groups.filter(({ robustness }) => robustness.n === 1)
      .map(({ name }) => name),
    flattening: flatteningOf(measurement),
  };
}

/** As if no two models shared reference examples, which is the most that it can be. */
function flatteningOf(
  { line, baselines, groups, sizes }: GroupedRobustness,
): Flattening | undefined {
  if (sizes === undefined) return undefined;
  const noiseOf = (point: Point) =>
    binomialVariance(point.reference, point.referenceSize) /
    scales[line.scale].slope(placeOf(point, line).x) ** 2;
  const variance = line.sxx / (line.n - 1);
  const noise = Math.min(mean(baselines.map(noiseOf)) / variance, MOST_NOISE);
  const [worst] = groups.map(({ name, members, robustness }) => {
    const bias = noise / (1 - noise) * line.slope * mean(
      members.map((point) => {
        const { x, slope } = placeOf(point, line);
        return slope * (x - line.xMean);
      }),
    );
    const part = Math.abs(bias) / (robustness.high - robustness.mean);
    return { noise, group: name, bias, part };
  }).toSorted((a, b) => b.part - a.part);
  return worst !== undefined && worst.part > MUCH_BIAS ? worst : undefined;
}

/** The share is itself estimated, badly where it is large: of more than this only that it is more can be told. */
export const MOST_NOISE = 0.5;

function* outside(
  models: GroupedRobustness["models"],
): Generator<EffectiveRobustness> {
  for (const { robustness } of models) {
    if (robustness.extrapolation !== 0) yield robustness;
  }
}
