/**
 * Draws effective robustness against a parameter.
 *
 * @module
 */
import { largest } from "../../../stats/intervals/extremes.ts";
import { mean } from "../../../stats/intervals/mean.ts";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import { listed } from "../../../engine/define/listed.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
import {
  bare,
  type Columns,
  percent,
  tableOf,
  unsigned,
} from "../drawing/columns.ts";
import {
  type FigureNumbers,
  refuse,
  rendered,
} from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import {
  type MeasuredAccuracy,
  measuredAccuracy,
} from "../drawing/measured_accuracy.ts";
import { parameterAxis, parameterTexts } from "../drawing/parameter_axis.ts";
import {
  type Drawing,
  isWide,
  type Sheet,
  stacked,
} from "../drawing/pixels.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  beyondText,
  cautions,
  DASHES,
  namesOf,
  ROBUSTNESS_COLUMNS,
  ROBUSTNESS_TEXTS,
  robustnessLegend,
  robustnessSentences,
  robustnessWords,
  styleOf,
  takenMeans,
} from "../drawing/robustness.ts";
import {
  axisOf,
  type MeasuredPlace,
  seriesMarks,
} from "../drawing/series_marks.ts";

/** An estimate with what is told of it, or of one of its networks alone. */
interface Told extends SweepEstimate {
  /** What it is of and what it is. */
  readonly title: string;
  /** Mean reference accuracy of its networks. */
  readonly reference: MeasuredAccuracy;
  /** What the lower panel shows in the place of reference accuracy, where it does. */
  readonly below: number | undefined;
  /** How far its networks lie beyond the baselines. */
  readonly farthest: number;
  /** The network that it is of, where it is of one. */
  readonly single?: Point;
}

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} without estimates, for one without networks, or for a
 * value that has no place on the axis
 */
export function sweep(figure: SweepFigure): RenderedFigure {
  const { estimates, parameter: { title, scale } } = figure;
  for (const { at, points, group } of estimates) {
    if (!Number.isFinite(at) || (scale === "log" && at <= 0)) {
      refuse(figure, `${title} ${at} has no place on a ${scale} axis`);
    }
    if (points.length === 0) {
      refuse(figure, `"${group}" has no network at ${title} ${at}`);
    }
  }
  const told = estimates.toSorted((a, b) => a.at - b.at)
    .map((estimate) => toldOf(estimate, figure));
  return rendered(figure, {
    sentences: told.map(({ title }) => `${title.replace("\n", ": ")}.`),
    cautions: warnings(told, figure),
    reading: readingOf(figure),
    ...numbersOf(told, figure),
    legend: robustnessLegend(figure, {
      joined: true,
      singles: estimates.some(({ points }) => points.length > 1),
    }),
    plot: (sheet) => plotOf(told, { figure, sheet }),
  });
}

function toldOf(
  estimate: SweepEstimate,
  figure: SweepFigure,
): Told {
  const { parameter, below } = figure;
  const { at, group, baselines, mean, points, line } = estimate;
  const reference = measuredAccuracy(points, {
    side: "reference",
    level: mean?.level,
  });
  const instead = below?.values
    .find((one) => one.at === at && one.group === group)?.value;
  return {
    ...estimate,
    reference,
    below: instead,
    farthest: rangeOverlap(points, line).maxDistance,
    title: `${parameter.title} ${
      valueText(at, figure)
    }, ${group}, line of ${baselines}\nER ${
      robustnessWords(estimate)
    }; reference accuracy ${percent(reference.value)}${
      instead === undefined ? "" : `; ${below?.title} ${percent(instead)}`
    }`,
  };
}

/** How to read it. */
function readingOf(figure: SweepFigure): readonly string[] {
  const { estimates, parameter, below } = figure;
  const counts = [...new Set(takenMeans(estimates).map(({ n }) => n))]
    .sort((a, b) => a - b);
  return [
    `**Along a setting.** The upper panel shows mean effective robustness (ER) against the setting, the lower panel the ${
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
      ? [
        "Where an axis is said to be evenly spaced, its values stand evenly apart, whatever their size.",
      ]
      : [],
  ];
}

/** A value of the parameter as all of the figure's are written. */
function valueText(value: number, { estimates }: SweepFigure): string {
  const values = estimates.map(({ at }) => at);
  return parameterTexts(values)[values.indexOf(value)] ?? "";
}

/** What weakens the figure, said beside it. */
function warnings(
  told: readonly Told[],
  { parameter }: SweepFigure,
): readonly string[] {
  const farthest = largest(told.map(({ farthest }) => farthest));
  const poor = told.filter(({ line }) => line.r2 < POOR_R2);
  const values = parameterTexts([...new Set(poor.map(({ at }) => at))]);
  return cautions([
    ...farthest > 0 ? [`networks ${beyondText(2, farthest)}`] : [],
    ...values.length > 0
      ? [
        `at ${escapeMarkdown(parameter.title)} ${
          listed(values)
        } a line explains its baselines poorly (r² below ${POOR_R2})`,
      ]
      : [],
  ]);
}

/** Every estimate, and at full precision every network. */
function numbersOf(
  told: readonly Told[],
  figure: SweepFigure,
): FigureNumbers {
  const { parameter, below } = figure;
  const rows = told.flatMap((estimate) => [
    estimate,
    ...estimate.points.map((single): Told => {
      const alone = { ...estimate, mean: null, points: [single] };
      return { ...toldOf(alone, figure), single };
    }),
  ]);
  const end = (i: 0 | 1) => ({ single, reference }: Told) =>
    single === undefined ? reference.interval?.[i] ?? null : null;
  const columns: Columns<Told> = [
    ["kind", ({ single }) => single === undefined ? "mean" : "run"],
    ["parameter", ({ at }) => at],
    ["group", ({ group }) => group],
    ["baselines", ({ baselines }) => baselines],
    ["model", ({ single }) => single?.model ?? null],
    ["seed", ({ single }) => single?.seed ?? null],
    ["reference", ({ reference }) => reference.value],
    ["reference_low", end(0)],
    ["reference_high", end(1)],
    ["shifted", ({ points }) => mean(points.map(({ shifted }) => shifted))],
    ["n", ({ single, mean }) => single === undefined ? mean?.n ?? null : 1],
    [
      "er",
      ({ single, mean, line }) =>
        single === undefined
          ? mean?.mean ?? null
          : effectiveRobustness(single, { line }).er,
    ],
    ...ROBUSTNESS_COLUMNS.slice(2),
    ["max_extrapolation", ({ farthest }) => farthest],
    ...below === undefined ? [] : [
      [
        below.title.replaceAll(" ", "_"),
        ({ single, below }: Told) =>
          single === undefined ? below ?? null : null,
      ] as const,
    ],
  ];
  const texts: Columns<Told, string> = [
    ["group", ({ group }) => group],
    ["line of", ({ baselines }) => baselines],
    [parameter.title, ({ at }) => valueText(at, figure)],
    ...below === undefined
      ? []
      : [[`${below.title}, %`, ({ below }: Told) => bare(below)] as const],
    ["reference, %", ({ reference }) => bare(reference.value)],
    ...ROBUSTNESS_TEXTS,
    ["farthest", ({ farthest }) => unsigned(farthest)],
  ];
  return {
    data: tableOf(rows, columns),
    table: { text: 2, ...tableOf(told, texts) },
  };
}

/** A panel for effective robustness above one for reference accuracy, over one axis of the parameter. */
function plotOf(
  told: readonly Told[],
  { figure, sheet }: { readonly figure: SweepFigure; readonly sheet: Sheet },
): Drawing {
  const { width, font } = sheet;
  const { band, below, parameter } = figure;
  const names = namesOf(figure.estimates);
  const all = names.groups.flatMap((group) =>
    names.baselines.map((baselines) => ({
      group,
      baselines,
      own: told.filter((one) =>
        one.group === group && one.baselines === baselines
      ),
    }))
  ).filter(({ own }) => own.length > 0);
  const right = width - 12;
  const { x, across } = parameterAxis(parameter, {
    values: told.map(({ at }) => at),
    beside: all.length,
    length: right - font * 3.2,
    font,
  });
  const series = all.map(({ own, ...one }, i) => ({
    group: one.group,
    style: styleOf(one, names),
    upper: own.flatMap(({ at, title, mean, points, line }): MeasuredPlace[] =>
      mean === null ? [] : [{
        x: across(at, i),
        y: mean.mean,
        title,
        singles: points.map((point) => effectiveRobustness(point, { line }).er),
        interval: [mean.low, mean.high],
        lineAlone: [mean.averagedColumns.low, mean.averagedColumns.high],
      }]
    ),
    lower: below === undefined
      ? own.map(({ at, title, points, reference }): MeasuredPlace => ({
        x: across(at, i),
        y: reference.value,
        title,
        singles: points.map(({ reference }) => reference),
        interval: reference.interval,
      }))
      : below.values.filter(({ group }) => group === one.group)
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, value: y }): MeasuredPlace => ({
          x: across(at, i),
          y,
          title: `${parameter.title} ${
            valueText(at, figure)
          }, ${one.group}\n${below.title}: ${percent(y)}`,
        })),
  }));
  const height = width * (isWide(sheet) ? 0.395 : 0.58);
  const upper = axisOf(series.flatMap(({ upper }) => upper), {
    title: "↑ effective robustness, points",
    others: [0, ...band === undefined ? [] : [band.low, band.high]],
    length: height,
    font,
  });
  const lower = axisOf(series.flatMap(({ lower }) => lower), {
    title: `↑ ${below?.title ?? "reference accuracy"}, %`,
    length: height * 0.46,
    font,
  });
  const [x1, x2] = x.domain;
  // The networks of a group are the same whatever line they are held against.
  const groups = [...Map.groupBy(series, ({ group }) => group).values()]
    .flatMap((alike) => alike.slice(0, 1));
  return stacked(sheet, {
    right,
    x,
    parts: [
      {
        height,
        y: upper,
        marks: [
          ...band === undefined ? [] : [
            shade({ x1, x2, y1: band.low, y2: band.high }, { opacity: 0.08 }),
          ],
          rules([{ x1, x2, y1: 0, y2: 0 }], { width: 1.3 }),
          ...series.flatMap(({ upper: places, style }) =>
            seriesMarks(places, {
              ...style,
              dash: DASHES[style.filling],
              radius: font * 0.44,
              ends: upper.domain,
            })
          ),
        ],
      },
      {
        height: height * 0.46,
        y: lower,
        marks: groups.flatMap(({ lower: places, style }) =>
          seriesMarks(places, {
            ...style,
            filling: 0,
            radius: font * 0.352,
            ends: lower.domain,
          })
        ),
      },
    ],
  });
}
