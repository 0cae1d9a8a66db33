/**
 * Draws effective robustness against a parameter.
 *
 * @module
 */
import { formatBound } from "../../value/quantity.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
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
} from "../drawing/robustness_style.ts";
import { type MeasuredPlace, seriesMarks } from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";
import {
  estimateTitle,
  referenceOf,
  robustnessOf,
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
  if (estimates.length === 0) refuse(figure, "it has no estimate");
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
    legend: [{ entries: legend }],
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
  const series = all.map((one, i) => {
    const at = (value: number) => across(value, i);
    return {
      group: one.group,
      style: styleOf(one, names),
      upper: one.estimates.flatMap((estimate) =>
        robustnessPlaces(estimate, { figure, at })
      ),
      lower: below === undefined
        ? one.estimates.map((estimate) =>
          accuracyPlace(estimate, { figure, at })
        )
        : belowPlaces(one.group, { figure, at }),
    };
  });
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
              single: 0.55,
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
  return { domain, ticks, title: [title] };
}

interface Ground {
  readonly figure: SweepFigure;
  /** Where a value of the parameter stands; a series stands a little beside it. */
  readonly at: (value: number) => number;
}

/** Mean effective robustness, where there are enough examples. */
function robustnessPlaces(
  estimate: SweepEstimate,
  { figure, at }: Ground,
): readonly MeasuredPlace[] {
  const { mean } = estimate;
  if (mean === null) return [];
  const { low, high, averagedColumns: lineAlone } = mean;
  return [{
    x: at(estimate.at),
    y: mean.mean,
    title: estimateTitle(estimate, figure),
    singles: estimate.points.map((point) => robustnessOf(point, estimate)),
    interval: [low, high],
    lineAlone: [lineAlone.low, lineAlone.high],
  }];
}

function accuracyPlace(
  estimate: SweepEstimate,
  { figure, at }: Ground,
): MeasuredPlace {
  const { value, interval } = referenceOf(estimate);
  return {
    x: at(estimate.at),
    y: value,
    title: estimateTitle(estimate, figure),
    singles: estimate.points.map(({ reference }) => reference),
    interval,
  };
}

/** What the lower panel shows of a group instead of reference accuracy. */
function belowPlaces(
  group: string,
  { figure: { parameter, below }, at }: Ground,
): readonly MeasuredPlace[] {
  return (below?.values ?? []).filter((one) => one.group === group)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at: setting, value }) => ({
      x: at(setting),
      y: value,
      title: `${parameter.title} ${
        formatBound({ value: setting })
      }, ${group}\n${below?.title}: ${percent(value)}`,
    }));
}
