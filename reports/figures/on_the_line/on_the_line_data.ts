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
import { mean } from "../../../stats/intervals/mean.ts";
import type { Point } from "../../../stats/lines/point.ts";
import type {
  OnTheLineFigure,
  OverallMean,
} from "../../value/on_the_line_figure.ts";
import { type Columns, percent, points, span } from "../drawing/columns.ts";
import {
  type MeasuredAccuracy,
  measuredAccuracy,
  sharedSize,
} from "../drawing/measured_accuracy.ts";

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
  const measured = (point: Point, runs: readonly Point[]) => ({
    point,
    n: runs.length,
    reference: measuredAccuracy(runs, {
      side: "reference",
      level,
    }),
    shifted: measuredAccuracy(runs, { side: "shifted", level }),
    robustness: effectiveRobustness(point, { line, level }),
    authors: effectiveRobustness(point, { line, level, variant: "authors" }),
  });
  const single = (point: Point) => ({
    label: labelOf(point),
    ...measured(point, [point]),
  });
  for (const point of figure.baselines) {
    const shared = { group: -1, groupName: "baselines" };
    yield { ...single(point), ...shared, kind: "baseline" };
  }
  for (const [group, { name, members }] of figure.groups.entries()) {
    const shared = { group, groupName: name };
    for (const { title, runs } of members) {
      const [only, ...others] = runs;
      if (only === undefined) continue;
      if (others.length === 0) {
        yield { ...single(only), ...shared, kind: "member" };
        continue;
      }
      const point: Point = {
        model: title,
        reference: mean(runs.map(({ reference }) => reference)),
        shifted: mean(runs.map(({ shifted }) => shifted)),
        referenceSize: sharedSize(runs, "reference"),
        shiftedSize: sharedSize(runs, "shifted"),
      };
      const label =
        `${title}, at the mean accuracies of ${runs.length} networks`;
      yield { ...measured(point, runs), ...shared, label, kind: "member" };
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
  const isBaseline = kind === "baseline";
  const name = isBaseline || label.startsWith(groupName)
    ? label
    : `${groupName}: ${label}`;
  return `${name}\nreference ${percent(point.reference)}, shifted ${
    percent(point.shifted)
  }${isBaseline ? "" : ` (line: ${percent(robustness.predicted)})`}\nER ${
    points(robustness.er)
  } (${span(robustness)}${isBaseline ? "" : " by the line"})`;
}

/** A mark at full precision, accuracies as fractions. */
export const MARK_COLUMNS: Columns<Mark> = [
  ["kind", ({ kind, n }) => kind !== "member" ? kind : n > 1 ? "mean" : "run"],
  ["group", ({ groupName }) => groupName],
  ["model", ({ point }) => point.model],
  ["seed", ({ point }) => point.seed ?? null],
  ["epoch", ({ point }) => point.epoch ?? null],
  ["n", ({ n }) => n],
  ["reference", ({ point }) => point.reference],
  ["reference_low", ({ reference }) => reference.interval?.[0] ?? null],
  ["reference_high", ({ reference }) => reference.interval?.[1] ?? null],
  ["shifted", ({ point }) => point.shifted],
  ["shifted_low", ({ shifted }) => shifted.interval?.[0] ?? null],
  ["shifted_high", ({ shifted }) => shifted.interval?.[1] ?? null],
  ["predicted", ({ robustness }) => robustness.predicted],
  ["er", ({ robustness }) => robustness.er],
  ["er_low", ({ robustness }) => robustness.low],
  ["er_high", ({ robustness }) => robustness.high],
  ["authors_low", ({ authors }) => authors.low],
  ["authors_high", ({ authors }) => authors.high],
  ["extrapolation", ({ robustness }) => robustness.extrapolation],
];

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
