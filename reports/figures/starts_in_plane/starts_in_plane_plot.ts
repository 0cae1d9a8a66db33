/**
 * Places the marks of the theorem in a plane.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { groupStyle, PAGE_COLOUR } from "../drawing/palette.ts";
import { legendMarks } from "../drawing/legend.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { type Rule, rules, textAt } from "../drawing/pixel_marks.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";
import {
  type Pixel,
  seriesLegend,
  seriesMark,
} from "../drawing/series_marks.ts";
import {
  pair,
  type StartsInPlaneFigure,
} from "../../value/starts_in_plane_figure.ts";
import { largest } from "../../../stats/intervals/extremes.ts";

type Vector = readonly [number, number];

/** A square of the drawing with its own scale; the origin is in its middle. */
interface Panel {
  readonly left: number;
  readonly top: number;
  readonly side: number;
  /** Half of what it shows, in units of its plane. */
  readonly reach: number;
}

/** The plot of the figure on a sheet. */
export function drawPlane(
  figure: StartsInPlaneFigure,
  sheet: Sheet,
): Drawing {
  const { width, font } = sheet;
  const beside = isWide(sheet);
  const side = Math.floor(beside ? width / 2 - font : width - font * 2.5);
  const { points, starts, basis } = figure;
  const direction = pair(basis[0] ?? []);
  const title = font * 1.8;
  const inputs: Panel = {
    left: beside ? 0 : (width - side) / 2,
    top: title,
    side,
    reach: 1.12 * furthest(points.map(({ at }) => at)),
  };
  const weights: Panel = {
    left: beside ? width - side : (width - side) / 2,
    top: beside ? title : title * 2.4 + side,
    side,
    reach: 1.15 *
      furthest(starts.flatMap(({ from, to }) => [pair(from), pair(to)])),
  };
  const bottom = weights.top + side + font * 0.8;
  const names = starts.map(({ name }) => name);
  const legend = legendMarks(
    sheet.legend === "drawn" ? seriesLegend(names) : [],
    {
      width,
      font,
      top: bottom,
    },
  );
  return pixelPlot({ width, font, height: Math.ceil(bottom + legend.height) }, [
    ...frame(inputs, { font, title: "Inputs and decision boundaries" }),
    ...frame(weights, { font, title: "Weights: start to end" }),
    ...inputMarks(figure, { panel: inputs, font, direction }),
    ...weightMarks(figure, { panel: weights, font, direction }),
    ...legend.marks,
  ]);
}

interface PanelOptions {
  readonly panel: Panel;
  readonly font: number;
  /** Unit vector along W. */
  readonly direction: Vector;
}

function inputMarks(
  { points, starts }: StartsInPlaneFigure,
  { panel, font, direction }: PanelOptions,
): readonly Plot.Markish[] {
  const at = placer(panel);
  const boundaries = starts.map(({ to, name }, i) => {
    const [a, b] = pair(to);
    // The end that is higher up carries the mark.
    const along: Vector = a >= 0 ? [-b, a] : [b, -a];
    return { i, name, along, ends: across([0, 0], { panel, along }) };
  });
  return [
    ...spanMarks({ panel, font, direction }),
    ...boundaries.map(({ ends, i }) =>
      rules([ends], { colour: groupStyle(i).colour, width: 1.8 })
    ),
    Plot.dot(points, {
      x: (point: typeof points[number]) => at(point.at).x,
      y: (point: typeof points[number]) => at(point.at).y,
      r: 3.2,
      fill: (point: typeof points[number]) =>
        point.label > 0 ? "currentColor" : PAGE_COLOUR,
      stroke: "currentColor",
      strokeWidth: 1.1,
    }),
    ...boundaries.map(({ along, i, name }) => {
      const length = Math.hypot(...along);
      const share = 0.86 * panel.reach / length;
      return seriesMark(i, {
        ...at([along[0] * share, along[1] * share]),
        r: font * 0.5,
        title: `boundary from the start “${name}”`,
      });
    }),
  ];
}

function weightMarks(
  { starts }: StartsInPlaneFigure,
  { panel, font, direction }: PanelOptions,
): readonly Plot.Markish[] {
  const at = placer(panel);
  const end = pair(starts[0]?.to ?? [0, 0]);
  const along = end[0] * direction[0] + end[1] * direction[1];
  const minimum: Vector = [along * direction[0], along * direction[1]];
  const off: Vector = [-direction[1], direction[0]];
  return [
    ...spanMarks({ panel, font, direction }),
    rules([across(minimum, { panel, along: off })], {
      width: 1.2,
      dash: "5,4",
    }),
    ...starts.map(({ from, to }, i) =>
      Plot.arrow([0], {
        x1: at(pair(from)).x,
        y1: at(pair(from)).y,
        x2: at(pair(to)).x,
        y2: at(pair(to)).y,
        stroke: groupStyle(i).colour,
        strokeWidth: 1.6,
        headLength: 7,
        insetStart: font * 0.45,
        insetEnd: font * 0.55,
      })
    ),
    ...starts.flatMap(({ from, to, name }, i) => [
      seriesMark(i, {
        ...at(pair(from)),
        r: font * 0.42,
        hollow: true,
        title: `start “${name}”`,
      }),
      seriesMark(i, {
        ...at(pair(to)),
        r: font * 0.5,
        title: `end from the start “${name}”`,
      }),
    ]),
  ];
}

function frame(
  { left, top, side }: Panel,
  { font, title }: { readonly font: number; readonly title: string },
): readonly Plot.Markish[] {
  return [
    textAt(title, { x: left, y: top - font * 0.9, weight: 600 }),
    Plot.rect([0], {
      x1: left,
      x2: left + side,
      y1: top,
      y2: top + side,
      stroke: "currentColor",
      strokeOpacity: 0.25,
      fill: "none",
    }),
  ];
}

/** The line W and its name. */
function spanMarks(
  { panel, font, direction }: PanelOptions,
): readonly Plot.Markish[] {
  const at = placer(panel);
  const side = direction[0] < 0 ? -1 : 1;
  const share = side * 0.93 * panel.reach;
  const place = at([direction[0] * share, direction[1] * share]);
  return [
    rules([across([0, 0], { panel, along: direction })], {
      opacity: 0.35,
      width: 1.2,
    }),
    textAt("W", {
      x: place.x,
      y: place.y - font * 0.9,
      anchor: "middle",
      weight: 600,
      soft: true,
    }),
  ];
}

function placer(
  { left, top, side, reach }: Panel,
): (vector: Vector) => Pixel {
  const scale = side / (2 * reach);
  return ([x, y]) => ({
    x: left + side / 2 + x * scale,
    y: top + side / 2 - y * scale,
  });
}

/** The stretch of the straight line through a place that lies in the panel. */
function across(
  through: Vector,
  { panel, along }: { readonly panel: Panel; readonly along: Vector },
): Rule {
  const { reach } = panel;
  let [from, to] = [-Infinity, Infinity];
  for (const axis of [0, 1] as const) {
    if (along[axis] === 0) continue;
    const crossings = [-reach, reach]
      .map((edge) => (edge - through[axis]) / along[axis])
      .sort((a, b) => a - b);
    from = Math.max(from, crossings[0] ?? from);
    to = Math.min(to, crossings[1] ?? to);
  }
  const at = placer(panel);
  const on = (t: number) =>
    at([through[0] + t * along[0], through[1] + t * along[1]]);
  const [start, end] = [on(from), on(to)];
  return { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
}

function furthest(vectors: readonly Vector[]): number {
  return largest(vectors.flat().map(Math.abs));
}
