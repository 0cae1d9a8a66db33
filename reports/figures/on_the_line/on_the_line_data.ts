/**
 * The numbers behind the paper's figure: accuracies with intervals, and
 * effective robustness of every point.
 *
 * @module
 */
import {
  averageColumns,
  type EffectiveRobustness,
  effectiveRobustness,
} from "../../../stats/lines/effective_robustness.ts";
import { mean, meanAccuracy } from "../../../stats/intervals/mean.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { wilson } from "../../../stats/intervals/proportion.ts";
import { sharedSize } from "../drawing/shared_size.ts";
import type { CsvTable } from "../../text/csv.ts";
import { formatNumber, formatQuantity } from "../../value/quantity.ts";
import type {
  OnTheLineFigure,
  OverallMean,
} from "../../value/on_the_line_figure.ts";

/** An accuracy with its interval, where one is known. */
export interface MeasuredAccuracy {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** A mark of the figure. */
export interface Mark {
  /** A baseline, one network of several seeds, or a member of a group: the mean of its runs. */
  readonly kind: "baseline" | "run" | "member";
  /** Index of its group; −1 for baselines. */
  readonly group: number;
  /** Name of its group, or "baselines". */
  readonly groupName: string;
  /** Model, seed and epoch in words. */
  readonly label: string;
  /** The point; of a member with several runs, the mean accuracies. */
  readonly point: Point;
  /** Number of networks behind it. */
  readonly n: number;
  readonly reference: MeasuredAccuracy;
  readonly shifted: MeasuredAccuracy;
  readonly robustness: EffectiveRobustness;
  /** Effective robustness with the interval that the paper's published code takes. */
  readonly authors: EffectiveRobustness;
}

/**
 * Every mark: baselines, then each group's members, each followed by its runs.
 * They are made anew each time that one goes through them.
 */
export function marksOf(figure: OnTheLineFigure): Iterable<Mark> {
  return { [Symbol.iterator]: () => eachMark(figure) };
}

function* eachMark(figure: OnTheLineFigure): Generator<Mark> {
  const { line, level = 0.95 } = figure;
  const robustnessOf = (point: Point) => ({
    robustness: effectiveRobustness(point, { line, level }),
    authors: effectiveRobustness(point, { line, level, variant: "authors" }),
  });
  const single = (point: Point) => ({
    label: labelOf(point),
    point,
    n: 1,
    reference: measured([point.reference], point.referenceSize, level),
    shifted: measured([point.shifted], point.shiftedSize, level),
    ...robustnessOf(point),
  });
  for (const point of figure.baselines) {
    const shared = { group: -1, groupName: "baselines" };
    yield { ...single(point), ...shared, kind: "baseline" };
  }
  for (const [group, { name, members }] of figure.groups.entries()) {
    for (const { title, runs } of members) {
      const shared = { group, groupName: name };
      const [only] = runs;
      if (only === undefined) continue;
      if (runs.length === 1) {
        yield { ...single(only), ...shared, kind: "member" };
        continue;
      }
      const sizes = {
        referenceSize: sharedSize(runs.map((run) => run.referenceSize)),
        shiftedSize: sharedSize(runs.map((run) => run.shiftedSize)),
      };
      const references = runs.map((run) => run.reference);
      const shifteds = runs.map((run) => run.shifted);
      const point: Point = {
        model: title,
        reference: mean(references),
        shifted: mean(shifteds),
        ...sizes,
      };
      yield {
        ...shared,
        kind: "member",
        label: `${title}, at the mean accuracies of ${runs.length} networks`,
        point,
        n: runs.length,
        reference: measured(references, sizes.referenceSize, level),
        shifted: measured(shifteds, sizes.shiftedSize, level),
        ...robustnessOf(point),
      };
      for (const run of runs) {
        yield { ...single(run), ...shared, kind: "run" };
      }
    }
  }
}

/**
 * What a mark says when one asks: its name, both accuracies, its effective
 * robustness with the interval by the line, in points as everywhere; of others
 * than baselines what the line predicts, and that this interval holds no other
 * error, as that of the legend does. In few words, since every mark has them.
 */
export function markTitle(mark: Mark): string {
  const { kind, groupName, label, point, robustness } = mark;
  const percent = (value: number) => formatQuantity({ value, unit: "percent" });
  const points = (value: number) => formatNumber({ value, unit: "points" });
  const isBaseline = kind === "baseline";
  const name = isBaseline || label.startsWith(groupName)
    ? label
    : `${groupName}: ${label}`;
  return `${name}\nreference ${percent(point.reference)}, shifted ${
    percent(point.shifted)
  }${isBaseline ? "" : ` (line: ${percent(robustness.predicted)})`}\nER ${
    points(robustness.er)
  } (${points(robustness.low)} to ${points(robustness.high)}${
    isBaseline ? "" : " by the line"
  })`;
}

/** Columns of {@linkcode markRow}. */
export const MARK_COLUMNS: readonly string[] = [
  "kind",
  "group",
  "model",
  "seed",
  "epoch",
  "n",
  "reference",
  "reference_low",
  "reference_high",
  "shifted",
  "shifted_low",
  "shifted_high",
  "predicted",
  "er",
  "er_low",
  "er_high",
  "authors_low",
  "authors_high",
  "extrapolation",
];

/** A mark at full precision, accuracies as fractions. */
export function markRow(
  { kind, groupName, point, n, ...rest }: Mark,
): CsvTable["rows"][number] {
  return [
    kind === "member" && n > 1 ? "mean" : kind === "member" ? "run" : kind,
    groupName,
    point.model,
    point.seed ?? null,
    point.epoch ?? null,
    n,
    point.reference,
    ...rest.reference.interval ?? [null, null],
    point.shifted,
    ...rest.shifted.interval ?? [null, null],
    rest.robustness.predicted,
    rest.robustness.er,
    rest.robustness.low,
    rest.robustness.high,
    rest.authors.low,
    rest.authors.high,
    rest.robustness.extrapolation,
  ];
}

/** The fit, the groups and every network for JSON, in fractions at full precision. */
export function figureJson(
  figure: OnTheLineFigure,
  marks: readonly Mark[],
): Readonly<Record<string, unknown>> {
  const { line, level = 0.95 } = figure;
  const { scale, n, slope, intercept, r2 } = line;
  const networks = marks.filter(({ n }) => n === 1);
  const summary = (
    { name, mean }: OverallMean,
    isMember: (mark: Mark) => boolean,
  ) => {
    const { averagedColumns: columns } = mean;
    const authors = averageColumns(
      networks.filter(isMember).map((mark) => mark.authors),
    );
    return [name, {
      n: columns.n,
      mean: columns.mean,
      low: columns.low,
      high: columns.high,
      max: columns.max,
      maxModel: columns.maxModel,
      authors: {
        low: authors.low,
        high: authors.high,
        halfWidth: authors.halfWidth,
      },
      combined: {
        low: mean.low,
        high: mean.high,
        degreesOfFreedom: mean.degreesOfFreedom,
        components: mean.components,
      },
    }] as const;
  };
  const groups = [
    ...figure.overall === undefined
      ? []
      : [summary(figure.overall, ({ group }) => group >= 0)],
    ...figure.groups.map((group, i) =>
      summary(group, (mark) => mark.group === i)
    ),
  ];
  return {
    id: figure.id,
    units: "accuracies and effective robustness (ER) are fractions",
    intervals:
      `level ${level}; low and high of models and groups: uncertainty of the line alone, authors: the same with the residual standard error of the paper’s code; combined: spread between networks, test-set noise and line`,
    fit: { scale, n, slope, intercept, r2, line },
    groups: Object.fromEntries(groups),
    models: networks.map(({ groupName, point, robustness, authors }) => ({
      name: point.model,
      group: groupName,
      seed: point.seed,
      epoch: point.epoch,
      reference: point.reference,
      shifted: point.shifted,
      predicted: robustness.predicted,
      er: robustness.er,
      low: robustness.low,
      high: robustness.high,
      authors: { low: authors.low, high: authors.high },
      extrapolation: robustness.extrapolation,
    })),
  };
}

/** Model, seed and epoch in words. */
function labelOf({ model, seed, epoch }: Point): string {
  return [
    model,
    ...seed === undefined ? [] : [`seed ${seed}`],
    ...epoch === undefined ? [] : [`epoch ${epoch}`],
  ].join(", ");
}

function measured(
  accuracies: readonly number[],
  size: number | undefined,
  level: number,
): MeasuredAccuracy {
  const value = mean(accuracies);
  if (accuracies.length > 1) {
    const { low, high } = meanAccuracy(accuracies, { size, level });
    return { value, interval: [low, high] };
  }
  if (size === undefined) return { value, interval: null };
  const { low, high } = wilson({ successes: value * size, n: size }, { level });
  return { value, interval: [low, high] };
}
