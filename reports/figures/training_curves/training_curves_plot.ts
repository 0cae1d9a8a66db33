/**
 * Places losses and accuracies over their epochs.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import type { Point } from "../../../stats/lines/point.ts";
import { formatNumber, formatQuantity } from "../../value/quantity.ts";
import { type LegendEntry, legendMarks, SAMPLE } from "../drawing/legend.ts";
import { numberTicks } from "../drawing/number_ticks.ts";
import { groupStyle } from "../drawing/palette.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { rules, textAt } from "../drawing/pixel_marks.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";
import { symbols } from "../drawing/robustness_style.ts";
import { seriesLegend } from "../drawing/series_marks.ts";
import type {
  TrainingCurvesFigure,
  TrainingRun,
} from "../../value/training_curves_figure.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";

/** The drawing on a sheet. */
export function trainingCurvesPlot(
  { runs, checkpoints = [] }: TrainingCurvesFigure,
  sheet: Sheet,
): Drawing {
  const { width, font } = sheet;
  const names = namesOfRuns(runs);
  const tall = width * (isWide(sheet) ? 0.34 : 0.5);
  const x = [font * 3.2, width - font] as const;
  const epochs = [
    ...runs.flatMap(({ history }) => history.map(({ epoch }) => epoch)),
    ...checkpoints.flatMap(({ epoch }) => epoch ?? []),
  ];
  const [first, last] = [smallest(epochs), largest(epochs)];
  const across = (epoch: number) =>
    first === last ? (x[0] + x[1]) / 2 : x[0] + font +
      (epoch - first) / (last - first) * (x[1] - x[0] - 2 * font);
  const loss = panel(
    runs.flatMap(({ history }) => history.map((at) => at.loss)),
    {
      top: font * 1.9,
      height: tall,
      least: 0,
    },
  );
  const below = loss.y[1] + font * 2.8;
  const accuracy = panel(
    checkpoints.flatMap(({ reference, shifted }) => [reference, shifted]),
    { top: below, height: tall, least: undefined },
  );
  const both = checkpoints.length > 0;
  const bottom = both ? accuracy.y[1] : loss.y[1];
  const legend = legendMarks(
    sheet.legend === "drawn"
      ? [...seriesLegend(names), ...both ? accuracyLegend() : []]
      : [],
    { width, font, top: bottom + font * 3.4 },
  );
  const ground = { x, across, font };
  return pixelPlot(
    { width, font, height: bottom + font * 3.4 + legend.height },
    [
      ...axis(loss, { ...ground, scale: 1, title: "↑ training loss" }),
      ...both
        ? axis(accuracy, { ...ground, scale: 100, title: "↑ accuracy, %" })
        : [],
      ...numberTicks([first, last], { length: x[1] - x[0], gap: font * 2.4 })
        .filter(Number.isInteger).map((epoch) =>
          textAt(String(epoch), {
            x: across(epoch),
            y: bottom + font * 0.9,
            anchor: "middle",
          })
        ),
      textAt("epoch →", { x: x[1], y: bottom + font * 2.3, anchor: "end" }),
      ...runs.flatMap((run) => lossMarks(run, { names, across, loss, font })),
      ...seedsOf(checkpoints).flatMap((points) => {
        const run = runs.find(({ seed }) => seed === points[0]?.seed);
        const group = Math.max(0, names.indexOf(run?.name ?? ""));
        return accuracyMarks(points, { group, across, accuracy, font });
      }),
      ...legend.marks,
    ],
  );
}

/** The names of trainings, in order of first mention. */
export function namesOfRuns(runs: readonly TrainingRun[]): readonly string[] {
  return [...new Set(runs.map(({ name }) => name))];
}

/** How the two accuracies are told apart. */
export function accuracyLegend(): readonly LegendEntry[] {
  return (["reference accuracy", "shifted accuracy"] as const).map(
    (text, filling) => ({
      text,
      sample: ({ x, y, font }) => [
        rules([{ x1: x, x2: x + SAMPLE * font, y1: y, y2: y }], {
          width: 1.2,
          dash: filling === 0 ? undefined : "5,3",
        }),
        symbols([{ x: x + SAMPLE * font / 2, y }], {
          symbol: "circle",
          colour: "currentColor",
          filling,
          radius: font * 0.3,
        }),
      ],
    }),
  );
}

interface Panel {
  /** Pixels of its upper and lower end. */
  readonly y: readonly [number, number];
  readonly domain: readonly [number, number];
  readonly place: (value: number) => number;
}

function panel(
  values: readonly number[],
  { top, height, least }: {
    readonly top: number;
    readonly height: number;
    readonly least: number | undefined;
  },
): Panel {
  const [low, high] = [
    Math.min(smallest(values), least ?? Infinity),
    largest(values),
  ];
  const air = Math.max(high - low, 0.02) * 0.06;
  const domain = [least === undefined ? low - air : low, high + air] as const;
  const y = [top, top + height] as const;
  return {
    y,
    domain,
    place: (value) =>
      y[1] - (value - domain[0]) / (domain[1] - domain[0]) * height,
  };
}

function axis(
  { y, domain: [low, high], place }: Panel,
  { x, font, scale, title }: {
    readonly x: readonly [number, number];
    readonly font: number;
    readonly scale: number;
    readonly title: string;
  },
): readonly Plot.Markish[] {
  const ticks = numberTicks([low * scale, high * scale], {
    length: y[1] - y[0],
    gap: font * 2,
  });
  return [
    rules(
      ticks.map((tick) => ({
        x1: x[0],
        x2: x[1],
        y1: place(tick / scale),
        y2: place(tick / scale),
      })),
      { opacity: 0.12 },
    ),
    ...ticks.map((tick) =>
      textAt(String(tick), {
        x: x[0] - 6,
        y: place(tick / scale),
        anchor: "end",
      })
    ),
    textAt(title, { x: 0, y: y[0] - font }),
  ];
}

function lossMarks(
  { name, seed, history }: TrainingRun,
  { names, across, loss, font }: {
    readonly names: readonly string[];
    readonly across: (epoch: number) => number;
    readonly loss: Panel;
    readonly font: number;
  },
): readonly Plot.Markish[] {
  const { symbol, colour } = groupStyle(names.indexOf(name));
  const places = history.map((at) => ({
    x: across(at.epoch),
    y: loss.place(at.loss),
    title: `${name}, seed ${seed}, epoch ${at.epoch}\nloss ${
      formatNumber({ value: at.loss })
    }`,
  }));
  return [
    rules(joined(places), { colour, width: 1.2, opacity: 0.7 }),
    symbols(places, { symbol, colour, radius: font * 0.24, filling: 0 }),
  ];
}

function accuracyMarks(
  points: readonly Point[],
  { group, across, accuracy, font }: {
    readonly group: number;
    readonly across: (epoch: number) => number;
    readonly accuracy: Panel;
    readonly font: number;
  },
): readonly Plot.Markish[] {
  const { symbol, colour } = groupStyle(group);
  return (["reference", "shifted"] as const).flatMap((side, filling) => {
    const places = points.map((point) => ({
      x: across(point.epoch ?? 0),
      y: accuracy.place(point[side]),
      title:
        `${point.model}, seed ${point.seed}, epoch ${point.epoch}\n${side} accuracy ${
          formatQuantity({ value: point[side], unit: "percent" })
        }`,
    }));
    return [
      rules(joined(places), {
        colour,
        width: 1.2,
        opacity: 0.7,
        dash: filling === 0 ? undefined : "5,3",
      }),
      symbols(places, { symbol, colour, radius: font * 0.28, filling }),
    ];
  });
}

/** Checkpoints of each seed, by epoch. */
function seedsOf(checkpoints: readonly Point[]): readonly (readonly Point[])[] {
  return [...Map.groupBy(checkpoints, ({ seed }) => seed).values()]
    .map((points) =>
      points.toSorted((a, b) => (a.epoch ?? 0) - (b.epoch ?? 0))
    );
}

function joined(places: readonly { readonly x: number; readonly y: number }[]) {
  return places.slice(1).map(({ x, y }, i) => ({
    x1: places[i]?.x ?? x,
    x2: x,
    y1: places[i]?.y ?? y,
    y2: y,
  }));
}
