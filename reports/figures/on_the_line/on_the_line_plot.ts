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
import {
  type Along,
  intervalBars,
  type PlacedInterval,
} from "../drawing/interval_marks.ts";
import { airy } from "../drawing/number_ticks.ts";
import { groupStyle, PAGE_COLOUR, SOFT_COLOUR } from "../drawing/palette.ts";
import { rules, shortened, stretch } from "../drawing/plain_marks.ts";
import { type Axis, type Panel, TITLE_LINE } from "../drawing/pixels.ts";
import { ticks } from "../drawing/ticks.ts";
import { type Mark, markTitle } from "./on_the_line_data.ts";
import type { Survey } from "./on_the_line_survey.ts";

/** Where a plot stands on its sheet, and the size of its text, in pixels. */
export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly font: number;
}

/** From an accuracy to scaled units; only for drawing, 0 and 1 have a place, too. */
type Scaled = (accuracy: number) => number;

type Domain = Axis["domain"];

/** An accuracy nearer to 0 or 1 has no place of its own: one example of a hundred thousand. */
const FINEST = 1e-5;

/** Grid and axes, the line, the networks. Both scales are linear in scaled units, which Plot has no scale for. */
export function linePanel(
  figure: OnTheLineFigure,
  { survey, place, styleAt = groupStyle, brief = false }: {
    readonly survey: Survey;
    readonly place: PanelPlace;
    /** Whether its axes say in one line which accuracies they have: panels beside it are read alike. */
    readonly brief?: boolean;
    /** The look of the group at an index; that of its place if left out. */
    readonly styleAt?: typeof groupStyle;
  },
): Panel {
  const { scale } = figure.line;
  const { drawn, ...ends } = survey;
  // 0 and 1 stand at the outermost accuracy that has a place of its own, and so does what the line predicts beyond.
  const outermost = scale === "linear" ? 0 : smallest([
    0.0005,
    ...[...ends.reference, ...ends.shifted]
      .map((accuracy) => Math.min(accuracy, 1 - accuracy))
      .filter((distance) => distance >= FINEST),
  ]);
  const scaled: Scaled = (accuracy) =>
    scales[scale].forward(
      Math.min(Math.max(accuracy, outermost), 1 - outermost),
    );
  const titles = brief ? briefTitles(figure, place) : axisTitles(figure, place);
  const { font } = place;
  const edges = {
    start: place.left,
    left: place.left + font * 3.4,
    right: place.left + place.width - RIGHT,
    top: place.top + font * (1.9 + TITLE_LINE * (titles.shifted.length - 1)),
    bottom: place.top + place.height -
      font * (3.4 + TITLE_LINE * (titles.reference.length - 1)),
  };
  const extent = (side: "reference" | "shifted") =>
    airy(ends[side].map(scaled), {
      ends: ends[`${side}Bars`].map(scaled),
      widening: 0.25,
      air: 0.06,
      least: 0.05,
    });
  const [x, y] = [extent("reference"), extent("shifted")];
  const [across, up] = [edges.right - edges.left, edges.bottom - edges.top];
  return {
    ...edges,
    x: {
      domain: x,
      ticks: ticks(x, { scale, length: across, gap: font * 3.9 }),
      title: titles.reference,
    },
    y: {
      domain: y,
      ticks: ticks(y, { scale, length: up, gap: font * 2.2 }),
      title: titles.shifted,
    },
    marks: [
      ...lineMarks(figure, { x, y, scaled }),
      networkMarks(drawn, { figure, x, y, scaled, styleAt, radius: font / 2 }),
    ],
  };
}

/** Air on the right of the axes in pixels, where the title of the axis across ends. */
const RIGHT = 14;

/** Width of a character in a wide font, in em; a name may have wider ones. */
const CHARACTER = 0.52;

/**
 * What the axes are called: the quantity, its scale, the distribution; in one
 * line, or two where one is too long for the drawing. The names of
 * distributions are people's own.
 */
function axisTitles(
  { line: { scale }, distributions }: OnTheLineFigure,
  { width, font }: PanelPlace,
) {
  const onScale = scale === "linear" ? "" : ` (${scale} scale)`;
  const most = (room: number) => Math.floor(room / (font * CHARACTER));
  const lines = (
    [before, name, after]: readonly [string, string | undefined, string],
    room: number,
  ) => {
    const whole = name === undefined
      ? `${before}${onScale}${after}`
      : `${before}: ${name}${onScale}${after}`;
    return name === undefined || whole.length <= most(room) ? [whole] : [
      `${before}${onScale}${after}`,
      shortened(name, Math.floor(most(width) * 0.88)),
    ];
  };
  const { reference, shifted } = distributions ?? {};
  return {
    reference: lines(["Reference accuracy", reference, " →"], width - RIGHT),
    shifted: lines(["↑ Shifted accuracy", shifted, ""], width),
  };
}

/** The same in one line: without the scale, and of a long name only the name. */
function briefTitles(
  { distributions }: OnTheLineFigure,
  { width, font }: PanelPlace,
) {
  const most = Math.floor((width - RIGHT) / (font * CHARACTER));
  const line = (name: string | undefined, of: string) => {
    if (name === undefined) return of;
    const whole = `Accuracy: ${name}`;
    return whole.length + 2 <= most ? whole : shortened(name, most - 2);
  };
  return {
    reference: [`${line(distributions?.reference, "Reference accuracy")} →`],
    shifted: [`↑ ${line(distributions?.shifted, "Shifted accuracy")}`],
  };
}

interface Ground {
  readonly x: Domain;
  readonly y: Domain;
  readonly scaled: Scaled;
}

/** Band, equal accuracies, and the line: thin where it is extrapolated. */
function lineMarks(
  { line, level = 0.95 }: OnTheLineFigure,
  { x, y, scaled }: Ground,
): Plot.Markish[] {
  const band = Array.from({ length: 25 }, (_, i) => {
    const at = x[0] + (x[1] - x[0]) * i / 24;
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
    rules(clipped([lowest, highest], line), {
      width: 2.2,
    }),
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
  const titled = {
    x: ({ point }: Mark) => scaled(point.reference),
    y: ({ point }: Mark) => scaled(point.shifted),
    title: markTitle,
  };
  const singles = marks.filter(({ kind, n }) => kind === "member" && n === 1);
  return [
    Plot.dot(marks.filter(({ kind }) => kind === "baseline"), {
      ...titled,
      r: radius * 0.58,
      fill: "currentColor",
      fillOpacity: 0.42,
      stroke: "none",
    }),
    ...figure.groups.flatMap((_, group) => {
      const { symbol, colour } = styleAt(group);
      const mine = marks.filter((mark) => mark.group === group);
      const members = mine.filter(({ kind }) => kind === "member");
      const bars = members.flatMap((mark) => barsOf(mark, { x, y, scaled }));
      const at = { ...titled, symbol };
      return [
        ...intervalBars(bars, { colour, width: 1.4 }),
        Plot.dot(mine.filter(({ kind }) => kind === "run"), {
          ...at,
          r: radius * 0.5,
          fill: colour,
          fillOpacity: 0.55,
        }),
        Plot.dot(members.filter(({ n }) => n > 1), {
          ...at,
          r: radius,
          fill: colour,
          stroke: PAGE_COLOUR,
        }),
        Plot.dot(members.filter(({ n }) => n === 1), {
          ...at,
          r: radius * (singles.length > 12 ? 0.6 : 0.85),
          fill: PAGE_COLOUR,
          stroke: colour,
          strokeWidth: 1.8,
        }),
      ];
    }),
  ];
}

/** Intervals of both accuracies, as far as they are known. */
function barsOf(
  { point, reference, shifted }: Mark,
  { x, y, scaled }: Ground,
): readonly PlacedInterval[] {
  const bar = (
    interval: PlacedInterval["interval"] | null,
    along: Along,
  ): readonly PlacedInterval[] =>
    interval === null
      ? []
      : [{ interval: [scaled(interval[0]), scaled(interval[1])], along }];
  return [
    ...bar(reference.interval, {
      axis: "x",
      at: scaled(point.shifted),
      ends: x,
    }),
    ...bar(shifted.interval, {
      axis: "y",
      at: scaled(point.reference),
      ends: y,
    }),
  ];
}

function within(value: number, [low, high]: Domain): number {
  return Math.min(Math.max(value, low), high);
}
