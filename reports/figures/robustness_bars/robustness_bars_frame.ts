/**
 * Where things go in the figure of several shifts: one panel for the shifts in
 * support, one for those out of support, a row for every estimate.
 *
 * @module
 */
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { formatCount } from "../../value/quantity.ts";
import { textWidth } from "../drawing/pixel_marks.ts";
import type {
  RobustnessBarsFigure,
  RobustnessEstimate,
  SupportedShift,
} from "../../value/robustness_bars_figure.ts";
import { takenMeans } from "../drawing/robustness_numbers.ts";
import { type MeasuredNames, namesOf } from "../drawing/robustness_style.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";

/** Sizes of a drawing in pixels. */
export interface BarsSize {
  readonly width: number;
  readonly font: number;
  /** Height of the row of one estimate. */
  readonly row: number;
  /** Radius of a mark. */
  readonly mark: number;
  /** Whether the panels stand side by side. */
  readonly beside: boolean;
  /** Longest name of a group, in characters. */
  readonly longest: number;
}

/** The sizes for a sheet. */
export function barsSize(sheet: Sheet): BarsSize {
  const { width, font } = sheet;
  return {
    width,
    font,
    row: font * 1.46,
    mark: font * 0.46,
    beside: isWide(sheet),
    longest: 14,
  };
}

/** One estimate at its height. */
export interface BarsRow {
  readonly estimate: RobustnessEstimate;
  readonly y: number;
}

/** A text at its height. */
export interface BarsLabel {
  readonly text: string;
  readonly y: number;
}

/** The shifts of one kind. */
export interface BarsPanel {
  readonly support: SupportedShift["support"];
  /** Left end of its texts. */
  readonly left: number;
  /** Right end of its numbers. */
  readonly right: number;
  /** Ends of its axis. */
  readonly x: readonly [number, number];
  readonly top: number;
  /** Where its rows begin and end. */
  readonly y: readonly [number, number];
  readonly shifts: readonly BarsLabel[];
  readonly groups: readonly BarsLabel[];
  readonly rows: readonly BarsRow[];
}

/** The whole layout. */
export interface BarsFrame {
  readonly names: MeasuredNames;
  readonly panels: readonly BarsPanel[];
  /** Effective robustness at the ends of every axis. */
  readonly domain: readonly [number, number];
  /** Height of the drawing without its legend. */
  readonly height: number;
}

/** Lays the figure out. */
export function barsFrame(
  figure: RobustnessBarsFigure,
  size: BarsSize,
): BarsFrame {
  check(figure);
  const names = namesOf(figure.estimates);
  const supports = (["in", "out", undefined] as const).filter((support) =>
    figure.shifts.some((shift) => shift.support === support)
  );
  const columns = size.beside ? supports.length : 1;
  const gutter = size.font * 2;
  const width = (size.width - gutter * (columns - 1)) / columns;
  const longest = largest(
    names.groups.map((name) => textWidth(name, size.font)),
  );
  const labels = Math.min(longest, size.longest * size.font * 0.56) + 12;
  const values = textWidth("+00.00", size.font) + 12;

  const panels: BarsPanel[] = [];
  let top = 0;
  for (const [i, support] of supports.entries()) {
    const left = size.beside ? i * (width + gutter) : 0;
    const panel = panelOf(figure, {
      support,
      names,
      size,
      left,
      right: left + width,
      top,
      x: [left + labels, left + width - values],
    });
    panels.push(panel);
    if (!size.beside) top = panel.y[1] + size.font * 4.2;
  }
  return {
    names,
    panels,
    domain: domainOf(figure),
    height: largest(panels.map(({ y }) => y[1])) + size.font * 3.4,
  };
}

function panelOf(
  figure: RobustnessBarsFigure,
  { support, names, size, left, right, top, x }: {
    readonly support: SupportedShift["support"];
    readonly names: MeasuredNames;
    readonly size: BarsSize;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly x: readonly [number, number];
  },
): BarsPanel {
  const rows: BarsRow[] = [];
  const shifts: BarsLabel[] = [];
  const groups: BarsLabel[] = [];
  const start = top + size.font * 2;
  let y = start;
  for (
    const { name } of figure.shifts.filter((one) => one.support === support)
  ) {
    shifts.push({
      text: name + examplesOf(figure, name),
      y: y + size.font * 0.9,
    });
    y += size.font * 1.9;
    for (const group of names.groups) {
      const mine = figure.estimates.filter((estimate) =>
        estimate.shift === name && estimate.group === group
      );
      if (mine.length === 0) continue;
      groups.push({ text: group, y: y + size.row * mine.length / 2 });
      for (const estimate of mine) {
        rows.push({ estimate, y: y + size.row / 2 });
        y += size.row;
      }
      y += size.row * 0.35;
    }
    y += size.row * 0.35;
  }
  return { support, left, right, x, top, y: [start, y], shifts, groups, rows };
}

/** `, 1,234 examples` where all estimates of a shift stand on as many. */
function examplesOf({ estimates }: RobustnessBarsFigure, name: string): string {
  const counts = estimates.filter(({ shift }) => shift === name)
    .map(({ examples }) => examples);
  const [first] = counts;
  return first === undefined || counts.some((other) => other !== first)
    ? ""
    : `, ${formatCount(first)} examples`;
}

/** All means and the band, with air; intervals widen it by half of that at most. */
function domainOf(
  { estimates, band }: RobustnessBarsFigure,
): readonly [number, number] {
  const means = takenMeans(estimates);
  const fixed = [
    0,
    ...means.map(({ mean }) => mean),
    ...band === undefined ? [] : [band.low, band.high],
  ];
  const ends = means.flatMap(({ low, high }) => [low, high]);
  const [low, high] = [smallest(fixed), largest(fixed)];
  const range = Math.max(high - low, 0.02);
  const start = Math.max(Math.min(low, smallest(ends)), low - range / 2);
  const end = Math.min(Math.max(high, largest(ends)), high + range / 2);
  return [start - 0.04 * range, end + 0.04 * range];
}

function check({ id, shifts, estimates }: RobustnessBarsFigure): void {
  if (estimates.length === 0) {
    throw new RangeError(`Cannot draw figure "${id}": it has no estimate`);
  }
  for (const { shift, group } of estimates) {
    if (!shifts.some(({ name }) => name === shift)) {
      throw new RangeError(
        `Cannot draw figure "${id}": the estimate of "${group}" is of shift "${shift}", which is not among its shifts`,
      );
    }
  }
}
