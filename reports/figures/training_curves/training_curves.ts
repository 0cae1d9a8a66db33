/**
 * Draws how trainings went.
 *
 * @module
 */
import { largest } from "../../../stats/intervals/extremes.ts";
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
  dataOf,
  MANY,
  tableOf,
} from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { seriesLegend, shapesSentence } from "../drawing/legend.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  accuracyLegend,
  namesOfRuns,
  runOf,
  trainingCurvesPlot,
} from "./training_curves_plot.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} without a training, or for one without an epoch
 */
export function trainingCurves(figure: TrainingCurvesFigure): RenderedFigure {
  const { runs, checkpoints = [] } = figure;
  for (const { name, seed, history } of runs) {
    if (history.length === 0) {
      refuse(figure, `the training "${name}, seed ${seed}" has no epoch`);
    }
  }
  if (runs.length === 0) refuse(figure, "it has no training");
  const names = namesOfRuns(runs);
  const { finding = names.map((name) => fallOf(name, runs)).join(" ") } =
    figure;
  const rows = rowsOf(figure);
  const ends = rows.filter(({ epoch, run }) =>
    epoch === run.history[0]?.epoch || epoch === run.history.at(-1)?.epoch
  );
  return rendered({ ...figure, finding }, {
    reading: [
      `**Training curves.** Each line is one training run: the mean training loss by epoch${
        checkpoints.length === 0
          ? "."
          : " above; below, the accuracies of its checkpoints, filled and joined for the reference distribution, hollow and dashed for the shifted one."
      }`,
    ],
    details: [
      `${shapesSentence(names)}${
        checkpoints.length === 0 ? "" : ` Checkpoints: ${checkpoints.length}.`
      }`,
    ],
    data: dataOf(rows, COLUMNS),
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
    legend: [
      ...seriesLegend(names),
      ...checkpoints.length === 0 ? [] : accuracyLegend(),
    ],
    plot: (sheet) => trainingCurvesPlot(figure, sheet),
  });
}

interface Row {
  readonly run: TrainingRun;
  readonly epoch: number;
  readonly loss: number;
  readonly point: Point | undefined;
}

/** Epoch by epoch, with the checkpoint of that seed and epoch. */
function rowsOf(
  { runs, checkpoints = [] }: TrainingCurvesFigure,
): readonly Row[] {
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

/** `Over 12 epochs the mean loss of 3 *scratch* trainings fell from 2.1 to 0.4.` */
function fallOf(name: string, all: readonly TrainingRun[]): string {
  const runs = all.filter((run) => run.name === name);
  const epochs = largest(runs.map(({ history }) => history.length));
  const mean = (place: 0 | -1) =>
    formatNumber({
      value: runs.reduce(
        (sum, { history }) => sum + (history.at(place)?.loss ?? 0),
        0,
      ) / runs.length,
      digits: 2,
    });
  const [first, last] = [mean(0), mean(-1)];
  const moved = Number(last) <= Number(first) ? "fell" : "rose";
  return `Over ${counted(epochs, "epoch")} the mean loss of ${runs.length} *${
    escapeMarkdown(name)
  }* ${runs.length === 1 ? "training run" : "training runs"} ${
    epochs === 1 ? `was ${last}` : `${moved} from ${first} to ${last}`
  }.`;
}
