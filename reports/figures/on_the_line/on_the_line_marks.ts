/**
 * The marks of the paper's figure, in numbers. There may be more of them than
 * one would keep, or see.
 *
 * @module
 */
import { mean } from "../../../stats/intervals/mean.ts";
import {
  type EffectiveRobustness,
  effectiveRobustness,
} from "../../../stats/lines/effective_robustness.ts";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import {
  bare,
  type Columns,
  MANY,
  percent,
  points,
  span,
  tableOf,
} from "../drawing/columns.ts";
import {
  type MeasuredAccuracy,
  measuredAccuracy,
  sharedSize,
} from "../drawing/measured_accuracy.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";

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
  /** Of the mark of all networks of a group, their mean, with every error in its interval. */
  readonly mean?: MeanEffectiveRobustness | undefined;
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
    reference: measuredAccuracy(runs, { side: "reference", level }),
    shifted: measuredAccuracy(runs, { side: "shifted", level }),
    robustness: effectiveRobustness(point, { line, level }),
    authors: effectiveRobustness(point, { line, level, variant: "authors" }),
  });
  const single = (point: Point) => ({
    label: [
      point.model,
      ...point.seed === undefined ? [] : [`seed ${point.seed}`],
      ...point.epoch === undefined ? [] : [`epoch ${point.epoch}`],
    ].join(", "),
    ...measured(point, [point]),
  });
  for (const point of figure.baselines) {
    const shared = { group: -1, groupName: "baselines" };
    yield { ...single(point), ...shared, kind: "baseline" };
  }
  for (const [group, of] of figure.groups.entries()) {
    const { name, members } = of;
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
      yield {
        ...measured(point, runs),
        ...shared,
        label,
        kind: "member",
        mean: members.length === 1 ? of.mean : undefined,
      };
      for (const run of runs) {
        yield { ...single(run), ...shared, kind: "run" };
      }
    }
  }
}

/**
 * What a mark says when one asks: its name, both accuracies, what the line
 * predicts, and its effective robustness in points with an interval. That of a
 * group is of the mean of its networks and holds every error, as in the legend;
 * others are by the line alone, which those of pre-trained networks say. In few
 * words, since every mark has them.
 */
export function markTitle(mark: Mark): string {
  const { kind, groupName, label, point, robustness, mean } = mark;
  const isBaseline = kind === "baseline";
  const name = isBaseline || label.startsWith(groupName)
    ? label
    : `${groupName}: ${label}`;
  return `${name}\nreference ${percent(point.reference)}, shifted ${
    percent(point.shifted)
  } (line: ${percent(robustness.predicted)})\n${
    mean === undefined
      ? `ER ${points(robustness.er)} (${span(robustness)}${
        isBaseline ? "" : " by the line"
      })`
      : `mean ER of these ${points(mean.mean)} (${span(mean)})`
  }`;
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

/** More marks than this are not all drawn. */
export const MOST_DRAWN = 4000;

/** How many of the highest and of the lowest a page shows of more rows than it has room for. */
const [HIGHEST, LOWEST] = [12, 6];

/** What is drawn, said and shown of the marks. */
export interface Survey {
  /** Number of marks. */
  readonly total: number;
  /** All of them, or an even choice from each group in the order of the figure. */
  readonly drawn: readonly Mark[];
  /** How many are drawn of a group that has more. */
  readonly share: number;
  /** Members outside the baselines' reference accuracies. */
  readonly outside: { readonly count: number; readonly farthest: number };
  /** Marks of pre-trained networks: their number, and the highest and the lowest in order. */
  readonly pretrained: {
    readonly count: number;
    readonly ends: readonly Mark[];
  };
}

/** A figure with what is drawn of it. */
export interface Surveyed {
  readonly figure: OnTheLineFigure;
  readonly survey: Survey;
}

/** Goes once through the marks of a figure. */
export function surveyOf(figure: OnTheLineFigure): Survey {
  const sizes = sizesOf(figure);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = total <= MOST_DRAWN
    ? total
    : Math.max(1, Math.floor(MOST_DRAWN / sizes.length));
  const drawn: Mark[] = [];
  const met = new Map<number, number>();
  let [outside, farthest, count] = [0, 0, 0];
  let ends: Mark[] = [];
  for (const mark of marksOf(figure)) {
    const { kind, group, robustness: { extrapolation } } = mark;
    const i = met.get(group) ?? 0;
    met.set(group, i + 1);
    const of = Math.max(sizes[group + 1] ?? 0, share);
    const isChosen =
      Math.floor(i * share / of) > Math.floor((i - 1) * share / of);
    if (isChosen) drawn.push(mark);
    if (kind === "member" && extrapolation !== 0) {
      outside++;
      farthest = Math.max(farthest, Math.abs(extrapolation));
    }
    if (kind === "baseline") continue;
    count++;
    ends.push(mark);
    if (ends.length > 200) ends = endsOf(ends);
  }
  return {
    total,
    drawn,
    share,
    outside: { count: outside, farthest },
    pretrained: { count, ends: endsOf(ends) },
  };
}

/** Number of marks of the baselines and of each group. */
function sizesOf({ baselines, groups }: OnTheLineFigure): readonly number[] {
  const marksOf = (runs: number) => runs > 1 ? runs + 1 : runs;
  return [
    baselines.length,
    ...groups.map(({ members }) =>
      members.reduce((sum, { runs }) => sum + marksOf(runs.length), 0)
    ),
  ];
}

function endsOf(marks: readonly Mark[]): Mark[] {
  return marks.toSorted((a, b) => b.robustness.er - a.robustness.er)
    .filter((_, i, { length }) => i < HIGHEST || i >= length - LOWEST);
}

/** A mark for readers, in percentages and points. */
export const READERS_COLUMNS: Columns<Mark, string> = [
  ["group", ({ groupName }) => groupName],
  ["network", ({ label }) => label],
  ["reference, %", ({ point }) => bare(point.reference)],
  ["shifted, %", ({ point }) => bare(point.shifted)],
  ["predicted, %", ({ robustness }) => bare(robustness.predicted)],
  ["ER, points", ({ robustness }) => points(robustness.er)],
  ["interval by the line", ({ robustness }) => span(robustness)],
];

/** The marks that are drawn as a reader's table. */
export function readersTable(
  { total, drawn, pretrained: { count, ends } }: Survey,
): ReadersTable {
  const title = ends.length < count
    ? `The ${HIGHEST} highest and ${LOWEST} lowest of ${count} pre-trained marks by effective robustness`
    : `The pre-trained marks by effective robustness`;
  return {
    text: 2,
    ...tableOf(drawn, READERS_COLUMNS),
    total,
    ...total > MANY && count > 0
      ? { selected: { title, rows: tableOf(ends, READERS_COLUMNS).rows } }
      : {},
  };
}
