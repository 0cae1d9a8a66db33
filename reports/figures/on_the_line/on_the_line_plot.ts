/**
 * What is between the axes of the paper's figure, and the axes.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { smallest } from "../../../stats/intervals/extremes.ts";
import { type Line, predict } from "../../../stats/lines/regression.ts";
import { scales } from "../../../stats/lines/scale.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { capital } from "../../value/wording.ts";
import { type groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import {
  type Axis,
  type Drawing,
  PAGE,
  type Sheet,
} from "../drawing/pixels.ts";
import {
  type Rule,
  rules,
  shortened,
  stretch,
} from "../drawing/plain_marks.ts";
import {
  intervalBars,
  type SymbolLook,
  symbols,
  within,
} from "../drawing/series_marks.ts";
import { airy, ticks } from "../drawing/ticks.ts";
import { type Mark, markTitle } from "./on_the_line_marks.ts";

/** From an accuracy to scaled units; only for drawing, 0 and 1 have a place, too. */
type Scaled = (accuracy: number) => number;

type Domain = Axis["domain"];

/** An accuracy nearer to 0 or 1 has no place of its own: one example of a hundred thousand. */
const FINEST = 1e-5;

/** More bars would hide the marks. */
const MOST_BARS = 40;

/** Whether the marks of pre-trained networks have bars. */
export function hasBars(marks: readonly Mark[]): boolean {
  const members = marks.filter(({ kind }) => kind === "member");
  return members.length <= MOST_BARS &&
    members.some(({ reference, shifted }) =>
      (reference.interval ?? shifted.interval) !== null
    );
}

/** Grid and axes, the line, the networks. Both scales are linear in scaled units, which Plot has no scale for. */
export function linePlot(
  figure: OnTheLineFigure,
  { marks, sheet: { width, font }, share, styleAt }: {
    readonly marks: readonly Mark[];
    readonly sheet: Sheet;
    /** Height over width. */
    readonly share: number;
    /** The look of the group at an index. */
    readonly styleAt: typeof groupStyle;
  },
): Drawing {
  const height = Math.round(width * share);
  const { line: { scale }, distributions } = figure;
  const values = {
    reference: marks.map(({ point }) => point.reference),
    shifted: marks.flatMap(({ point, robustness }) => [
      point.shifted,
      robustness.predicted,
    ]),
  };
  // 0 and 1 stand at the outermost accuracy that has a place of its own, and so does what the line predicts beyond.
  const outermost = scale === "linear" ? 0 : smallest([
    0.0005,
    ...[...values.reference, ...values.shifted]
      .map((accuracy) => Math.min(accuracy, 1 - accuracy))
      .filter((distance) => distance >= FINEST),
  ]);
  const scaled: Scaled = (accuracy) =>
    scales[scale].forward(
      Math.min(Math.max(accuracy, outermost), 1 - outermost),
    );
  const [left, right] = [font * 3.4, width - RIGHT];
  const [top, bottom] = [font * 1.9, height - font * 3.4];
  const barred = hasBars(marks) ? marks : [];
  // In a row of three, text grows beyond its size where a window is narrow.
  const brief = width < PAGE.width;
  const axis = (
    side: "reference" | "shifted",
    { length, gap }: { readonly length: number; readonly gap: number },
  ): Axis => {
    const domain = airy(values[side].map(scaled), {
      ends: barred.flatMap((mark) => mark[side].interval ?? []).map(scaled),
      widening: 0.25,
      least: 0.05,
    });
    const title = axisTitle(side, distributions?.[side], {
      longest: Math.floor(
        (width - RIGHT) / (font * CHARACTER * (brief ? GROWN : 1)),
      ) - 2,
      brief,
    });
    return {
      domain,
      ticks: ticks(domain, { scale, length, gap }),
      title: side === "reference" ? `${title} →` : `↑ ${title}`,
    };
  };
  const x = axis("reference", { length: right - left, gap: font * 3.9 });
  const y = withRoom(
    axis("shifted", { length: bottom - top, gap: font * 2.2 }),
    { length: bottom - top, font, brief },
  );
  const ground = { x: x.domain, y: y.domain, scaled };
  const drawn = [
    ...lineMarks(figure, ground),
    networkMarks(marks, { ...ground, figure, styleAt, radius: font / 2 }),
  ];
  const panel = { left, right, top, bottom, x, y, marks: drawn };
  return { width, font, height, panels: [panel] };
}

/** The axis upward without the label below its title where text may grow. */
function withRoom(
  axis: Axis,
  { length, font, brief }: {
    readonly length: number;
    readonly font: number;
    readonly brief: boolean;
  },
): Axis {
  const [low, high] = axis.domain;
  const isBelow = (at: number) =>
    (high - at) / (high - low) * length < font * 0.6;
  return {
    ...axis,
    ticks: axis.ticks.map((tick) =>
      brief && isBelow(tick.at) ? { ...tick, label: "" } : tick
    ),
  };
}

/** Air on the right of the axes in pixels, where the title of the axis across ends. */
const RIGHT = 14;

/** Width of a character in a wide font, in em; a name may have wider ones. */
const CHARACTER = 0.52;

/** How far text grows beyond its size in a row of three where a window is narrow, as the style sheet has it: 14 pixels for 12. */
const GROWN = 14 / 12;

/** What an axis is called, with the name of the distribution, which is people's own, as far as there is room for both. */
function axisTitle(
  side: "reference" | "shifted",
  name: string | undefined,
  { longest, brief }: { readonly longest: number; readonly brief: boolean },
): string {
  const quantity = `${capital(side)} accuracy`;
  if (name === undefined) return quantity;
  return [...brief ? [] : [`${quantity}: ${name}`], `Accuracy: ${name}`]
    .find((title) => title.length <= longest) ?? shortened(name, longest);
}

interface Ground {
  readonly x: Domain;
  readonly y: Domain;
  readonly scaled: Scaled;
}

/** Pieces of the edges of a band: so many that they look bent, and end where they leave the frame. */
const BAND = 48;

/** Band, equal accuracies, and the line: thin where it is extrapolated. */
function lineMarks(
  { line, level = 0.95 }: OnTheLineFigure,
  { x, y, scaled }: Ground,
): Plot.Markish[] {
  const band = Array.from({ length: BAND + 1 }, (_, i) => {
    const at = x[0] + (x[1] - x[0]) * i / BAND;
    const { low, high } = predict(at, { line, level });
    const end = (accuracy: number) =>
      within(scales[line.scale].forward(accuracy), y);
    return { at, low: end(low), high: end(high) };
  });
  const [lowest = x[0], highest = x[1]] = line.range.map(scaled);
  const clipped = (
    from: Domain,
    { slope, intercept }: Pick<Line, "slope" | "intercept">,
  ) => stretch([0, intercept], { along: [1, slope], box: [from, y] });
  return [
    Plot.areaY(band, {
      x: "at",
      y1: "low",
      y2: "high",
      fill: "currentColor",
      fillOpacity: 0.12,
    }),
    rules(clipped(x, { slope: 1, intercept: 0 }), {
      colour: SOFT_COLOUR,
      dash: "5,4",
      width: 1.2,
    }),
    // The script of pages draws an arrow from this line to a mark.
    rules(clipped(x, line), { width: 1, className: "line" }),
    rules(clipped([lowest, highest], line), { width: 2.2 }),
  ];
}

/** Baselines as grey dots; the bars and marks of each group. */
function networkMarks(
  marks: readonly Mark[],
  { figure, x, y, scaled, styleAt, radius }: Ground & {
    readonly figure: OnTheLineFigure;
    readonly styleAt: typeof groupStyle;
    /** Radius of a large mark. */
    readonly radius: number;
  },
): Plot.Markish[] {
  const dots = (shown: readonly Mark[], look: SymbolLook) =>
    symbols(
      shown.map((mark) => ({
        x: scaled(mark.point.reference),
        y: scaled(mark.point.shifted),
        title: markTitle(mark),
      })),
      look,
    );
  const singles = marks.filter(({ kind, n }) => kind === "member" && n === 1);
  return [
    dots(marks.filter(({ kind }) => kind === "baseline"), {
      symbol: "circle",
      colour: "currentColor",
      filling: "faint",
      radius: radius * 0.58,
    }),
    ...figure.groups.flatMap((_, group) => {
      const { symbol, colour } = styleAt(group);
      const mine = marks.filter((mark) => mark.group === group);
      const members = mine.filter(({ kind }) => kind === "member");
      const bars = hasBars(marks)
        ? members.flatMap((mark) => barsOf(mark, scaled))
        : [];
      const look = (filling: SymbolLook["filling"], size: number) => (
        { symbol, colour, filling, radius: radius * size }
      );
      return [
        ...intervalBars(bars, { colour, x, y }),
        dots(mine.filter(({ kind }) => kind === "run"), look("faint", 0.5)),
        dots(members.filter(({ n }) => n > 1), look(0, 1)),
        dots(
          members.filter(({ n }) => n === 1),
          look(1, singles.length > 12 ? 0.6 : 0.85),
        ),
      ];
    }),
  ];
}

/** Intervals of both accuracies, as far as they are known. */
function barsOf(
  { point, reference, shifted }: Mark,
  scaled: Scaled,
): readonly Rule[] {
  const [x, y] = [scaled(point.reference), scaled(point.shifted)];
  const [x1, x2] = (reference.interval ?? []).map(scaled);
  const [y1, y2] = (shifted.interval ?? []).map(scaled);
  return [
    ...x1 === undefined || x2 === undefined ? [] : [{ x1, x2, y1: y, y2: y }],
    ...y1 === undefined || y2 === undefined ? [] : [{ x1: x, x2: x, y1, y2 }],
  ];
}
