/**
 * Draws effective robustness against a parameter.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatBound, formatQuantity } from "../../value/quantity.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
import { rendered } from "../drawing/figure_content.ts";
import { estimateMarks } from "../drawing/interval_marks.ts";
import { airy, hundredths } from "../drawing/number_ticks.ts";
import { parameterAxis } from "../drawing/parameter_axis.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import { type Drawing, type Panel, unlabelled } from "../drawing/pixels.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { robustnessLegend } from "../drawing/robustness_legend.ts";
import { takenMeans } from "../drawing/robustness_numbers.ts";
import { DASHES, namesOf, styleOf } from "../drawing/robustness_style.ts";
import { joined, seriesMarks } from "../drawing/series_marks.ts";
import { faintSymbols } from "../drawing/symbols.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { estimateTitle, sentencesOf, sweepSaid } from "./sweep_caption.ts";
import {
  referenceOf,
  robustnessOf,
  sweepJson,
  sweepReadersTable,
  sweepTable,
} from "./sweep_data.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} without estimates, for one without networks, or for a
 * value that has no place on the axis
 */
export function sweep(figure: SweepFigure): RenderedFigure {
  check(figure);
  const legend = robustnessLegend(namesOf(figure.estimates), {
    level: takenMeans(figure.estimates)[0]?.level ?? 0.95,
    groups: true,
    joined: true,
    singles: figure.estimates.some(({ points }) => points.length > 1),
    band: figure.band?.title,
  });
  return rendered(figure, {
    sentences: sentencesOf(figure),
    ...sweepSaid(figure),
    data: sweepTable(figure),
    json: sweepJson(figure),
    table: sweepReadersTable(figure),
    legend: [{ entries: legend }],
    plot: (sheet) => plotOf(figure, sheet),
  });
}

function check({ id, estimates, parameter }: SweepFigure): void {
  if (estimates.length === 0) {
    throw new RangeError(`Cannot draw figure "${id}": it has no estimate`);
  }
  for (const { at, points, group } of estimates) {
    if (!Number.isFinite(at) || (parameter.scale === "log" && at <= 0)) {
      throw new RangeError(
        `Cannot draw figure "${id}": ${parameter.title} ${at} has no place on a ${parameter.scale} axis`,
      );
    }
    if (points.length === 0) {
      throw new RangeError(
        `Cannot draw figure "${id}": "${group}" has no network at ${parameter.title} ${at}`,
      );
    }
  }
}

/** A panel for effective robustness above one for reference accuracy, over one axis of the parameter. */
function plotOf(figure: SweepFigure, sheet: Sheet): Drawing {
  const { width, font } = sheet;
  const { estimates, band, below } = figure;
  const series = seriesOf(figure);
  const [left, right] = [font * 3.2, width - 12];
  const share = width * (isWide(sheet) ? 0.395 : 0.58);
  const { x, across } = parameterAxis(figure.parameter, {
    values: estimates.map(({ at }) => at),
    beside: series.length,
    length: right - left,
    font,
  });
  const ground: Ground = {
    figure,
    across: (value, mine) => across(value, series.indexOf(mine)),
    mark: font * 0.44,
  };
  const panel = (
    { top, height, title, domain, marks }: {
      readonly top: number;
      readonly height: number;
      readonly title: string;
      readonly domain: readonly [number, number];
      readonly marks: readonly Plot.Markish[];
    },
  ): Panel => ({
    left,
    right,
    top,
    bottom: top + height,
    x,
    y: {
      domain,
      ticks: hundredths(domain, { length: height, gap: font * 2 }),
      title: [title],
    },
    marks,
  });
  const extent = (values: readonly number[], ends: readonly number[]) =>
    airy(values, { ends, widening: 0.5, air: 0.06, least: 0.02 });
  const robustness = extent(
    [
      0,
      ...estimates.flatMap((estimate) => [
        ...estimate.mean === null ? [] : [
          estimate.mean.mean,
          ...estimate.points.map((point) => robustnessOf(point, estimate)),
        ],
      ]),
      ...band === undefined ? [] : [band.low, band.high],
    ],
    takenMeans(estimates).flatMap(({ low, high }) => [low, high]),
  );
  const accuracy = below === undefined
    ? extent(
      estimates.flatMap(({ points }) =>
        points.map(({ reference }) => reference)
      ),
      estimates.flatMap((estimate) => referenceOf(estimate).interval ?? []),
    )
    : extent(below.values.map(({ value }) => value), []);
  const [x1, x2] = x.domain;
  const upper = panel({
    top: font * 1.9,
    height: share,
    title: "↑ effective robustness, points",
    domain: robustness,
    marks: [
      ...band === undefined
        ? []
        : [shade({ x1, x2, y1: band.low, y2: band.high }, { opacity: 0.08 })],
      rules([{ x1, x2, y1: 0, y2: 0 }], { width: 1.3 }),
      ...series.flatMap((one) =>
        robustnessMarks(one, { ...ground, ends: robustness })
      ),
    ],
  });
  // The networks of a group are the same whatever line they are held against.
  const first = series.filter(({ group }, i) =>
    series.findIndex((other) => other.group === group) === i
  );
  const lower = panel({
    top: upper.bottom + font * 2.8,
    height: share * 0.46,
    title: `↑ ${below?.title ?? "reference accuracy"}, %`,
    domain: accuracy,
    marks: first.flatMap((one) =>
      below === undefined
        ? accuracyMarks(one, { ...ground, ends: accuracy })
        : belowMarks(one, ground)
    ),
  });
  const height = lower.bottom + font * 3.4;
  return {
    width,
    font,
    height,
    panels: [{ ...upper, x: unlabelled(x) }, lower],
  };
}

/** One series: a group over one line, by value of the parameter. */
interface Series {
  readonly group: string;
  readonly baselines: string;
  readonly estimates: readonly SweepEstimate[];
}

function seriesOf({ estimates }: SweepFigure): readonly Series[] {
  const { groups, baselines } = namesOf(estimates);
  return groups.flatMap((group) =>
    baselines.map((name) => ({
      group,
      baselines: name,
      estimates: estimates.filter((one) =>
        one.group === group && one.baselines === name
      ).toSorted((a, b) => a.at - b.at),
    })).filter((series) => series.estimates.length > 0)
  );
}

interface Ground {
  readonly figure: SweepFigure;
  /** Where a value stands on the axis; a series stands a little beside it. */
  readonly across: (value: number, series: Series) => number;
  /** Radius of a mark. */
  readonly mark: number;
}

/** With the ends of the axis upward. */
type Bounded = Ground & { readonly ends: readonly [number, number] };

function robustnessMarks(
  series: Series,
  { figure, across, mark, ends }: Bounded,
): Plot.Markish[] {
  const style = styleOf(series, namesOf(figure.estimates));
  const estimates = series.estimates.flatMap((estimate) =>
    estimate.mean === null
      ? []
      : [{ ...estimate, mean: estimate.mean, x: across(estimate.at, series) }]
  );
  return [
    ...joined(estimates.map(({ x, mean }) => ({ x, y: mean.mean })), {
      colour: style.colour,
      dash: DASHES[style.filling],
    }),
    faintSymbols(
      estimates.flatMap((estimate) =>
        singlesOf(estimate).map((point) => ({
          x: estimate.x,
          y: robustnessOf(point, estimate),
        }))
      ),
      { ...style, radius: mark * 0.55 },
    ),
    ...estimateMarks(
      estimates.map((estimate) => ({
        mean: estimate.mean,
        along: { axis: "y", at: estimate.x, ends },
        title: estimateTitle(estimate, figure),
      })),
      { style, radius: mark },
    ),
  ];
}

function accuracyMarks(
  series: Series,
  { figure, across, mark, ends }: Bounded,
): Plot.Markish[] {
  return seriesMarks(
    series.estimates.map((estimate) => {
      const { mean, interval } = referenceOf(estimate);
      return {
        x: across(estimate.at, series),
        y: mean,
        interval,
        singles: singlesOf(estimate).map(({ reference }) => reference),
        title: estimateTitle(estimate, figure),
      };
    }),
    { ...lowerStyle(series, figure), radius: mark * 0.8, ends },
  );
}

/** What the lower panel shows instead of reference accuracy. */
function belowMarks(
  series: Series,
  { figure, across, mark }: Ground,
): Plot.Markish[] {
  const { parameter, below } = figure;
  const places = (below?.values ?? [])
    .filter(({ group }) => group === series.group)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, value }) => ({
      x: across(at, series),
      y: value,
      title: `${parameter.title} ${
        formatBound({ value: at })
      }, ${series.group}\n${below?.title}: ${
        formatQuantity({ value, unit: "percent" })
      }`,
    }));
  return seriesMarks(places, {
    ...lowerStyle(series, figure),
    radius: mark * 0.8,
  });
}

/** The lower panel does not tell lines of baselines apart. */
function lowerStyle(series: Series, { estimates }: SweepFigure) {
  return { ...styleOf(series, namesOf(estimates)), filling: 0 };
}

/** The networks of an estimate where it is a mean of several. */
function singlesOf({ points }: SweepEstimate): SweepEstimate["points"] {
  return points.length > 1 ? points : [];
}
