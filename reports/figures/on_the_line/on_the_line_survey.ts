/**
 * What the drawing, the words and the table of the paper's figure need of its
 * marks, found in one pass: there may be more of them than one would keep, or see.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import {
  bare,
  type Columns,
  MANY,
  points,
  span,
  tableOf,
} from "../drawing/columns.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import type { Mark } from "./on_the_line_data.ts";

/** More marks than this are not all drawn. */
export const MOST_DRAWN = 4000;

/** Lowest and highest of some values; none where there are no values. */
export type Ends = readonly [number, number] | readonly [];

/** What there is among the marks. */
export interface Survey {
  /** Number of marks. */
  readonly total: number;
  /** All of them, or an even choice from each group in the order of the figure. */
  readonly drawn: readonly Mark[];
  /** How many are drawn of a group that has more. */
  readonly share: number;
  /** Whether a mark is the mean of several networks. */
  readonly hasMeans: boolean;
  /** Whether a member of a group is a network alone. */
  readonly hasSingles: boolean;
  /** Whether a member of a group has an interval. */
  readonly hasBars: boolean;
  /** Members outside the baselines' reference accuracies. */
  readonly outside: { readonly count: number; readonly farthest: number };
  /** Reference accuracies, those that are shifted or predicted, and the ends of their intervals. */
  readonly reference: Ends;
  readonly shifted: Ends;
  readonly referenceBars: Ends;
  readonly shiftedBars: Ends;
  /** Marks of pre-trained networks: their number, the highest, the lowest. */
  readonly pretrained: {
    readonly count: number;
    readonly highest: readonly Mark[];
    readonly lowest: readonly Mark[];
  };
}

/** Looks through all marks of a figure, which lose their bars where it hides them. */
export function surveyOf(
  figure: OnTheLineFigure,
  marks: Iterable<Mark>,
): Survey {
  const sizes = sizesOf(figure);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = total <= MOST_DRAWN
    ? total
    : Math.max(1, Math.floor(MOST_DRAWN / sizes.length));
  const drawn: Mark[] = [];
  const met = sizes.map(() => 0);
  let [reference, shifted]: [Ends, Ends] = [[], []];
  let [referenceBars, shiftedBars]: [Ends, Ends] = [[], []];
  let order: Mark[] = [];
  let [hasMeans, hasSingles, hasBars] = [false, false, false];
  let [count, outside, farthest] = [0, 0, -Infinity];
  for (const whole of marks) {
    const mark = figure.bars === "hidden" ? withoutBars(whole) : whole;
    const { kind, group, n, point, robustness } = mark;
    const i = met[group + 1] ?? 0;
    const size = sizes[group + 1] ?? 0;
    met[group + 1] = i + 1;
    if (size <= share || isChosen(i, { size, share })) drawn.push(mark);
    hasMeans ||= n > 1;
    hasSingles ||= kind === "member" && n === 1;
    hasBars ||= kind === "member" &&
      (mark.reference.interval ?? mark.shifted.interval) !== null;
    if (kind === "member" && robustness.extrapolation !== 0) {
      outside++;
      farthest = Math.max(farthest, Math.abs(robustness.extrapolation));
    }
    reference = widened(reference, [point.reference]);
    shifted = widened(shifted, [point.shifted, robustness.predicted]);
    referenceBars = widened(referenceBars, mark.reference.interval ?? []);
    shiftedBars = widened(shiftedBars, mark.shifted.interval ?? []);
    if (kind !== "baseline") {
      count++;
      order.push(mark);
      if (order.length > 200) order = endsOfOrder(order);
    }
  }
  order = endsOfOrder(order);
  return {
    total,
    drawn,
    share,
    hasMeans,
    hasSingles,
    hasBars,
    outside: { count: outside, farthest },
    reference,
    shifted,
    referenceBars,
    shiftedBars,
    pretrained: {
      count,
      highest: order.slice(0, FEW),
      lowest: order.slice(-ENDS.lowest),
    },
  };
}

function withoutBars(mark: Mark): Mark {
  return {
    ...mark,
    reference: { ...mark.reference, interval: null },
    shifted: { ...mark.shifted, interval: null },
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

/** Whether a mark is one of `share` that lie evenly among `size`. */
function isChosen(
  i: number,
  { size, share }: { readonly size: number; readonly share: number },
): boolean {
  return Math.floor(i * share / size) > Math.floor((i - 1) * share / size);
}

/** Ends that hold some values, too. */
function widened(ends: Ends, values: readonly number[]): Ends {
  const all = [...ends, ...values];
  return all.length === 0 ? [] : [smallest(all), largest(all)];
}

/** The highest of some marks, and the lowest where there are many, in order. */
function endsOfOrder(marks: readonly Mark[]): Mark[] {
  const order = marks.toSorted((a, b) => b.robustness.er - a.robustness.er);
  return order.length <= FEW + ENDS.lowest
    ? order
    : [...order.slice(0, FEW), ...order.slice(-ENDS.lowest)];
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

/** Every mark as a reader's table; of many those that are drawn. */
export function readersTable(
  { total, drawn, pretrained }: Survey,
): ReadersTable {
  return {
    text: 2,
    ...tableOf(drawn, READERS_COLUMNS),
    total,
    ...total > MANY && pretrained.count > 0
      ? {
        selected: {
          title: extremesTitle(pretrained.count),
          rows: tableOf(extremesOf(pretrained), READERS_COLUMNS).rows,
        },
      }
      : {},
  };
}

/** How many of the highest and of the lowest a page shows of more rows than it has room for. */
const ENDS = { highest: 12, lowest: 6 } as const;

/** Of as few marks it shows all. */
const FEW = ENDS.highest + ENDS.lowest;

/** The pre-trained networks that lie highest above and deepest below the line; all if they are few. */
export function extremesOf(
  { count, highest, lowest }: Survey["pretrained"],
): readonly Mark[] {
  return count <= FEW
    ? highest
    : [...highest.slice(0, ENDS.highest), ...lowest];
}

function extremesTitle(count: number): string {
  const { highest, lowest } = ENDS;
  if (count === 1) return "The pre-trained mark with its effective robustness";
  return count <= FEW
    ? `The ${count} pre-trained marks by effective robustness`
    : `The ${highest} highest and ${lowest} lowest of ${count} pre-trained marks by effective robustness`;
}
