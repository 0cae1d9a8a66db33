/**
 * Draws effective robustness against a parameter.
 *
 * @module
 */
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import { formatBound } from "../../value/quantity.ts";
import type { SweepFigure } from "../../value/sweep_figure.ts";
import { percent } from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { parameterAxis } from "../drawing/parameter_axis.ts";
import {
  type Axis,
  type Drawing,
  isWide,
  type Sheet,
  stacked,
} from "../drawing/pixels.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  DASHES,
  namesOf,
  robustnessLegend,
  styleOf,
} from "../drawing/robustness.ts";
import { type MeasuredPlace, seriesMarks } from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";
import {
  estimateTitle,
  referenceOf,
  sentencesOf,
  sweepNumbers,
  sweepSaid,
} from "./sweep_words.ts";

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
  const legend = robustnessLegend(figure, {
    joined: true,
    singles: estimates.some(({ points }) => points.length > 1),
  });
  return rendered(figure, {
    sentences: sentencesOf(figure),
    ...sweepSaid(figure),
    ...sweepNumbers(figure),
    legend,
    plot: (sheet) => plotOf(figure, sheet),
  });
}

/** A panel for effective robustness above one for reference accuracy, over one axis of the parameter. */
function plotOf(figure: SweepFigure, sheet: Sheet): Drawing {
  const { width, font } = sheet;
  const { estimates, band, below, parameter } = figure;
  const names = namesOf(estimates);
  const all = names.groups.flatMap((group) =>
    names.baselines.map((baselines) => ({ group, baselines }))
  ).map((name) => ({
    ...name,
    estimates: estimates.filter(({ group, baselines }) =>
      group === name.group && baselines === name.baselines
    ).toSorted((a, b) => a.at - b.at),
  })).filter(({ estimates }) => estimates.length > 0);
  const right = width - 12;
  const { x, across } = parameterAxis(parameter, {
    values: estimates.map(({ at }) => at),
    beside: all.length,
    length: right - font * 3.2,
    font,
  });
  const series = all.map((one, i) => ({
    group: one.group,
    style: styleOf(one, names),
    ...placesOf(one, { figure, at: (value) => across(value, i) }),
  }));
  const share = width * (isWide(sheet) ? 0.395 : 0.58);
  const upper = axisOf(series.flatMap(({ upper }) => upper), {
    title: "↑ effective robustness, points",
    others: [0, ...band === undefined ? [] : [band.low, band.high]],
    height: share,
    font,
  });
  const lower = axisOf(series.flatMap(({ lower }) => lower), {
    title: `↑ ${below?.title ?? "reference accuracy"}, %`,
    height: share * 0.46,
    font,
  });
  const [x1, x2] = x.domain;
  // The networks of a group are the same whatever line they are held against.
  const groups = [
    ...Map.groupBy(series, ({ group }) => group).values(),
  ].flatMap((alike) => alike.slice(0, 1));
  return stacked(sheet, {
    right,
    x,
    parts: [
      {
        height: share,
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
        height: share * 0.46,
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

/** The axis upward of some places, their networks and other values. */
function axisOf(
  places: readonly MeasuredPlace[],
  { title, height, font, others = [] }: {
    readonly title: string;
    readonly height: number;
    readonly font: number;
    readonly others?: readonly number[];
  },
): Axis {
  const values = places.flatMap(({ y, singles = [] }) => [y, ...singles]);
  const ends = places.flatMap(({ interval }) => interval ?? []);
  const domain = airy([...others, ...values], { ends });
  const ticks = hundredths(domain, { length: height, gap: font * 2 });
  return { domain, ticks, title };
}

/** Where a series has marks in the upper and in the lower panel. */
function placesOf(
  { group, estimates }: Pick<SweepFigure, "estimates"> & {
    readonly group: string;
  },
  { figure, at }: {
    readonly figure: SweepFigure;
    /** Where a value of the parameter stands; a series stands a little beside it. */
    readonly at: (value: number) => number;
  },
): Readonly<Record<"upper" | "lower", readonly MeasuredPlace[]>> {
  const { parameter, below } = figure;
  const placed = estimates.map((estimate) => ({
    ...estimate,
    x: at(estimate.at),
    title: estimateTitle(estimate, figure),
  }));
  return {
    upper: placed.flatMap(({ x, title, mean, points, line }) =>
      mean === null ? [] : [{
        x,
        y: mean.mean,
        title,
        singles: points.map((point) => effectiveRobustness(point, { line }).er),
        interval: [mean.low, mean.high],
        lineAlone: [mean.averagedColumns.low, mean.averagedColumns.high],
      }]
    ),
    lower: below === undefined
      ? placed.map(({ x, title, ...estimate }) => {
        const { value: y, interval } = referenceOf(estimate);
        const singles = estimate.points.map(({ reference }) => reference);
        return { x, y, title, singles, interval };
      })
      : below.values.filter((one) => one.group === group)
        .toSorted((a, b) => a.at - b.at)
        .map(({ at: value, value: y }) => ({
          x: at(value),
          y,
          title: `${parameter.title} ${
            formatBound({ value })
          }, ${group}\n${below.title}: ${percent(y)}`,
        })),
  };
}
