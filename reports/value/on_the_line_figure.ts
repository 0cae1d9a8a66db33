/**
 * The paper's figure as a value: accuracies of baselines and of pre-trained
 * networks, and the baselines' line.
 *
 * @module
 */
import type { MeanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import type { FigureHead } from "./figure_head.ts";
import type { Prose } from "./prose.ts";

/** Reference accuracy across, shifted accuracy up, the line between. */
export interface OnTheLineFigure extends FigureHead {
  readonly kind: "on-the-line";
  /** What the names of its groups mean; a page says it once. */
  readonly names?: Prose | undefined;
  /** Titles of the two distributions: "spurious tint, p = 0.5". */
  readonly distributions?: {
    readonly reference: string;
    readonly shifted: string;
  } | undefined;
  /** The line through the baselines. */
  readonly line: Line;
  /** Confidence level of the band; 0.95 by default. */
  readonly level?: number | undefined;
  /** What the baselines are, in the plural: "checkpoints of networks trained from scratch". */
  readonly baselineTitle?: string | undefined;
  /** The baselines. */
  readonly baselines: readonly Point[];
  /** Pre-trained networks by what they were pre-trained on. */
  readonly groups: readonly PretrainedGroup[];
  /** All groups taken together; stands above them. */
  readonly overall?: OverallMean | undefined;
}

/** Something with a name and a mean effective robustness. */
export interface OverallMean {
  /** Name, unlike those of the groups, e.g. "pre-trained". */
  readonly name: string;
  /** Mean effective robustness of all its runs. */
  readonly mean: MeanEffectiveRobustness;
}

/** Pre-trained networks that share a colour, a shape and a mean. */
export interface PretrainedGroup extends OverallMean {
  /** Its configurations, each a mark with error bars: the mean of its runs. */
  readonly members: readonly PretrainedMember[];
}

/** One configuration, fine-tuned with one or more seeds. */
export interface PretrainedMember {
  /** Title, e.g. "full fine-tuning"; the name of the model where there is one run. */
  readonly title: string;
  /** One point a seed. */
  readonly runs: readonly Point[];
}
