/**
 * Draws how trainings went.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { mean } from "../../../stats/intervals/mean.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { formatNumber } from "../../value/quantity.ts";
import type {
  TrainingCurvesFigure,
  TrainingRun,
} from "../../value/training_curves_figure.ts";
import { counted } from "../../value/wording.ts";
import {
  bare,
  type Columns,
  MANY,
  percent,
  tableOf,
} from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import {
  layered,
  type LegendEntry,
  lineSample,
  seriesLegend,
  shapeSample,
  shapesSentence,
} from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import {
  type Axis,
  type AxisTick,
  type Drawing,
  isWide,
  type Sheet,
  stacked,
} from "../drawing/pixels.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { DASHES } from "../drawing/robustness.ts";
import { axisOf, seriesMarks } from "../drawing/series_marks.ts";
import { airy, numberTicks } from "../drawing/ticks.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} without a training, or for one without an epoch
 */
export function trainingCurves(figure: TrainingCurvesFigure): RenderedFigure {
  const { runs, checkpoints } = figure;
  for (const { name, seed, history } of runs) {
    if (history.length === 0) {
      refuse(figure, `the training "${name}, seed ${seed}" has no epoch`);
    }
  }
  const names = namesOf(runs);
  const rows = rowsOf(figure);
  const ends = rows.filter(({ epoch, run }) =>
    epoch === run.history[0]?.epoch || epoch === run.history.at(-1)?.epoch
  );
  const finding = names.map((name) => fallOf(name, runs)).join(" ");
  return rendered({ ...figure, finding }, {
    reading: [
      "**Training curves.** Each line is one training run: the mean training loss by epoch above; below, the accuracies of its checkpoints, filled and joined for the reference distribution, hollow and dashed for the shifted one.",
    ],
    details: [`${shapesSentence(names)} Checkpoints: ${checkpoints.length}.`],
    data: tableOf(rows, COLUMNS),
    table: {
      text: 1,
      ...tableOf(rows, TEXTS),
      ...rows.length > MANY
        ? {
          selected: {
            title: "The first and last epoch of each training run",
            rows: tableOf(ends, TEXTS).rows,
          },
        }
        : {},
    },
    legend: [...seriesLegend(names), ...ACCURACIES],
    plot: (sheet) => plotOf(figure, sheet),
  });
}

interface Row {
  readonly run: TrainingRun;
  readonly epoch: number;
  readonly loss: number;
  readonly point: Point | undefined;
}

/** Epoch by epoch, with the checkpoint of that seed and epoch. */
function rowsOf({ runs, checkpoints }: TrainingCurvesFigure): readonly Row[] {
  return runs.flatMap((run) =>
    run.history.map(({ epoch, loss }) => ({
      run,
      epoch,
      loss,
      point: checkpoints.find((point) =>
        point.epoch === epoch && runOf(point, runs) === run
      ),
    }))
  );
}

const COLUMNS: Columns<Row> = [
  ["training", ({ run }) => run.name],
  ["seed", ({ run }) => run.seed],
  ["epoch", ({ epoch }) => epoch],
  ["loss", ({ loss }) => loss],
  ["reference", ({ point }) => point?.reference ?? null],
  ["shifted", ({ point }) => point?.shifted ?? null],
];

const TEXTS: Columns<Row, string> = [
  ["training", ({ run }) => run.name],
  ["seed", ({ run }) => String(run.seed)],
  ["epoch", ({ epoch }) => String(epoch)],
  ["loss", ({ loss }) => formatNumber({ value: loss })],
  ["reference, %", ({ point }) => bare(point?.reference)],
  ["shifted, %", ({ point }) => bare(point?.shifted)],
];

/** `Over 12 epochs the mean loss of 3 *scratch* training runs went from 2.1 to 0.4.` */
function fallOf(name: string, all: readonly TrainingRun[]): string {
  const runs = all.filter((run) => run.name === name);
  const epochs = largest(runs.map(({ history }) => history.length));
  const loss = (place: 0 | -1) => {
    const losses = runs.map(({ history }) => history.at(place)?.loss ?? 0);
    return formatNumber({ value: mean(losses), digits: 2 });
  };
  return `Over ${counted(epochs, "epoch")} the mean loss of ${runs.length} *${
    escapeMarkdown(name)
  }* ${runs.length === 1 ? "training run" : "training runs"} went from ${
    loss(0)
  } to ${loss(-1)}.`;
}

/** Losses, and below them accuracies. */
function plotOf(
  { runs, checkpoints }: TrainingCurvesFigure,
  sheet: Sheet,
): Drawing {
  const { width, font } = sheet;
  const names = namesOf(runs);
  const height = width * (isWide(sheet) ? 0.34 : 0.5);
  const room = { length: height, gap: font * 2 };
  const right = width - font;
  const losses = runs.flatMap(({ history }) => history.map(({ loss }) => loss));
  const domain = [
    Math.min(0, smallest(losses)),
    airy([0, ...losses], { widening: 0 })[1],
  ] as const;
  const accuracies = [...Map.groupBy(checkpoints, (one) => runOf(one, runs))]
    .flatMap(([run, points]) =>
      (["reference", "shifted"] as const).map((side, filling) => ({
        style: groupStyle(Math.max(0, names.indexOf(run?.name ?? ""))),
        filling,
        places: points.toSorted((a, b) => (a.epoch ?? 0) - (b.epoch ?? 0))
          .map(({ model, seed, epoch, [side]: accuracy }) => ({
            x: epoch ?? 0,
            y: accuracy,
            title: `${model}, seed ${seed}, epoch ${epoch}\n${side} accuracy ${
              percent(accuracy)
            }`,
          })),
      }))
    );
  return stacked(sheet, {
    right,
    x: epochAxis([
      ...runs.flatMap(({ history }) => history.map(({ epoch }) => epoch)),
      ...checkpoints.flatMap(({ epoch }) => epoch ?? []),
    ], { length: right - font * 3.2, font }),
    parts: [
      {
        height,
        y: {
          domain,
          ticks: numberTicks(domain, room).map(ticked),
          title: "↑ training loss",
        },
        marks: runs.flatMap(({ name, seed, history }) =>
          seriesMarks(
            history.map(({ epoch, loss }) => ({
              x: epoch,
              y: loss,
              title: `${name}, seed ${seed}, epoch ${epoch}\nloss ${
                formatNumber({ value: loss })
              }`,
            })),
            {
              ...groupStyle(names.indexOf(name)),
              radius: font * 0.24,
              filling: 0,
            },
          )
        ),
      },
      {
        height,
        y: axisOf(accuracies.flatMap(({ places }) => places), {
          title: "↑ accuracy, %",
          length: height,
          font,
        }),
        marks: accuracies.flatMap(({ style, filling, places }) => {
          const look = { filling, dash: DASHES[filling], radius: font * 0.28 };
          return seriesMarks(places, { ...style, ...look });
        }),
      },
    ],
  });
}

/** Whole epochs, an em of air at both ends. */
function epochAxis(
  epochs: readonly number[],
  { length, font }: { readonly length: number; readonly font: number },
): Axis {
  const [first, last] = [smallest(epochs), largest(epochs)];
  const air = first === last ? 1 : (last - first) * font / (length - 2 * font);
  const found = first === last
    ? [first]
    : numberTicks([first, last], { length, gap: font * 2.4 });
  return {
    domain: [first - air, last + air],
    ticks: found.filter(Number.isInteger).map(ticked),
    title: "epoch →",
  };
}

function ticked(at: number): AxisTick {
  return { at, label: String(at) };
}

/** How the two accuracies are told apart. */
const ACCURACIES: readonly LegendEntry[] = [
  "reference accuracy",
  "shifted accuracy",
].map((text, filling) => ({
  text,
  sample: layered(
    lineSample({ width: 1.2, dash: DASHES[filling] }),
    shapeSample({ symbol: "circle", filling, size: 0.3 }),
  ),
}));

/** The names of trainings, in order of first mention. */
function namesOf(runs: readonly TrainingRun[]): readonly string[] {
  return [...new Set(runs.map(({ name }) => name))];
}

/** The training that a checkpoint is of: that of its seed, and of several with that seed the one of its name. */
function runOf(
  { seed, model }: Point,
  runs: readonly TrainingRun[],
): TrainingRun | undefined {
  const [only, ...others] = runs.filter((run) => run.seed === seed);
  return others.length === 0
    ? only
    : [only, ...others].find((run) => run?.name === model);
}
