/**
 * Draws effective robustness against a parameter.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatBound, formatQuantity } from "../../value/quantity.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { arrows, estimateMarks, segment } from "../drawing/interval_marks.ts";
import { rendered } from "../drawing/figure_content.ts";
import { type LegendEntry, legendMarks } from "../drawing/legend.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { rules, shade } from "../drawing/pixel_marks.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";
import { robustnessLegend } from "../drawing/robustness_legend.ts";
import { takenMeans } from "../drawing/robustness_numbers.ts";
import {
  DASHES,
  faintSymbols,
  namesOf,
  styleOf,
  symbols,
} from "../drawing/robustness_style.ts";
import { axisMarks, level, parameterMarks } from "./sweep_axes.ts";
import { describeSweep, estimateTitle, sweepCaption } from "./sweep_caption.ts";
import {
  referenceOf,
  robustnessOf,
  sweepJson,
  sweepReadersTable,
  sweepTable,
} from "./sweep_data.ts";
import type { SweepFigure } from "../../value/sweep_figure.ts";
import {
  checkSweep,
  type Series,
  type SweepFrame,
  sweepFrame,
  type SweepSize,
  sweepSize,
} from "./sweep_frame.ts";

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function sweep(figure: SweepFigure): RenderedFigure {
  checkSweep(figure);
  const legend = robustnessLegend(namesOf(figure.estimates), {
    level: takenMeans(figure.estimates)[0]?.level ?? 0.95,
    groups: true,
    joined: true,
    band: figure.band?.title,
  });
  return rendered(figure, {
    description: describeSweep(figure),
    caption: sweepCaption(figure),
    data: sweepTable(figure),
    json: sweepJson(figure),
    table: sweepReadersTable(figure),
    legend: [{ entries: legend }],
    plot: (sheet) => plotOf(figure, { sheet, legend }),
  });
}

function plotOf(
  figure: SweepFigure,
  { sheet, legend }: {
    readonly sheet: Sheet;
    readonly legend: readonly LegendEntry[];
  },
): Drawing {
  const { width, font } = sheet;
  const size = sweepSize(sheet);
  const frame = sweepFrame(figure, size);
  const { robustness, accuracy } = frame;
  const names = namesOf(figure.estimates);
  const first = names.groups.map((group) =>
    frame.series.find((series) => series.group === group)
  ).filter((series) => series !== undefined);
  const below = legendMarks(sheet.legend === "drawn" ? legend : [], {
    width,
    font,
    top: frame.height,
  });
  return pixelPlot(
    { width, font, height: frame.height + below.height },
    [
      ...figure.band === undefined ? [] : [
        shade({
          x1: frame.x[0],
          x2: frame.x[1],
          y1: robustness.place(figure.band.high),
          y2: robustness.place(figure.band.low),
        }, { opacity: 0.08 }),
      ],
      ...axisMarks(robustness, {
        frame,
        size,
        title: "↑ effective robustness, points",
      }),
      ...axisMarks(accuracy, {
        frame,
        size,
        title: `↑ ${figure.below?.title ?? "reference accuracy"}, %`,
      }),
      rules([level(robustness.place(0), frame)], { width: 1.3 }),
      ...parameterMarks(figure, { frame, size }),
      ...frame.series.flatMap((series) =>
        robustnessMarks(series, { figure, frame, size })
      ),
      // The networks of a group are the same whatever line they are held against.
      ...first.flatMap((series) =>
        figure.below === undefined
          ? accuracyMarks(series, { figure, frame, size })
          : belowMarks(series, { figure, frame, size })
      ),
      ...below.marks,
    ],
  );
}

interface Ground {
  readonly figure: SweepFigure;
  readonly frame: SweepFrame;
  readonly size: SweepSize;
}

function robustnessMarks(
  series: Series,
  { figure, frame, size }: Ground,
): readonly Plot.Markish[] {
  const { across, robustness } = frame;
  const style = styleOf(series, namesOf(figure.estimates));
  const place = (er: number) => robustness.place(er);
  const estimates = series.estimates.flatMap((estimate) =>
    estimate.mean === null ? [] : [{ ...estimate, mean: estimate.mean }]
  );
  return [
    joined(
      estimates.map(({ at, mean }) => ({
        x: across(at, series),
        y: place(mean.mean),
      })),
      style,
    ),
    faintSymbols(
      estimates.filter(({ points }) => points.length > 1)
        .flatMap((estimate) =>
          estimate.points.map((point) => ({
            x: across(estimate.at, series),
            y: place(robustnessOf(point, estimate)),
          }))
        ),
      { ...style, radius: size.mark * 0.55 },
    ),
    ...estimates.flatMap((estimate) =>
      estimateMarks(estimate.mean, {
        style,
        radius: size.mark,
        along: {
          axis: "y",
          at: across(estimate.at, series),
          place,
          ends: robustness.y,
        },
        title: estimateTitle(estimate, figure),
      })
    ),
  ];
}

function accuracyMarks(
  series: Series,
  { figure, frame, size }: Ground,
): readonly Plot.Markish[] {
  const { across, accuracy } = frame;
  const { place } = accuracy;
  const style = {
    ...styleOf(series, namesOf(figure.estimates)),
    filling: 0,
  };
  const means = series.estimates.map((estimate) => ({
    estimate,
    ...referenceOf(estimate),
    x: across(estimate.at, series),
  }));
  return [
    joined(means.map(({ x, mean }) => ({ x, y: place(mean) })), style),
    faintSymbols(
      series.estimates.filter(({ points }) => points.length > 1)
        .flatMap(({ at, points }) =>
          points.map(({ reference }) => ({
            x: across(at, series),
            y: place(reference),
          }))
        ),
      { ...style, radius: size.mark * 0.55 },
    ),
    ...means.flatMap(({ interval, x }) => {
      if (interval === null) return [];
      const along = { axis: "y", at: x, place, ends: accuracy.y } as const;
      return [
        rules([segment(interval, along)], {
          colour: style.colour,
          width: 1.5,
        }),
        ...arrows(interval, { along, colour: style.colour }),
      ];
    }),
    symbols(
      means.map(({ x, mean, estimate }) => ({
        x,
        y: place(mean),
        title: estimateTitle(estimate, figure),
      })),
      { ...style, radius: size.mark * 0.8 },
    ),
  ];
}

/** What the lower panel shows instead of reference accuracy. */
function belowMarks(
  series: Series,
  { figure, frame, size }: Ground,
): readonly Plot.Markish[] {
  const style = { ...styleOf(series, namesOf(figure.estimates)), filling: 0 };
  const places = (figure.below?.values ?? [])
    .filter(({ group }) => group === series.group)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, value }) => ({
      x: frame.across(at, series),
      y: frame.accuracy.place(value),
      title: `${figure.parameter.title} ${
        formatBound({ value: at })
      }, ${series.group}\n${figure.below?.title}: ${
        formatQuantity({ value, unit: "percent" })
      }`,
    }));
  return [
    joined(places, style),
    symbols(places, { ...style, radius: size.mark * 0.8 }),
  ];
}

/** Lines from mean to mean. */
function joined(
  places: readonly { readonly x: number; readonly y: number }[],
  { colour, filling }: ReturnType<typeof styleOf>,
): Plot.Markish {
  return rules(
    places.slice(1).map(({ x, y }, i) => ({
      x1: places[i]?.x ?? x,
      x2: x,
      y1: places[i]?.y ?? y,
      y2: y,
    })),
    { colour, width: 1.2, opacity: 0.7, dash: DASHES[filling] },
  );
}
