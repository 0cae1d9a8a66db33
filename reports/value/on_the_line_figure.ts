/**
 * The paper's figure as a value: accuracies of baselines and of pre-trained
 * networks, and the baselines' line, under one shift or several.
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

/** Small panels of the paper's figure, those in support above those out of support. */
export interface LinePanelsFigure extends FigureHead {
  readonly kind: "line-panels";
  /** What the names of its groups mean; a page says it once. */
  readonly names?: Prose | undefined;
  /** Confidence level of bands and bars; 0.95 by default. */
  readonly level?: number | undefined;
  /** One a shift, in reading order; two or three fill a row. */
  readonly panels: readonly LinePanel[];
}

/** What a figure of its own would have, with the name of the shift as its title. A group has one look in all panels, by its name. */
export interface LinePanel extends
  Omit<
    OnTheLineFigure,
    "kind" | "id" | "note" | "names" | "level" | "overall"
  > {
  /** Whether the shift stays in the support of the reference distribution; of some only a part does. */
  readonly support: "in" | "out" | "part";
  /** Of one of which a part does: beside which shifts it stands, and what it is called there, "close to ImageNet". A row of its own if left out. */
  readonly beside?:
    | { readonly support: "in" | "out"; readonly head: string }
    | undefined;
  /** What its networks are: "published models". */
  readonly networks?: string | undefined;
}
