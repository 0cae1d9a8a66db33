/**
 * Mean effective robustness in tables, and in the sentences that captions share.
 *
 * @module
 */
import { listed } from "../../../engine/define/listed.ts";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { formatCount, formatQuantity } from "../../value/quantity.ts";
import { capital, counted, levelText } from "../../value/wording.ts";
import { type Columns, points, span, unsigned } from "./columns.ts";
import {
  FILLINGS,
  type MeasuredFigure,
  type Measurement,
  namesOf,
  takenMeans,
} from "./robustness_style.ts";

/** A mean with its interval, its components and the paper's interval, at full precision. */
export const ROBUSTNESS_COLUMNS: Columns<Measurement> = [
  ["n", ({ mean }) => mean?.n ?? null],
  ["er", ({ mean }) => mean?.mean ?? null],
  ["low", ({ mean }) => mean?.low ?? null],
  ["high", ({ mean }) => mean?.high ?? null],
  [
    "half_between_networks",
    ({ mean }) => mean?.components.betweenModels?.halfWidth ?? null,
  ],
  [
    "half_test_set",
    ({ mean }) => mean?.components.testSet?.halfWidth ?? null,
  ],
  ["half_line", ({ mean }) => mean?.components.line.halfWidth ?? null],
  ["line_only_low", ({ mean }) => mean?.averagedColumns.low ?? null],
  ["line_only_high", ({ mean }) => mean?.averagedColumns.high ?? null],
];

/** A mean with its interval and its components for readers, in points. */
export const ROBUSTNESS_TEXTS: Columns<Measurement, string> = [
  ["n", ({ mean }) => mean === null ? "–" : String(mean.n)],
  [
    "mean ER, points",
    ({ mean, examples }) =>
      mean === null ? tooFew(examples) : points(mean.mean),
  ],
  ["interval", ({ mean }) => mean === null ? "–" : span(mean)],
  [
    "± networks",
    ({ mean }) => unsigned(mean?.components.betweenModels?.halfWidth),
  ],
  [
    "± test images",
    ({ mean }) => unsigned(mean?.components.testSet?.halfWidth),
  ],
  ["± line", ({ mean }) => unsigned(mean?.components.line.halfWidth)],
];

/** `+3.31 (+2.20 to +4.42) points, n = 3`, or that there are too few examples. */
export function robustnessWords({ mean, examples }: Measurement): string {
  if (mean === null) return tooFew(examples);
  const on = examples === undefined
    ? ""
    : `, on ${formatCount(examples)} test examples`;
  return `${points(mean.mean)} (${span(mean)}) points, n = ${mean.n}${on}`;
}

/** Why there is no number: `inconclusive: 34 examples`. */
export function tooFew(examples: number | undefined): string {
  return examples === undefined
    ? "inconclusive"
    : `inconclusive: ${counted(examples, "example")}`;
}

/** How to read marks, bars and bands of effective robustness; `missing` where there are too few examples. */
export function robustnessSentences(
  { estimates, band }: MeasuredFigure,
  { missing, singles = false }: {
    readonly missing: string;
    /** Whether faint marks are single networks. */
    readonly singles?: boolean;
  },
): readonly string[] {
  const means = takenMeans(estimates);
  const { baselines } = namesOf(estimates);
  const fillings = baselines.map((name, i) =>
    `${FILLINGS[Math.min(i, FILLINGS.length - 1)]} marks are over the line of ${
      escapeMarkdown(name)
    }`
  );
  return [
    ...baselines.length < 2 ? [] : [`${capital(fillings.join("; "))}.`],
    ...singles ? ["Faint marks are single networks."] : [],
    `Thin bars are ${levelText(means[0]?.level ?? 0.95)} intervals, from ${
      sourcesText(means)
    }; thick bars are the paper’s intervals, from the line alone.`,
    ...means.length < estimates.length ? [missing] : [],
    ...band === undefined
      ? []
      : [`The shaded band is ${escapeMarkdown(band.title)}.`],
  ];
}

/** The errors that the intervals of means really hold. */
export function sourcesText(
  means: readonly MeanEffectiveRobustness[],
): string {
  const has = (component: "betweenModels" | "testSet") =>
    means.some(({ components }) => components[component] !== null);
  return listed([
    ...has("betweenModels") ? ["the spread between networks"] : [],
    ...has("testSet") ? ["the sampling of the test images"] : [],
    "the uncertainty of the line",
  ]);
}

/** What to beware of, in a sentence; nothing where there is nothing. */
export function cautions(reasons: readonly string[]): readonly string[] {
  return reasons.length === 0 ? [] : [`${capital(reasons.join("; "))}.`];
}

/** Where some marks are that have other reference accuracies than all baselines, and what follows: `lie beyond the baselines, by up to 5.8 points …` */
export function beyondText(count: number, farthest: number): string {
  const [lie, by] = count === 1 ? ["lies", "by"] : ["lie", "by up to"];
  const distance = formatQuantity({
    value: farthest,
    unit: "points",
    digits: 1,
    signed: false,
  });
  return `${lie} beyond the baselines, ${by} ${distance} of reference accuracy; there the line is extrapolated`;
}
