/**
 * Draws the paper's figure.
 *
 * @module
 */
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import { listed } from "../../../engine/define/listed.ts";
import { csvLines } from "../../text/csv.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import type {
  OnTheLineFigure,
  OverallMean,
} from "../../value/on_the_line_figure.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { formatNumber } from "../../value/quantity.ts";
import { counted, levelText } from "../../value/wording.ts";
import { tableOf } from "../drawing/columns.ts";
import {
  type FigureContent,
  onPage,
  rendered,
} from "../drawing/figure_content.ts";
import {
  layered,
  type LegendEntry,
  lineSample,
  shadeSample,
  shapeSample,
  shapesSentence,
} from "../drawing/legend.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { isWide } from "../drawing/pixels.ts";
import { shortened } from "../drawing/plain_marks.ts";
import type {
  FigureOnPage,
  RenderedFigure,
} from "../drawing/rendered_figure.ts";
import { beyondText, cautions, sourcesText } from "../drawing/robustness.ts";
import {
  type Mark,
  MARK_COLUMNS,
  marksOf,
  readersTable,
  type Surveyed,
  surveyOf,
} from "./on_the_line_marks.ts";
import { hasBars, linePlot } from "./on_the_line_plot.ts";

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function onTheLine(figure: OnTheLineFigure): RenderedFigure {
  const data = tableOf([...marksOf(figure)], MARK_COLUMNS);
  return rendered(figure, { ...contentOf(figure), data });
}

/** The CSV of a figure of any number of points. */
export function onTheLineCsv(figure: OnTheLineFigure): Iterable<string> {
  const rowOf = (mark: Mark) => MARK_COLUMNS.map(([, cell]) => cell(mark));
  return csvLines(MARK_COLUMNS.map(([title]) => title), {
    [Symbol.iterator]: () => Iterator.from(marksOf(figure)).map(rowOf),
  });
}

/** Draws the figure and writes its caption and table, however many its points. */
export function drawnOnTheLine(figure: OnTheLineFigure): FigureOnPage {
  return onPage(figure, contentOf(figure));
}

function contentOf(figure: OnTheLineFigure): FigureContent {
  const survey = surveyOf(figure);
  const { groups } = figure;
  return {
    sentences: sentencesOf(figure),
    cautions: warnings({ figure, survey }),
    reading: readingOf(figure, [{ figure, survey }]),
    details: [
      [
        ...lineSentences(figure),
        ...groups.length === 0 ? [] : [shapesSentence(
          groups.map(({ name }) => name),
          groups.map(({ members }) => {
            const runs = members.flatMap(({ runs }) => runs);
            return `${runs.length}${seedsText(runs)}`;
          }),
        )],
        ...survey.drawn.length < survey.total
          ? [
            `Drawn: ${survey.drawn.length} of ${survey.total} marks. Of a group with more than ${survey.share}, that many are drawn, evenly chosen in the order of the table; the line, the means and the data have all.`,
          ]
          : [],
      ].join(" "),
    ],
    table: readersTable(survey),
    legend: [
      ...meansLegend(figure),
      ...severalMarks(figure),
      ...linesLegend(figure, [{ figure, survey }]),
    ],
    plot: (sheet) =>
      linePlot(figure, {
        marks: survey.drawn,
        sheet,
        share: isWide(sheet) ? 0.68 : 0.84,
        styleAt: groupStyle,
      }),
  };
}

/** All groups, which have no mark of their own, and each below them, with its mean: `photo (n = 4)  ER +3.31 ± 1.11`. */
export function meansLegend(
  { overall, groups }: OnTheLineFigure,
  { styleAt = groupStyle, digits }: {
    /** The look of the group at an index; that of its place if left out. */
    readonly styleAt?: typeof groupStyle;
    readonly digits?: number;
  } = {},
): readonly LegendEntry[] {
  // Where a mean has no room beside the name, it goes to the next line as a whole.
  const text = (group: OverallMean) =>
    `${shortened(group.name, 24)} (n = ${group.mean.n})  ${
      `ER ${meanText(group, digits)}`.replaceAll(" ", "\u00a0")
    }`;
  return [
    ...overall === undefined ? [] : [{ text: text(overall) }],
    ...groups.map((group, i) => ({
      text: text(group),
      sample: shapeSample({
        ...styleAt(i),
        // A hollow mark is a network alone, here as in the plot.
        filling: group.members.every(({ runs }) => runs.length === 1) ? 1 : 0,
        size: 0.43,
      }),
    })),
  ];
}

/** Of groups of means, what each of several marks of one look is: `photo: a mark each for fine-tuning; linear probe first`. */
function severalMarks(
  { groups }: OnTheLineFigure,
): readonly LegendEntry[] {
  return groups.flatMap(({ name, members }) => {
    const means = members.filter(({ runs }) => runs.length > 1);
    return means.length < 2 ? [] : [{
      text: `${name}: a mark each for ${
        listed(means.map(({ title }) => title.replace(`${name}, `, "")))
      }`,
    }];
  });
}

/** What is not a group, in one figure or in those beside each other: what means are, filled and hollow marks, baselines, their line and band, equal accuracies. */
export function linesLegend(
  { level = 0.95 }: Pick<OnTheLineFigure, "level">,
  panels: readonly Surveyed[],
): readonly LegendEntry[] {
  const [n, ...others] = new Set(
    panels.map(({ figure }) => figure.baselines.length),
  );
  const members = panels.flatMap(({ survey }) => survey.drawn)
    .filter(({ kind }) => kind === "member");
  return [
    ...members.some(({ n }) => n > 1)
      ? [
        {
          text: "filled: mean over seeds",
          sample: shapeSample({ filling: 0, size: 0.48 }),
        },
        {
          text: "small: one of its networks",
          sample: shapeSample({ filling: 0, size: 0.25 }),
        },
      ]
      : [],
    ...members.some(({ n }) => n === 1)
      ? [{
        text: "hollow: a single network",
        sample: shapeSample({ filling: 1, size: 0.4 }),
      }]
      : [],
    {
      // Figures side by side may differ in their number.
      text: others.length > 0 ? "baselines" : `baselines (n = ${n})`,
      sample: shapeSample({ symbol: "circle", filling: "faint", size: 0.3 }),
    },
    {
      text: `their line, ${levelText(level)} band`,
      sample: layered(
        shadeSample({ opacity: 0.12, height: 0.8 }),
        lineSample({ width: 2.2 }),
      ),
    },
    {
      text: "equal accuracies, y = x",
      sample: lineSample({ width: 1.2, dash: "5,4", colour: SOFT_COLOUR }),
    },
    ...members.length === 0
      ? []
      : [{ text: "ER: mean effective robustness, points" }],
    { text: `axes: ${scalesOf(panels)} scale` },
  ];
}

/** The scales of figures: `probit`, `probit or logit`. */
function scalesOf(panels: readonly Surveyed[]): string {
  return [...new Set(panels.map(({ figure }) => figure.line.scale))]
    .join(" or ");
}

/** A mean with its half-width: `+3.31 ± 1.11`. */
function meanText({ mean }: OverallMean, digits?: number): string {
  const shared = { unit: "points", digits } as const;
  const half = (mean.high - mean.low) / 2;
  return `${formatNumber({ ...shared, value: mean.mean })} ± ${
    formatNumber({ ...shared, value: half, signed: false })
  }`;
}

/** Every mean in plain words, for those who cannot see the figure. */
export function sentencesOf(
  { overall, groups }: OnTheLineFigure,
): readonly string[] {
  return [...overall === undefined ? [] : [overall], ...groups].map((group) =>
    `${group.name}: mean effective robustness ${
      meanText(group)
    } points, n = ${group.mean.n}.`
  );
}

/** What lines, marks, bars and means are, of one figure or of those beside each other. */
export function readingOf(
  { names, level = 0.95 }: Pick<OnTheLineFigure, "names" | "level">,
  panels: readonly Surveyed[],
): readonly string[] {
  const means = panels.flatMap(({ figure }) =>
    figure.groups.map(({ mean }) => mean)
  );
  return [
    `**The line of the baselines.** Grey dots are baselines, models trained from scratch. The line through them is fitted by least squares on the ${
      scalesOf(panels)
    } scale; it is thin where it is extrapolated, and the band is its pointwise ${
      levelText(level)
    } interval.`,
    "Large marks are means over seeds, small and hollow marks are single networks.",
    ...panels.some(({ survey }) => hasBars(survey.drawn))
      ? [
        `Bars are ${
          levelText(level)
        } intervals of accuracy, from the spread between seeds and the sampling of the test images; of a single network, Wilson’s.`,
      ]
      : [],
    ...means.length === 0 ? [] : [
      `Effective robustness (ER) is the height of a mark above the line. The legend gives the mean ER of each group, in points, ± half its ${
        levelText(means[0]?.level ?? level)
      } interval, from ${sourcesText(means)}.`,
    ],
    ...names === undefined ? [] : [proseMarkdown(names)],
  ];
}

/** The baselines, how well the line fits them, and which accuracies were too extreme for its scale, if any were. */
export function lineSentences(
  { baselines, baselineTitle = "baselines", line }: OnTheLineFigure,
): readonly string[] {
  const { n, slope, r2, clipped, scale, extremes } = line;
  return [
    `Baselines: ${baselines.length} ${escapeMarkdown(baselineTitle)}${
      seedsText(baselines)
    }.`,
    `Line: n = ${n}, slope ${formatNumber({ value: slope, digits: 2 })}, r² = ${
      formatNumber({ value: r2 })
    }.`,
    ...clipped.length === 0 ? [] : [
      `${
        counted(clipped.length, "baseline")
      } had accuracies too near 0 or 1 for the ${scale} scale, which were moved to ${
        extremes.kind === "clip" && extremes.bound !== undefined
          ? `${extremes.bound} from the end`
          : "half an image from the end"
      }.`,
    ],
  ];
}

/** ` (seeds 0, 1 and 2)`, or nothing where points have no seeds. */
function seedsText(
  points: readonly { readonly seed?: number | undefined }[],
): string {
  const numbers = [...new Set(points.map(({ seed }) => seed))]
    .filter((seed) => seed !== undefined).sort((a, b) => a - b);
  if (numbers.length === 0) return "";
  const seed = numbers.length === 1 ? "seed" : "seeds";
  return ` (${seed} ${listed(numbers.map(String))})`;
}

/** What weakens the figure, in a sentence beside it. */
export function warnings(
  { figure: { line, groups }, survey: { outside } }: Surveyed,
): readonly string[] {
  const { count, farthest } = outside;
  const members = groups.flatMap(({ members }) => members);
  return cautions([
    ...count === 0 ? [] : [
      `${count} of ${members.length} pre-trained marks ${
        beyondText(count, farthest)
      }`,
    ],
    ...line.r2 < POOR_R2
      ? [`the line explains the baselines poorly (r² below ${POOR_R2})`]
      : [],
  ]);
}
