/**
 * The words around the paper's figure.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { formatNumber, formatQuantity } from "../../value/quantity.ts";
import type { Survey } from "./on_the_line_survey.ts";
import type {
  OnTheLineFigure,
  OverallMean,
  PretrainedGroup,
} from "../../value/on_the_line_figure.ts";
import { groupStyle } from "../drawing/palette.ts";
import type { FigureWords } from "../drawing/rendered_figure.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";

/** A mean with its half-width: `+3.31 ± 1.11`. */
export function meanText({ mean }: OverallMean): string {
  const half = (mean.high - mean.low) / 2;
  return `${formatNumber({ value: mean.mean, unit: "points" })} ± ${
    formatNumber({ value: half, unit: "points", signed: false })
  }`;
}

/** What has a mean, in the order of the legend. */
export function meansOf(
  { overall, groups }: OnTheLineFigure,
): readonly OverallMean[] {
  return [...overall === undefined ? [] : [overall], ...groups];
}

/** What the figure says, in plain words, for those who cannot see it. */
export function describe(figure: OnTheLineFigure): string {
  const groups = meansOf(figure).map((group) =>
    `${group.name}: mean effective robustness ${
      meanText(group)
    } points, n = ${group.mean.n}.`
  );
  return [plain(proseMarkdown(figure.finding)), ...groups].join(" ");
}

/** The finding and what to beware of; what every mark is; how many there are, from which seeds. */
export function wordsOnTheLine(
  figure: OnTheLineFigure,
  survey: Survey,
): FigureWords {
  const { line, level = 0.95, baselines, groups, note, names } = figure;
  return {
    caption: [
      `**${escapeMarkdown(figure.title)}.** ${proseMarkdown(figure.finding)}`,
      ...warnings(figure, survey),
    ].join(" "),
    reading: [
      ...lineSentences([line.scale], level),
      ...marksSentences(survey, level),
      ...meansSentences(groups, level),
      ...names === undefined ? [] : [proseMarkdown(names)],
    ],
    details: [
      ...note === undefined ? [] : [proseMarkdown(note)],
      [
        `Baselines: ${baselines.length} ${
          escapeMarkdown(figure.baselineTitle ?? "baselines")
        }${seedsText(baselines.map(({ seed }) => seed))}.`,
        `Line: ${fitText(line)}.`,
        ...groups.map((group, i) => groupSentence(group, i)),
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

/** What the line and its band are. */
export function lineSentences(
  scales: readonly string[],
  level: number,
): readonly string[] {
  return [
    `**The line of the baselines.** Grey dots are baselines, models trained from scratch. The line through them is fitted by least squares on the ${
      scales.join(" or ")
    } scale; it is thin where it is extrapolated, and the band is its pointwise ${
      percentOf(level)
    } interval.`,
  ];
}

/** What the key says of the means, where there are any. */
export function meansSentences(
  groups: readonly PretrainedGroup[],
  level: number,
): readonly string[] {
  return groups.length === 0 ? [] : [
    `Effective robustness (ER) is the height of a mark above the line. The key gives the mean ER of each group, in points, ± half its ${
      percentOf(level)
    } interval, which combines ${sourcesText(groups)}.`,
  ];
}

/** How well a line fits: `n = 18, slope 1.03, r² = 0.992`. */
export function fitText({ n, slope, r2 }: OnTheLineFigure["line"]): string {
  return `n = ${n}, slope ${formatNumber({ value: slope, digits: 2 })}, r² = ${
    formatNumber({ value: r2 })
  }`;
}

/** What large marks and bars are, where there are any. */
export function marksSentences(
  { hasMeans, hasBars }: Pick<Survey, "hasMeans" | "hasBars">,
  level: number,
): readonly string[] {
  return [
    ...hasMeans
      ? ["Large marks are means over seeds, small marks single networks."]
      : [],
    ...hasBars
      ? [
        `Bars are ${percentOf(level)} intervals of accuracy, from ${
          hasMeans
            ? "the spread between seeds and the sampling of the test images (hollow marks are single networks, with Wilson’s interval)"
            : "the sampling of the test images (Wilson)"
        }.`,
      ]
      : [],
  ];
}

/** A confidence level in words: `95%`. */
export function percentOf(level: number): string {
  return formatQuantity({ value: level, unit: "percent", digits: 0 });
}

/** The errors that the intervals of the means really hold. */
export function sourcesText(groups: readonly PretrainedGroup[]): string {
  const some = (component: "betweenModels" | "testSet") =>
    groups.some(({ mean }) => mean.components[component] !== null);
  const others = [
    ...some("betweenModels") ? ["the spread between networks"] : [],
    ...some("testSet") ? ["the sampling of the test images"] : [],
  ];
  return others.length === 0
    ? "nothing but the uncertainty of the line"
    : `${others.join(", ")} and the uncertainty of the line`;
}

function groupSentence({ name, members }: PretrainedGroup, i: number): string {
  const runs = members.flatMap((member) => member.runs);
  const { shape } = groupStyle(i);
  return `${shape[0]?.toUpperCase()}${shape.slice(1)}: *${
    escapeMarkdown(name)
  }*, n = ${runs.length}${seedsText(runs.map(({ seed }) => seed))}.`;
}

/** `, seeds 0, 1 and 2`, or nothing where points have no seeds. */
export function seedsText(seeds: readonly (number | undefined)[]): string {
  const numbers = [...new Set(seeds.filter((seed) => seed !== undefined))]
    .sort((a, b) => a - b);
  const last = numbers.at(-1);
  if (last === undefined) return "";
  if (numbers.length === 1) return ` (seed ${last})`;
  return ` (seeds ${numbers.slice(0, -1).join(", ")} and ${last})`;
}

/** What weakens the figure, in a sentence beside it. */
export function warnings(
  { line, groups }: OnTheLineFigure,
  { outside }: Survey,
): readonly string[] {
  const members = groups.reduce((n, group) => n + group.members.length, 0);
  const reasons = [
    ...outside.count > 0
      ? [
        `${outside.count} of ${members} pre-trained marks lie outside the baselines’ reference accuracies, by up to ${
          formatNumber({
            value: outside.farthest,
            unit: "points",
            digits: 1,
            signed: false,
          })
        } points, where ER rests on an extrapolated line`,
      ]
      : [],
    ...line.r2 < POOR_R2
      ? [`the line explains the baselines poorly (r² below ${POOR_R2})`]
      : [],
  ];
  return reasons.length === 0 ? [] : [`Caution: ${reasons.join("; ")}.`];
}

/** Which accuracies were too extreme for the scale, if any were. */
export function clippedSentence(
  { clipped, scale, extremes }: OnTheLineFigure["line"],
): readonly string[] {
  return clipped.length === 0 ? [] : [
    `${clipped.length} ${
      clipped.length === 1 ? "baseline" : "baselines"
    } had accuracies too near 0 or 1 for the ${scale} scale, which were moved to ${
      extremes.kind === "clip" && extremes.bound !== undefined
        ? `${extremes.bound} from the end`
        : "half an image from the end"
    }.`,
  ];
}

/** Markdown without its marks; enough for a sentence. */
function plain(markdown: string): string {
  // An underscore within a word is a letter: names of models have many.
  return markdown.replaceAll(/[*`]|(?<!\w)_|_(?!\w)/g, "").replaceAll(
    /\[([^\]]*)\]\([^)]*\)/g,
    "$1",
  );
}
