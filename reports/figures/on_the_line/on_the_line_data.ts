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
import type { CsvTable } from "../../text/csv.ts";
import { formatNumber, formatQuantity } from "../../value/quantity.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import type {
  OnTheLineFigure,
  OverallMean,
} from "../../value/on_the_line_figure.ts";
import { smallest } from "../../../stats/intervals/extremes.ts";

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

/** Every mark: baselines, then each group's members, each followed by its runs. */
export function marksOf(figure: OnTheLineFigure): readonly Mark[] {
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
  const baselines = figure.baselines.map((point): Mark => ({
    ...single(point),
    kind: "baseline",
    group: -1,
    groupName: "baselines",
  }));
  const groups = figure.groups.flatMap(({ name, members }, group) =>
    members.flatMap(({ title, runs }): readonly Mark[] => {
      const shared = { group, groupName: name };
      const [only] = runs;
      if (only === undefined) return [];
      if (runs.length === 1) {
        return [{ ...single(only), ...shared, kind: "member" }];
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
      const member: Mark = {
        ...shared,
        kind: "member",
        label: `${title}, mean of ${runs.length} networks`,
        point,
        n: runs.length,
        reference: measured(references, sizes.referenceSize, level),
        shifted: measured(shifteds, sizes.shiftedSize, level),
        ...robustnessOf(point),
      };
      return [
        member,
        ...runs.map((run): Mark => ({
          ...single(run),
          ...shared,
          kind: "run",
        })),
      ];
    })
  );
  return [...baselines, ...groups];
}

/** The sentence that names a mark. */
export function markTitle(mark: Mark): string {
  const { groupName, label, point, robustness } = mark;
  const percent = (value: number) => formatQuantity({ value, unit: "percent" });
  const name = mark.kind === "baseline" ? label : `${groupName}: ${label}`;
  return `${name}\nreference ${percent(point.reference)}, shifted ${
    percent(point.shifted)
  }, ER ${formatQuantity({ value: robustness.er, unit: "points" })}`;
}

/** Every mark at full precision, accuracies as fractions. */
export function marksTable(marks: readonly Mark[]): CsvTable {
  return {
    columns: [
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
    ],
    rows: marks.map(({ kind, groupName, point, n, ...rest }) => [
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
    ]),
  };
}

/** Every mark as a reader's table, in per cents and points. */
export function readersTable(marks: readonly Mark[]): ReadersTable {
  return {
    text: 2,
    columns: [
      "group",
      "network",
      "reference, %",
      "shifted, %",
      "predicted, %",
      "ER, points",
      "interval by the line",
    ],
    rows: marks.map(readersRow),
    ...marks.length > MANY ? { selected: extremesOf(marks) } : {},
  };
}

/** How many rows a page has room for. */
const MANY = 40;

/** How many of the highest and of the lowest a page shows of more rows than that. */
const ENDS = { highest: 12, lowest: 6 } as const;

/** The pre-trained networks that lie highest above and deepest below the line. */
function extremesOf(
  marks: readonly Mark[],
): NonNullable<ReadersTable["selected"]> {
  const sorted = marks.filter(({ kind }) => kind !== "baseline")
    .toSorted((a, b) => b.robustness.er - a.robustness.er);
  const { highest, lowest } = ENDS;
  const few = sorted.length <= highest + lowest;
  const shown = few
    ? sorted
    : [...sorted.slice(0, highest), ...sorted.slice(-lowest)];
  return {
    title: few
      ? `The ${sorted.length} pre-trained marks by effective robustness`
      : `The ${highest} highest and ${lowest} lowest of ${sorted.length} pre-trained marks by effective robustness`,
    rows: shown.map(readersRow),
  };
}

function readersRow({ groupName, label, point, robustness }: Mark) {
  const percent = (value: number) => formatNumber({ value, unit: "percent" });
  const points = (value: number) => formatNumber({ value, unit: "points" });
  return [
    groupName,
    label,
    percent(point.reference),
    percent(point.shifted),
    percent(robustness.predicted),
    points(robustness.er),
    `${points(robustness.low)} to ${points(robustness.high)}`,
  ];
}

/** The fit, the groups and every network as JSON, in fractions at full precision. */
export function figureJson(
  figure: OnTheLineFigure,
  marks: readonly Mark[],
): string {
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
  return JSON.stringify(
    {
      id: figure.id,
      units: "accuracies and effective robustness (ER) are fractions",
      intervals:
        `level ${level}; low and high of models and groups: uncertainty of the line alone, authors: the same with the residual standard error of the paper's code; combined: spread between networks, test-set noise and line`,
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
    },
    null,
    1,
  ) + "\n";
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

/** The smallest size, as if all shared those images; unknown if any is. */
function sharedSize(
  sizes: readonly (number | undefined)[],
): number | undefined {
  const numbers = sizes.filter((size) => size !== undefined);
  return numbers.length === sizes.length ? smallest(numbers) : undefined;
}
