/**
 * Draws mean effective robustness under several shifts.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatNumber } from "../../value/quantity.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { estimateMarks } from "../drawing/interval_marks.ts";
import { rendered } from "../drawing/figure_content.ts";
import { type LegendEntry, legendMarks } from "../drawing/legend.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { numberTicks } from "../drawing/number_ticks.ts";
import { rules, shade, shortened, textAt } from "../drawing/pixel_marks.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";
import { barsCaption, describeBars } from "./robustness_bars_caption.ts";
import {
  barsJson,
  barsReadersTable,
  barsTable,
} from "./robustness_bars_data.ts";
import type { RobustnessBarsFigure } from "../../value/robustness_bars_figure.ts";
import {
  type BarsFrame,
  barsFrame,
  type BarsPanel,
  type BarsSize,
  barsSize,
} from "./robustness_bars_frame.ts";
import { robustnessLegend } from "../drawing/robustness_legend.ts";
import {
  robustnessWords,
  takenMeans,
  tooFew,
} from "../drawing/robustness_numbers.ts";
import { namesOf, styleOf } from "../drawing/robustness_style.ts";

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function robustnessBars(figure: RobustnessBarsFigure): RenderedFigure {
  const legend = robustnessLegend(namesOf(figure.estimates), {
    level: takenMeans(figure.estimates)[0]?.level ?? 0.95,
    groups: false,
    band: figure.band?.title,
  });
  return rendered(figure, {
    description: describeBars(figure),
    caption: barsCaption(figure),
    data: barsTable(figure),
    json: barsJson(figure),
    table: barsReadersTable(figure),
    legend: [{ entries: legend }],
    plot: (sheet) => plotOf(figure, { sheet, legend }),
  });
}

function plotOf(
  figure: RobustnessBarsFigure,
  { sheet, legend }: {
    readonly sheet: Sheet;
    readonly legend: readonly LegendEntry[];
  },
): Drawing {
  const { width, font } = sheet;
  const size = barsSize(sheet);
  const frame = barsFrame(figure, size);
  const below = legendMarks(sheet.legend === "drawn" ? legend : [], {
    width,
    font,
    top: frame.height,
  });
  return pixelPlot({ width, font, height: frame.height + below.height }, [
    ...frame.panels.flatMap((panel) =>
      panelMarks(figure, { panel, frame, size })
    ),
    ...below.marks,
  ]);
}

function panelTitle(support: BarsPanel["support"]): string {
  return support === undefined
    ? "For comparison"
    : support === "in"
    ? "In support"
    : "Out of support";
}

function panelMarks(
  figure: RobustnessBarsFigure,
  { panel, frame, size }: {
    readonly panel: BarsPanel;
    readonly frame: BarsFrame;
    readonly size: BarsSize;
  },
): readonly Plot.Markish[] {
  const { font } = size;
  const { x, y, left } = panel;
  const [low, high] = frame.domain;
  const place = (er: number) =>
    x[0] + (er - low) / (high - low) * (x[1] - x[0]);
  const vertical = (er: number) => ({
    x1: place(er),
    x2: place(er),
    y1: y[0],
    y2: y[1],
  });
  const ticks = numberTicks([100 * low, 100 * high], {
    length: x[1] - x[0],
    gap: font * 2.4,
  });
  const label = (tick: number) =>
    formatNumber({ value: tick, digits: Number.isInteger(tick) ? 0 : 1 });
  return [
    textAt(panelTitle(panel.support), {
      x: left,
      y: panel.top + font * 0.8,
      weight: 600,
    }),
    ...figure.band === undefined ? [] : [
      shade({
        x1: place(figure.band.low),
        x2: place(figure.band.high),
        y1: y[0],
        y2: y[1],
      }, { opacity: 0.08 }),
    ],
    rules(ticks.map((tick) => vertical(tick / 100)), { opacity: 0.12 }),
    rules([vertical(0)], { width: 1.3 }),
    ...ticks.map((tick) =>
      textAt(label(tick), {
        x: place(tick / 100),
        y: y[1] + font * 0.9,
        anchor: "middle",
      })
    ),
    textAt("effective robustness, points →", {
      x: x[1],
      y: y[1] + font * 2.3,
      anchor: "end",
    }),
    ...panel.shifts.map(({ text, y }) =>
      textAt(text, { x: left, y, weight: 600, soft: true })
    ),
    ...panel.groups.map(({ text, y }) =>
      textAt(shortened(text, size.longest), { x: left, y })
    ),
    ...panel.rows.flatMap(({ estimate, y }) =>
      estimate.mean === null
        ? [
          textAt(tooFew(estimate.examples), {
            x: panel.right,
            y,
            anchor: "end",
            soft: true,
          }),
        ]
        : [
          ...estimateMarks(estimate.mean, {
            style: styleOf(estimate, frame.names),
            radius: size.mark,
            along: { axis: "x", at: y, place, ends: x },
            title:
              `${estimate.shift}, ${estimate.group}, line of ${estimate.baselines}\nER ${
                robustnessWords(estimate)
              }`,
          }),
          textAt(formatNumber({ value: estimate.mean.mean, unit: "points" }), {
            x: panel.right,
            y,
            anchor: "end",
            soft: true,
          }),
        ]
    ),
  ];
}
