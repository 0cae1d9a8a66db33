/**
 * Draws the paper's figure.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { predict } from "../../stats/regression.ts";
import { scales } from "../../stats/scale.ts";
import type { RenderedFigure } from "./figure.ts";
import { frameOf, type Size } from "./on_the_line_frame.ts";
import { keyMarks, keyRows, robustnessBox } from "./key.ts";
import { caption, describe } from "./on_the_line_caption.ts";
import {
  figureJson,
  type Mark,
  marksOf,
  marksTable,
  markTitle,
  readersTable,
} from "./on_the_line_data.ts";
import type { OnTheLineFigure } from "./on_the_line_figure.ts";
import { groupStyle } from "./palette.ts";
import { draw, svgFile } from "./svg.ts";
import { ticks } from "./ticks.ts";

const SIZES: Readonly<Record<"wide" | "narrow", Size>> = {
  wide: { width: 760, height: 560, font: 13, mark: 7, gap: [54, 30] },
  narrow: { width: 360, height: 410, font: 12, mark: 6, gap: [44, 26] },
};

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function onTheLine(figure: OnTheLineFigure): RenderedFigure {
  const marks = marksOf(figure);
  const description = describe(figure);
  const shown = figure.bars === "hidden" ? marks.map(withoutBars) : marks;
  const drawn = (size: "wide" | "narrow", id: string) =>
    draw(plotOf(figure, { marks: shown, size: SIZES[size] }), {
      id,
      title: figure.title,
      description,
    });
  const wide = drawn("wide", `${figure.id}-wide`);
  return {
    wide,
    narrow: drawn("narrow", `${figure.id}-narrow`),
    file: svgFile(wide),
    description,
    caption: caption(figure, shown),
    data: marksTable(marks),
    json: figureJson(figure, marks),
    table: readersTable(marks),
  };
}

function plotOf(
  figure: OnTheLineFigure,
  { marks, size }: { readonly marks: readonly Mark[]; readonly size: Size },
): Plot.PlotOptions {
  const { line, level = 0.95, distributions } = figure;
  const key = keyRows(figure, size);
  const box = robustnessBox(figure, size);
  const frame = frameOf(figure, { marks, size, box, keyRows: key.length });
  const { x, y, margin } = frame;
  const axis = (domain: readonly [number, number], which: 0 | 1) =>
    ticks(domain, {
      scale: line.scale,
      length: which === 0
        ? size.width - margin.left - margin.right
        : size.height - margin.top - margin.bottom,
      gap: size.gap[which],
    });
  const xTicks = axis(x, 0);
  const yTicks = axis(y, 1);
  const label = (list: typeof xTicks) => (at: number) =>
    list.find((tick) => tick.at === at)?.label ?? "";
  const grid = { stroke: "currentColor", strokeOpacity: 0.1 } as const;
  const onScale = line.scale === "linear" ? "" : ` (${line.scale} scale)`;
  const name = (side: "reference" | "shifted") =>
    `${side === "reference" ? "Reference" : "Shifted"} accuracy` +
    (distributions === undefined ? "" : `: ${distributions[side]}`);

  const clampY = (value: number) => Math.min(Math.max(value, y[0]), y[1]);
  const { forward } = scales[line.scale];
  const steps = Array.from(
    { length: 49 },
    (_, i) => x[0] + (x[1] - x[0]) * i / 48,
  );
  const band = steps.map((at) => {
    const { low, high } = predict(at, { line, level });
    return {
      at,
      low: clampY(safe(forward(low))),
      high: clampY(safe(forward(high))),
    };
  });
  const segment = (from: number, to: number) =>
    clipped([from, to], { slope: line.slope, intercept: line.intercept, y });
  const [lowest, highest] = line.range.map((accuracy) => frame.place(accuracy));
  const baselines = marks.filter(({ kind }) => kind === "baseline");
  const singles = marks.filter(({ kind, n }) => kind === "member" && n === 1);

  return {
    width: size.width,
    height: size.height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    style: { fontSize: `${size.font}px` },
    x: { type: "linear", domain: [...x] },
    y: { type: "linear", domain: [...y] },
    marks: [
      Plot.gridX(xTicks.map(({ at }) => at), { ...grid, ariaHidden: "true" }),
      Plot.gridY(yTicks.map(({ at }) => at), { ...grid, ariaHidden: "true" }),
      Plot.axisX(xTicks.map(({ at }) => at), {
        tickFormat: label(xTicks),
        label: `${name("reference")}${onScale} →`,
        labelAnchor: "right",
        labelArrow: "none",
        labelOffset: size.font * 2.9,
        tickSize: 4,
      }),
      Plot.axisY(yTicks.map(({ at }) => at), {
        tickFormat: label(yTicks),
        label: `↑ ${name("shifted")}${onScale}`,
        labelAnchor: "top",
        labelArrow: "none",
        tickSize: 4,
      }),
      Plot.areaY(band, {
        x: "at",
        y1: "low",
        y2: "high",
        fill: "currentColor",
        fillOpacity: 0.12,
      }),
      Plot.link(clipped(x, { slope: 1, intercept: 0, y }), {
        ...LINK,
        stroke: "var(--soft, #5a6068)",
        strokeDasharray: "5,4",
        strokeWidth: 1.2,
      }),
      Plot.link(segment(...x), {
        ...LINK,
        stroke: "currentColor",
        strokeWidth: 1,
      }),
      Plot.link(segment(lowest ?? x[0], highest ?? x[1]), {
        ...LINK,
        stroke: "currentColor",
        strokeWidth: 2.2,
      }),
      Plot.dot(baselines, {
        x: (mark: Mark) => frame.place(mark.point.reference),
        y: (mark: Mark) => frame.place(mark.point.shifted),
        r: size.mark * 0.58,
        fill: "currentColor",
        fillOpacity: 0.42,
        stroke: "none",
        title: markTitle,
      }),
      ...figure.groups.flatMap((_, i) => groupMarks(i)),
      ...keyMarks({ key, box, frame, size }),
    ],
  };

  function groupMarks(group: number): readonly Plot.Markish[] {
    const { symbol, colour } = groupStyle(group);
    const mine = marks.filter((mark) => mark.group === group);
    const members = mine.filter(({ kind }) => kind === "member");
    const at = {
      x: (mark: Mark) => frame.place(mark.point.reference),
      y: (mark: Mark) => frame.place(mark.point.shifted),
    };
    const inX = (value: number) => Math.min(Math.max(value, x[0]), x[1]);
    const bars = members.flatMap(({ point, reference, shifted }) => {
      const [px, py] = [
        frame.place(point.reference),
        frame.place(point.shifted),
      ];
      return [
        ...(reference.interval === null ? [] : [{
          x1: inX(frame.place(reference.interval[0])),
          x2: inX(frame.place(reference.interval[1])),
          y1: py,
          y2: py,
        }]),
        ...(shifted.interval === null ? [] : [{
          x1: px,
          x2: px,
          y1: clampY(frame.place(shifted.interval[0])),
          y2: clampY(frame.place(shifted.interval[1])),
        }]),
      ];
    });
    const runs = mine.filter(({ kind }) => kind === "run");
    const halo = { stroke: "var(--page, #fff)", strokeWidth: 1 } as const;
    return [
      Plot.link(bars, {
        ...LINK,
        stroke: colour,
        strokeWidth: 1.4,
      }),
      Plot.dot(runs, {
        ...at,
        symbol,
        r: size.mark * 0.5,
        fill: colour,
        fillOpacity: 0.55,
        title: markTitle,
      }),
      Plot.dot(members.filter(({ n }) => n > 1), {
        ...at,
        ...halo,
        symbol,
        r: size.mark,
        fill: colour,
        title: markTitle,
      }),
      Plot.dot(members.filter(({ n }) => n === 1), {
        ...at,
        symbol,
        r: size.mark * (singles.length > 12 ? 0.6 : 0.85),
        fill: "var(--page, #fff)",
        stroke: colour,
        strokeWidth: 1.8,
        title: markTitle,
      }),
    ];
  }
}

const LINK = { x1: "x1", x2: "x2", y1: "y1", y2: "y2" } as const;

function withoutBars(mark: Mark): Mark {
  return {
    ...mark,
    reference: { ...mark.reference, interval: null },
    shifted: { ...mark.shifted, interval: null },
  };
}

/** The part of a straight line between two x that lies within the frame. */
function clipped(
  [from, to]: readonly [number, number],
  { slope, intercept, y }: {
    readonly slope: number;
    readonly intercept: number;
    readonly y: readonly [number, number];
  },
): readonly Record<"x1" | "x2" | "y1" | "y2", number>[] {
  const crossings = y.map((value) => (value - intercept) / slope)
    .sort((a, b) => a - b);
  const level = slope === 0;
  const x1 = level ? from : Math.max(from, crossings[0] ?? from);
  const x2 = level ? to : Math.min(to, crossings[1] ?? to);
  const at = (value: number) => slope * value + intercept;
  const visible = x1 < x2 &&
    (!level || (intercept >= y[0] && intercept <= y[1]));
  return visible ? [{ x1, x2, y1: at(x1), y2: at(x2) }] : [];
}

/** A finite stand-in for the ends of a scale. */
function safe(value: number): number {
  return Math.min(Math.max(value, -1e6), 1e6);
}
