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

/**
 * The caption in paragraphs: the finding; what every mark is, how many there
 * are, from which seeds, what band and bars are; what to beware of.
 */
export function caption(
  figure: OnTheLineFigure,
  survey: Survey,
): readonly string[] {
  const { line, level = 0.95, baselines } = figure;
  const percent = percentOf(level);
  const finding = [
    `**${escapeMarkdown(figure.title)}.** ${proseMarkdown(figure.finding)}`,
    ...figure.note === undefined ? [] : [proseMarkdown(figure.note)],
  ];
  const reading = [
    `Grey dots: ${baselines.length} ${
      escapeMarkdown(figure.baselineTitle ?? "baselines")
    }${seedsText(baselines.map(({ seed }) => seed))}.`,
    `Line: least squares on the ${line.scale} scale (${
      fitText(line)
    }), thin where it is extrapolated; band: its pointwise ${percent} interval.`,
    ...figure.groups.map((group, i) => groupSentence(group, i)),
    ...survey.drawn.length < survey.total
      ? [
        `Drawn: ${survey.drawn.length} of ${survey.total} marks, of a group with more than ${survey.share} that many, evenly chosen in the order of the table; line, means and data have all.`,
      ]
      : [],
    ...marksSentences(survey, level),
    ...figure.groups.length > 0
      ? [
        `Beside each name: mean effective robustness (ER) in points ± half the ${percent} interval, which combines ${
          sourcesText(figure.groups)
        }.`,
      ]
      : [],
  ];
  return [finding, reading, warnings(figure, survey)]
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => paragraph.join(" "));
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
      ? ["Large marks: means over seeds; small marks: single networks."]
      : [],
    ...hasBars
      ? [
        `Bars: ${percentOf(level)} intervals of accuracy, from ${
          hasMeans
            ? "spread between seeds and sampling of the test images (hollow marks are single networks, with Wilson’s interval)"
            : "sampling of the test images (Wilson)"
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
    ...some("betweenModels") ? ["spread between networks"] : [],
    ...some("testSet") ? ["sampling of the test images"] : [],
  ];
  return others.length === 0
    ? "nothing but the uncertainty of the line"
    : `${others.join(", ")} and uncertainty of the line`;
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

/** What weakens the figure, said beside it. */
export function warnings(
  { line, groups }: OnTheLineFigure,
  { outside }: Survey,
): readonly string[] {
  const members = groups.reduce((n, group) => n + group.members.length, 0);
  return [
    ...outside.count > 0
      ? [
        `Beware: ${outside.count} of ${members} pre-trained marks lie outside the baselines’ reference accuracies, by up to ${
          formatNumber({
            value: outside.farthest,
            unit: "points",
            digits: 1,
            signed: false,
          })
        } points; there ER rests on an extrapolated line.`,
      ]
      : [],
    ...line.r2 < POOR_R2
      ? [
        `Beware: the line explains the baselines poorly (r² below ${POOR_R2}).`,
      ]
      : [],
    ...line.clipped.length > 0
      ? [
        `${line.clipped.length} ${
          line.clipped.length === 1 ? "baseline" : "baselines"
        } had accuracies too near 0 or 1 for the ${line.scale} scale, which were moved to ${
          line.extremes.kind === "clip" && line.extremes.bound !== undefined
            ? `${line.extremes.bound} from the end`
            : "half an image from the end"
        }.`,
      ]
      : [],
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
