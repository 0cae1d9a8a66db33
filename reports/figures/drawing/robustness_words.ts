/**
 * Sentences that captions of effective robustness share.
 *
 * @module
 */
import { listed } from "../../../engine/define/listed.ts";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import type { RobustnessBand } from "../../value/robustness_bars_figure.ts";
import { formatQuantity } from "../../value/quantity.ts";
import { capital, levelText } from "../../value/wording.ts";
import { FILLINGS } from "./robustness_style.ts";

/** What the intervals hold, for a caption. */
export function intervalSentence(
  means: readonly MeanEffectiveRobustness[],
): string {
  const [first] = means;
  return `Thin bars are ${levelText(first?.level ?? 0.95)} intervals, from ${
    sourcesText(means, "the uncertainty of the line alone")
  }; thick bars are the paper’s intervals, from the line alone.`;
}

/** The errors that the intervals of means really hold; or what is said where that is none but the line's. */
export function sourcesText(
  means: readonly MeanEffectiveRobustness[],
  none: string,
): string {
  const has = (component: "betweenModels" | "testSet") =>
    means.some(({ components }) => components[component] !== null);
  const others = [
    ...has("betweenModels") ? ["the spread between networks"] : [],
    ...has("testSet") ? ["the sampling of the test images"] : [],
  ];
  return others.length === 0
    ? none
    : listed([...others, "the uncertainty of the line"]);
}

/** Which filling is which line, where there are several. */
export function fillingsSentences(
  baselines: readonly string[],
): readonly string[] {
  if (baselines.length < 2) return [];
  const marks = baselines.map((name, i) =>
    `${FILLINGS[Math.min(i, FILLINGS.length - 1)]} marks are over the line of ${
      escapeMarkdown(name)
    }`
  );
  return [`${capital(marks.join("; "))}.`];
}

/** What to beware of, in a sentence; nothing where there is nothing. */
export function cautions(reasons: readonly string[]): readonly string[] {
  return reasons.length === 0 ? [] : [`${capital(reasons.join("; "))}.`];
}

/** A distance on an axis of accuracies: `5.8 points`. */
export function distanceText(value: number): string {
  return formatQuantity({ value, unit: "points", digits: 1, signed: false });
}

/** Where networks are that have other reference accuracies than all baselines, and what follows: `beyond the baselines, by up to 5.8 points …` */
export function beyondText(
  farthest: number,
  { isOne = false }: { readonly isOne?: boolean } = {},
): string {
  return `beyond the baselines, by ${isOne ? "" : "up to "}${
    distanceText(farthest)
  } of reference accuracy; there the line is extrapolated`;
}

/** What the shaded band is, if there is one. */
export function bandSentences(
  band: RobustnessBand | undefined,
): readonly string[] {
  return band === undefined
    ? []
    : [`The shaded band is ${escapeMarkdown(band.title)}.`];
}
