/**
 * The words around a sweep, and the numbers behind it.
 *
 * @module
 */
import { largest } from "../../../stats/intervals/extremes.ts";
import { mean } from "../../../stats/intervals/mean.ts";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { formatBound } from "../../value/quantity.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
import {
  bare,
  type Columns,
  percent,
  tableOf,
  unsigned,
} from "../drawing/columns.ts";
import type { FigureNumbers, FigureSaid } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import {
  type MeasuredAccuracy,
  measuredAccuracy,
} from "../drawing/measured_accuracy.ts";
import {
  beyondText,
  cautions,
  namesOf,
  ROBUSTNESS_COLUMNS,
  ROBUSTNESS_TEXTS,
  robustnessSentences,
  robustnessWords,
  takenMeans,
} from "../drawing/robustness.ts";

/** Mean reference accuracy of the networks of an estimate. */
export function referenceOf(
  { points, mean }: SweepEstimate,
): MeasuredAccuracy {
  return measuredAccuracy(points, { side: "reference", level: mean?.level });
}

/** What the lower panel shows of an estimate in the place of reference accuracy; nothing where it shows that. */
function belowOf(
  { at, group }: SweepEstimate,
  { below }: SweepFigure,
): number | undefined {
  return below?.values.find((one) => one.at === at && one.group === group)
    ?.value;
}

/** The estimates by value of the parameter; those of one value keep their order. */
function inOrder({ estimates }: SweepFigure): readonly SweepEstimate[] {
  return estimates.toSorted((a, b) => a.at - b.at);
}

/** What an estimate is of and what it is. */
export function estimateTitle(
  estimate: SweepEstimate,
  figure: SweepFigure,
): string {
  const { parameter } = figure;
  const below = belowOf(estimate, figure);
  const value = formatBound({ value: estimate.at });
  return `${parameter.title} ${value}, ${estimate.group}, line of ${estimate.baselines}\nER ${
    robustnessWords(estimate)
  }; reference accuracy ${percent(referenceOf(estimate).value)}${
    below === undefined ? "" : `; ${figure.below?.title} ${percent(below)}`
  }`;
}

/** Every estimate in plain words, for those who cannot see the figure. */
export function sentencesOf(figure: SweepFigure): readonly string[] {
  return inOrder(figure).map((estimate) =>
    `${estimateTitle(estimate, figure).replace("\n", ": ")}.`
  );
}

/** What to beware of; how to read it. */
export function sweepSaid(figure: SweepFigure): FigureSaid {
  const { estimates, parameter, below } = figure;
  const counts = [...new Set(takenMeans(estimates).map(({ n }) => n))]
    .sort((a, b) => a - b);
  const reading = [
    `**Along a setting.** The upper panel shows mean effective robustness (ER) against ${
      escapeMarkdown(parameter.title)
    }, the lower panel the ${
      below === undefined
        ? "mean reference accuracy of the same networks"
        : escapeMarkdown(below.title)
    } (n = ${
      counts.length < 2 ? counts[0] ?? 0 : `${counts[0]} to ${counts.at(-1)}`
    } at each mark).`,
    shapesSentence(namesOf(estimates).groups),
    ...robustnessSentences(figure, {
      missing:
        "A mark is missing where there are too few examples for a number.",
      singles: counts.some((n) => n > 1),
    }),
    ...parameter.scale === "even"
      ? ["The values stand evenly apart, whatever their size."]
      : [],
  ];
  return { cautions: warnings(figure), reading };
}

/** What weakens the figure, said beside it. */
function warnings({ estimates, parameter }: SweepFigure): readonly string[] {
  const farthest = largest(
    estimates.map(({ points, line }) => rangeOverlap(points, line).maxDistance),
  );
  const poor = estimates.filter(({ line }) => line.r2 < POOR_R2);
  const values = [...new Set(poor.map(({ at }) => at))].sort((a, b) => a - b)
    .map((value) => formatBound({ value }));
  return cautions([
    ...farthest > 0 ? [`networks ${beyondText(2, farthest)}`] : [],
    ...values.length > 0
      ? [
        `at ${escapeMarkdown(parameter.title)} ${
          values.join(", ")
        } a line explains its baselines poorly (r² below ${POOR_R2})`,
      ]
      : [],
  ]);
}

/** An estimate, or of its networks one alone. */
type SweepRow = SweepEstimate & { readonly single?: Point };

/** Every estimate, and at full precision every network. */
export function sweepNumbers(figure: SweepFigure): FigureNumbers {
  const { parameter, below = null } = figure;
  const estimates = inOrder(figure);
  const rows = estimates.flatMap((estimate): readonly SweepRow[] => [
    estimate,
    ...estimate.points.map((single) => (
      { ...estimate, mean: null, points: [single], single }
    )),
  ]);
  const ends = (row: SweepRow) =>
    row.single === undefined ? referenceOf(row).interval : null;
  const farthest = ({ points, line }: SweepEstimate) =>
    rangeOverlap(points, line).maxDistance;
  const columns: Columns<SweepRow> = [
    ["kind", ({ single }) => single === undefined ? "mean" : "run"],
    ["parameter", ({ at }) => at],
    ["group", ({ group }) => group],
    ["baselines", ({ baselines }) => baselines],
    ["model", ({ single }) => single?.model ?? null],
    ["seed", ({ single }) => single?.seed ?? null],
    ["reference", (row) => referenceOf(row).value],
    ["reference_low", (row) => ends(row)?.[0] ?? null],
    ["reference_high", (row) => ends(row)?.[1] ?? null],
    ["shifted", ({ points }) => mean(points.map(({ shifted }) => shifted))],
    ["n", ({ single, mean }) => single === undefined ? mean?.n ?? null : 1],
    [
      "er",
      ({ single, mean, ...row }) =>
        single === undefined
          ? mean?.mean ?? null
          : effectiveRobustness(single, row).er,
    ],
    ...ROBUSTNESS_COLUMNS.slice(2),
    ["max_extrapolation", farthest],
    [
      below?.title.replaceAll(" ", "_") ?? "",
      (row) => row.single === undefined ? belowOf(row, figure) ?? null : null,
    ],
  ];
  const texts: Columns<SweepEstimate, string> = [
    ["group", ({ group }) => group],
    ["line of", ({ baselines }) => baselines],
    [parameter.title, ({ at }) => formatBound({ value: at })],
    [`${below?.title}, %`, (row) => bare(belowOf(row, figure))],
    ["reference, %", (row) => bare(referenceOf(row).value)],
    ...ROBUSTNESS_TEXTS,
    ["farthest", (row) => unsigned(farthest(row))],
  ];
  return {
    data: tableOf(rows, below === null ? columns.slice(0, -1) : columns),
    table: {
      text: 2,
      ...tableOf(estimates, below === null ? texts.toSpliced(3, 1) : texts),
    },
  };
}
