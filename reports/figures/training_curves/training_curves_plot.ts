/**
 * Places losses and accuracies over their epochs.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { formatNumber } from "../../value/quantity.ts";
import type {
  TrainingCurvesFigure,
  TrainingRun,
} from "../../value/training_curves_figure.ts";
import { percent } from "../drawing/columns.ts";
import {
  layered,
  type LegendEntry,
  lineSample,
  shapeSample,
} from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import {
  type Axis,
  type Drawing,
  isWide,
  type Sheet,
  stacked,
} from "../drawing/pixels.ts";
import { DASHES } from "../drawing/robustness_style.ts";
import { seriesMarks } from "../drawing/series_marks.ts";
import { airy, hundredths, numberTicks } from "../drawing/ticks.ts";

/** The drawing on a sheet: losses, and below them accuracies where there are any. */
export function trainingCurvesPlot(
  { runs, checkpoints = [] }: TrainingCurvesFigure,
  sheet: Sheet,
): Drawing {
  const { width, font } = sheet;
  const names = namesOfRuns(runs);
  const height = width * (isWide(sheet) ? 0.34 : 0.5);
  const right = width - font;
  const x = epochAxis([
    ...runs.flatMap(({ history }) => history.map(({ epoch }) => epoch)),
    ...checkpoints.flatMap(({ epoch }) => epoch ?? []),
  ], { length: right - font * 3.2, font });
  const room = { length: height, gap: font * 2 };
  const losses = runs.flatMap(({ history }) => history.map(({ loss }) => loss));
  const loss = [
    Math.min(0, smallest(losses)),
    airy([0, ...losses], { widening: 0 })[1],
  ] as const;
  const upper = {
    height,
    y: {
      domain: loss,
      ticks: numberTicks(loss, room).map((at) => ({ at, label: String(at) })),
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
  };
  if (checkpoints.length === 0) {
    return stacked(sheet, { right, x, parts: [upper] });
  }
  const accuracy = airy(
    checkpoints.flatMap(({ reference, shifted }) => [reference, shifted]),
    { widening: 0 },
  );
  const lower = {
    height,
    y: {
      domain: accuracy,
      ticks: hundredths(accuracy, room),
      title: "↑ accuracy, %",
    },
    marks: [...Map.groupBy(checkpoints, (point) => runOf(point, runs))]
      .flatMap(([run, points]) => {
        const inOrder = points.toSorted((a, b) =>
          (a.epoch ?? 0) - (b.epoch ?? 0)
        );
        return (["reference", "shifted"] as const).flatMap((side, filling) =>
          seriesMarks(
            inOrder.map(({ model, seed, epoch, [side]: accuracy }) => ({
              x: epoch ?? 0,
              y: accuracy,
              title:
                `${model}, seed ${seed}, epoch ${epoch}\n${side} accuracy ${
                  percent(accuracy)
                }`,
            })),
            {
              ...groupStyle(Math.max(0, names.indexOf(run?.name ?? ""))),
              radius: font * 0.28,
              filling,
              dash: DASHES[filling],
            },
          )
        );
      }),
  };
  return stacked(sheet, { right, x, parts: [upper, lower] });
}

/** Whole epochs, an em of air at both ends. */
function epochAxis(
  epochs: readonly number[],
  { length, font }: { readonly length: number; readonly font: number },
): Axis {
  const [first, last] = [smallest(epochs), largest(epochs)];
  const air = first === last ? 1 : (last - first) * font / (length - 2 * font);
  return {
    domain: [first - air, last + air],
    ticks:
      (first === last
        ? [first]
        : numberTicks([first, last], { length, gap: font * 2.4 }))
        .filter(Number.isInteger).map((at) => ({ at, label: String(at) })),
    title: "epoch →",
  };
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
      sample: layered(
        lineSample({ width: 1.2, dash: DASHES[filling] }),
        shapeSample({
          symbol: "circle",
          colour: "currentColor",
          filling,
          size: 0.3,
        }),
      ),
    }),
  );
}

/** The training that a checkpoint is of: that of its seed, and of several with that seed the one of its name. */
export function runOf(
  { seed, model }: Point,
  runs: readonly TrainingRun[],
): TrainingRun | undefined {
  const [only, ...others] = runs.filter((run) => run.seed === seed);
  return others.length === 0
    ? only
    : [only, ...others].find((run) => run?.name === model);
}
