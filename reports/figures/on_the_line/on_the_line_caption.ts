/**
 * The words around the paper's figure.
 *
 * @module
 */
import { listed } from "../../../engine/define/listed.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { formatNumber } from "../../value/quantity.ts";
import { counted, levelText } from "../../value/wording.ts";
import type { Survey } from "./on_the_line_survey.ts";
import type {
  OnTheLineFigure,
  OverallMean,
  PretrainedGroup,
} from "../../value/on_the_line_figure.ts";
import {
  beyondText,
  cautions,
  sourcesText,
} from "../drawing/robustness_words.ts";
import type { FigureSaid } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";

/** A mean with its half-width: `+3.31 ± 1.11`. */
export function meanText(
  { mean }: OverallMean,
  { digits }: { readonly digits?: number } = {},
): string {
  const half = (mean.high - mean.low) / 2;
  const shared = { unit: "points", digits } as const;
  return `${formatNumber({ ...shared, value: mean.mean })} ± ${
    formatNumber({ ...shared, value: half, signed: false })
  }`;
}

/** What has a mean, in the order of the legend. */
export function meansOf(
  { overall, groups }: OnTheLineFigure,
): readonly OverallMean[] {
  return [...overall === undefined ? [] : [overall], ...groups];
}

/** Every mean in plain words, for those who cannot see the figure. */
export function sentencesOf(figure: OnTheLineFigure): readonly string[] {
  return meansOf(figure).map((group) =>
    `${group.name}: mean effective robustness ${
      meanText(group)
    } points, n = ${group.mean.n}.`
  );
}

/** What to beware of; what every mark is; how many there are, from which seeds. */
export function saidOnTheLine(
  figure: OnTheLineFigure,
  survey: Survey,
): FigureSaid {
  const { line, groups } = figure;
  return {
    cautions: warnings(figure, survey),
    reading: readingOf(figure, { ...survey, groups, scales: [line.scale] }),
    details: [
      [
        `${baselinesText(figure)}.`,
        `Line: ${fitText(line)}.`,
        ...groups.length === 0 ? [] : [shapesSentence(
          groups.map(({ name }) => name),
          groups.map(countsText),
        )],
        ...survey.drawn.length < survey.total
          ? [
            `Drawn: ${survey.drawn.length} of ${survey.total} marks. Of a group with more than ${survey.share}, that many are drawn, evenly chosen in the order of the table; the line, the means and the data have all.`,
          ]
          : [],
        ...clippedSentence(line),
      ].join(" "),
    ],
  };
}

/** What lines, marks, bars and means are, of one figure or of panels beside each other. */
export function readingOf(
  { names, level = 0.95 }: Pick<OnTheLineFigure, "names" | "level">,
  { scales, groups, hasMeans, hasSingles, hasBars, arePanels = false }:
    & Pick<Survey, "hasMeans" | "hasSingles" | "hasBars">
    & {
      readonly scales: readonly string[];
      readonly groups: readonly PretrainedGroup[];
      readonly arePanels?: boolean;
    },
): readonly string[] {
  const [first] = groups;
  const single = hasSingles
    ? " (hollow marks are single networks, with Wilson’s interval)"
    : "";
  const sources = hasMeans
    ? `the spread between seeds and the sampling of the test images${single}`
    : "the sampling of the test images (Wilson)";
  const errors = sourcesText(
    groups.map(({ mean }) => mean),
    "nothing but the uncertainty of the line",
  );
  return [
    `**The line of the baselines.** Grey dots are baselines, models trained from scratch. The line through them is fitted by least squares on the ${
      scales.join(" or ")
    } scale; it is thin where it is extrapolated, and the band is its pointwise ${
      levelText(level)
    } interval.`,
    ...hasMeans
      ? ["Large marks are means over seeds, small marks single networks."]
      : [],
    ...hasBars
      ? [`Bars are ${levelText(level)} intervals of accuracy, from ${sources}.`]
      : [],
    ...first === undefined ? [] : [
      `Effective robustness (ER) is the height of a mark above the line. The legend gives the mean ER of each group, in points, ± half its ${
        levelText(first.mean.level)
      } interval, which combines ${errors}.`,
    ],
    ...arePanels ? ["Each panel has its own axes."] : [],
    ...names === undefined ? [] : [proseMarkdown(names)],
  ];
}

/** `Baselines: 18 checkpoints (seeds 0 and 1)` */
export function baselinesText(
  { baselines, baselineTitle = "baselines" }: OnTheLineFigure,
): string {
  return `Baselines: ${baselines.length} ${escapeMarkdown(baselineTitle)}${
    seedsText(baselines.map(({ seed }) => seed))
  }`;
}

/** How well a line fits: `n = 18, slope 1.03, r² = 0.992`. */
export function fitText({ n, slope, r2 }: OnTheLineFigure["line"]): string {
  return `n = ${n}, slope ${formatNumber({ value: slope, digits: 2 })}, r² = ${
    formatNumber({ value: r2 })
  }`;
}

/** How many networks with which seeds, by what they are where that is of two or three kinds: `6 (FT) and 2 (LP-FT) (seed 0)`. */
function countsText({ name, members }: PretrainedGroup): string {
  const runs = members.flatMap((member) => member.runs);
  const kinds = members.flatMap(({ title, runs }) =>
    title.startsWith(`${name}, `)
      ? [`${runs.length} (${escapeMarkdown(title.slice(name.length + 2))})`]
      : []
  );
  const count = kinds.length === members.length && [2, 3].includes(kinds.length)
    ? listed(kinds)
    : runs.length;
  return `${count}${seedsText(runs.map(({ seed }) => seed))}`;
}

/** `, seeds 0, 1 and 2`, or nothing where points have no seeds. */
function seedsText(seeds: readonly (number | undefined)[]): string {
  const numbers = [...new Set(seeds.filter((seed) => seed !== undefined))]
    .sort((a, b) => a - b);
  if (numbers.length === 0) return "";
  const seed = numbers.length === 1 ? "seed" : "seeds";
  return ` (${seed} ${listed(numbers.map(String))})`;
}

/** What weakens the figure, in a sentence beside it. */
export function warnings(
  { line, groups }: OnTheLineFigure,
  { outside, hasMeans, hasSingles }: Survey,
): readonly string[] {
  const members = groups.reduce((n, group) => n + group.members.length, 0);
  const mark = hasMeans && !hasSingles ? "mean" : "pre-trained mark";
  const isOne = outside.count === 1;
  return cautions([
    ...outside.count > 0
      ? [
        `${someOf(outside.count, { members, mark })} ${
          isOne ? "lies" : "lie"
        } ${beyondText(outside.farthest, { isOne })}`,
      ]
      : [],
    ...line.r2 < POOR_R2
      ? [`the line explains the baselines poorly (r² below ${POOR_R2})`]
      : [],
  ]);
}

/** `the mean`, `both means`, `all 3 means`, `1 of 3 means` */
function someOf(
  count: number,
  { members, mark }: { readonly members: number; readonly mark: string },
): string {
  if (count < members) return `${count} of ${members} ${mark}s`;
  if (members === 1) return `the ${mark}`;
  return members === 2 ? `both ${mark}s` : `all ${members} ${mark}s`;
}

/** Which accuracies were too extreme for the scale, if any were. */
export function clippedSentence(
  { clipped, scale, extremes }: OnTheLineFigure["line"],
): readonly string[] {
  return clipped.length === 0 ? [] : [
    `${
      counted(clipped.length, "baseline")
    } had accuracies too near 0 or 1 for the ${scale} scale, which were moved to ${
      extremes.kind === "clip" && extremes.bound !== undefined
        ? `${extremes.bound} from the end`
        : "half an image from the end"
    }.`,
  ];
}
