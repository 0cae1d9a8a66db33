/**
 * What figures of effective robustness share. They tell groups apart by colour
 * and shape, and the line that these are measured by by its filling; tables and
 * sentences give every mean with its interval.
 *
 * @module
 */
import { listed } from "../../../engine/define/listed.ts";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { formatCount, formatQuantity } from "../../value/quantity.ts";
import type {
  RobustnessBand,
  RobustnessEstimate,
} from "../../value/robustness_bars_figure.ts";
import { capital, counted, levelText } from "../../value/wording.ts";
import { type Columns, points, span, unsigned } from "./columns.ts";
import {
  layered,
  type LegendEntry,
  lineSample,
  seriesLegend,
  shadeSample,
  shapeSample,
} from "./legend.ts";
import { type GroupStyle, groupStyle } from "./palette.ts";

/** What a mark stands for: a group of networks, and what the line goes through. */
export type GroupOverLine = Pick<RobustnessEstimate, "group" | "baselines">;

/** A mean, or null and how few examples there are. */
export type Measurement = Pick<RobustnessEstimate, "mean" | "examples">;

/** What is alike in figures of effective robustness. */
export interface MeasuredFigure {
  readonly band?: RobustnessBand | undefined;
  readonly estimates: readonly (GroupOverLine & Measurement)[];
}

/** The names of groups and of baselines, each in order of first mention. */
export interface MeasuredNames {
  readonly groups: readonly string[];
  readonly baselines: readonly string[];
}

/** The names of the groups and the baselines that some estimates are of. */
export function namesOf(estimates: readonly GroupOverLine[]): MeasuredNames {
  return {
    groups: [...new Set(estimates.map(({ group }) => group))],
    baselines: [...new Set(estimates.map(({ baselines }) => baselines))],
  };
}

/** The means of some measurements, without those of too few examples. */
export function takenMeans(
  measurements: readonly Measurement[],
): readonly MeanEffectiveRobustness[] {
  return measurements.map(({ mean }) => mean).filter((mean) => mean !== null);
}

/** Words for the fillings, in order. */
const FILLINGS = ["filled", "hollow", "pale"] as const;

/** Dashes of lines between marks, in the order of the fillings. */
export const DASHES = ["none", "5,3", "2,3"] as const;

/** The filling of marks over the line at an index: there are three. */
function fillingAt(index: number): number {
  return Math.min(index, FILLINGS.length - 1);
}

/** Style of the group, and filling by its baselines. */
export function styleOf(
  { group, baselines }: GroupOverLine,
  { groups, baselines: lines }: MeasuredNames,
): GroupStyle & { readonly filling: number } {
  const filling = fillingAt(lines.indexOf(baselines));
  return { ...groupStyle(groups.indexOf(group)), filling };
}

/** The entries of the legend. */
export function robustnessLegend(
  { estimates, band }: MeasuredFigure,
  { joined = false, singles = false }: {
    /** Whether marks of one series are joined, by which its group is named; else its row is. */
    readonly joined?: boolean;
    /** Whether faint marks are single networks. */
    readonly singles?: boolean;
  } = {},
): readonly LegendEntry[] {
  const { groups, baselines } = namesOf(estimates);
  const level = takenMeans(estimates)[0]?.level ?? 0.95;
  const thick = lineSample({ width: 5, opacity: 0.35 });
  return [
    ...joined ? seriesLegend(groups) : [],
    ...(baselines.length > 1 ? baselines : []).map((name, i): LegendEntry => {
      const filling = fillingAt(i);
      const line = lineSample({ width: 1.4, dash: DASHES[filling] });
      const shape = shapeSample({ symbol: "circle", filling, size: 0.38 });
      return {
        text: `${FILLINGS[filling]}: line of ${name}`,
        sample: joined ? layered(line, shape) : shape,
      };
    }),
    ...singles
      ? [{
        text: "single networks",
        sample: shapeSample({ filling: "faint", size: 0.25 }),
      }]
      : [],
    {
      text: `${levelText(level)} interval`,
      sample: lineSample({ width: 1.5 }),
    },
    {
      // Rows have one scale and larger marks.
      text: joined
        ? "of the line alone"
        : "that of the line alone, where wider than the mark",
      sample: thick,
    },
    ...band === undefined ? [] : [{
      text: band.title,
      sample: shadeSample({ opacity: 0.12, height: 1 }),
    }],
  ];
}

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
    `${FILLINGS[fillingAt(i)]} marks are over the line of ${
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
