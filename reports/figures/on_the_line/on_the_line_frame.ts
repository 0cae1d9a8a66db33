/**
 * Where things go in the paper's figure: domains, margins, and a corner for
 * the box that hides no point.
 *
 * @module
 */
import { scales } from "../../../stats/lines/scale.ts";
import { axisTitles, TITLE_LINE } from "./axis_titles.ts";
import type { Survey } from "./on_the_line_survey.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";

/** Where a drawing stands on its sheet, and its sizes, in pixels. */
export interface Size {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Height without the legend below it. */
  readonly height: number;
  readonly font: number;
  /** Radius of a large mark. */
  readonly mark: number;
  /** Least distance of neighbouring ticks across and up. */
  readonly gap: readonly [number, number];
}

/** Width and height of something in pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Domains in scaled units, edges of what is between the axes in pixels. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly edges: Readonly<
    Record<"top" | "right" | "bottom" | "left", number>
  >;
  /** Pixel of the box's top left corner. */
  readonly box: readonly [number, number];
  /** From an accuracy to scaled units, kept finite. */
  readonly place: (accuracy: number) => number;
  /** From scaled units to pixels. */
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

/** The sizes for a sheet. */
export function sizeOf(sheet: Sheet): Size {
  const { width, font, legend } = sheet;
  const share = isWide(sheet) ? 0.68 : legend === "drawn" ? 0.95 : 0.84;
  const height = Math.round(width * share);
  return sizeAt({ left: 0, top: 0, width, height, font });
}

/** The sizes for a place on a sheet. */
export function sizeAt(
  { left, top, width, height, font }: Omit<Size, "mark" | "gap">,
): Size {
  return {
    left,
    top,
    width,
    height,
    font,
    mark: font * 0.5,
    gap: [font * 3.9, font * 2.2],
  };
}

/** Distance of the box from the frame and of points from the box. */
const CLEARANCE = 10;

/** Lays the figure out. */
export function frameOf(
  figure: OnTheLineFigure,
  { survey, size, box }: {
    readonly survey: Survey;
    readonly size: Size;
    readonly box: Extent;
  },
): Frame {
  const { line } = figure;
  const { forward } = scales[line.scale];
  // Only for drawing: an accuracy of 0 or 1 stands at the edge.
  const place = (accuracy: number) =>
    forward(Math.min(Math.max(accuracy, 0.0005), 0.9995));
  const titles = axisTitles(figure, size);
  const edges = {
    top: size.top +
      size.font * (1.9 + TITLE_LINE * (titles.shifted.length - 1)),
    right: size.left + size.width - 14,
    bottom: size.top + size.height -
      size.font * (3.4 + TITLE_LINE * (titles.reference.length - 1)),
    left: size.left + size.font * 3.4,
  };
  const x = domain(
    survey.reference.map(place),
    survey.referenceBars.map(place),
  );
  const points = domain(
    survey.shifted.map(place),
    survey.shiftedBars.map(place),
  );
  const inner = {
    width: edges.right - edges.left,
    height: edges.bottom - edges.top,
  };
  const toX = (value: number) =>
    edges.left + (value - x[0]) / (x[1] - x[0]) * inner.width;
  const corner = (y: readonly [number, number]) => {
    const toY = (value: number) =>
      edges.top + (y[1] - value) / (y[1] - y[0]) * inner.height;
    const obstacles = [
      ...survey.drawn.flatMap(({ kind, point, reference, shifted }) => {
        const [px, py] = [
          toX(place(point.reference)),
          toY(place(point.shifted)),
        ];
        if (kind !== "member") return [[px, py] as const];
        const xs = (reference.interval ?? []).map((end) => toX(place(end)));
        const ys = (shifted.interval ?? []).map((end) => toY(place(end)));
        return [
          [px, py] as const,
          ...xs.map((end) => [end, py] as const),
          ...ys.map((end) => [px, end] as const),
        ];
      }),
      ...Array.from({ length: 41 }, (_, i) => {
        const value = x[0] + (x[1] - x[0]) * i / 40;
        return [toX(value), toY(line.slope * value + line.intercept)] as const;
      }),
    ];
    const left = edges.left + CLEARANCE;
    const right = edges.right - CLEARANCE - box.width;
    const top = edges.top + CLEARANCE;
    const bottom = edges.bottom - CLEARANCE - box.height;
    const corners = [[left, top], [right, bottom], [right, top], [left, bottom]]
      .map(([a = 0, b = 0]) => [a, b] as const);
    return corners.find(([a, b]) =>
      obstacles.every(([px, py]) =>
        px < a - CLEARANCE || px > a + box.width + CLEARANCE ||
        py < b - CLEARANCE || py > b + box.height + CLEARANCE
      )
    );
  };
  const free = corner(points);
  const framed = (
    y: readonly [number, number],
    box: readonly [number, number],
  ): Frame => ({
    x,
    y,
    edges,
    box,
    place,
    toX,
    toY: (value) => edges.top + (y[1] - value) / (y[1] - y[0]) * inner.height,
  });
  if (free !== undefined || box.height === 0) {
    return framed(points, free ?? [0, 0]);
  }
  // No corner is free: make room above everything.
  const share = (box.height + 2 * CLEARANCE) / inner.height;
  const y = [
    points[0],
    points[0] + (points[1] - points[0]) / (1 - Math.min(share, 0.6)),
  ] as const;
  return framed(y, [edges.left + CLEARANCE, edges.top + CLEARANCE]);
}

/** The extent of points with air around it; bars widen it by a quarter at most. */
function domain(
  points: readonly number[],
  bars: readonly number[],
): readonly [number, number] {
  const [low, high] = [smallest(points), largest(points)];
  const range = Math.max(high - low, 0.05);
  const middle = (low + high) / 2;
  const start = Math.max(
    Math.min(low, middle - range / 2, smallest(bars)),
    low - range / 4,
  );
  const end = Math.min(
    Math.max(high, middle + range / 2, largest(bars)),
    high + range / 4,
  );
  return [start - 0.06 * range, end + 0.06 * range];
}
