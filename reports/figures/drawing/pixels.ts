/**
 * What a figure is drawn on, and what a drawing consists of: panels with scales
 * and axes, and marks that are placed by pixels where a sheet has no scale, such
 * as those of a legend. Who draws does so from the top left corner, wherever a
 * drawing comes to stand.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { rules } from "./plain_marks.ts";

/** Width of a drawing and size of its text, both in pixels. */
export interface Sheet {
  readonly width: number;
  readonly font: number;
}

/**
 * A page. Its drawings are laid out for the narrowest window and grow with it;
 * the style sheet keeps text and marks at their size meanwhile.
 */
export const PAGE: Sheet = { width: 360, font: 12 };

/** A file of its own. */
export const FILE: Sheet = { width: 760, font: 13 };

/** Whether two panels have room side by side. */
export function isWide({ width, font }: Sheet): boolean {
  return width / font > 50;
}

/** A line of a grid, and its label. */
export interface AxisTick {
  readonly at: number;
  readonly label: string;
}

/** A linear scale with its ticks. */
export interface Axis {
  /** Values at its left or lower, and at its right or upper end. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly AxisTick[];
  /** What it is of: below its right end, or above its upper end from the left of the panel. */
  readonly title?: string;
}

/**
 * A panel: a plot of its own on the sheet of all, since Plot has one scale of a
 * kind; its margins leave the rest of the sheet free.
 */
export interface Panel {
  /** Pixels between which its scales lie. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Where the title of the upward axis begins. */
  readonly start?: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: readonly Plot.Markish[];
}

/** A drawing: its panels, if any, and over them marks that are placed by pixels from the top left corner. */
export interface Drawing extends Sheet {
  /** Height; a part of a pixel is given a whole one. */
  readonly height: number;
  readonly panels?: readonly Panel[];
  readonly marks?: readonly Plot.Markish[];
}

/** Panels below each other over one axis, whose labels the lowest has. */
export function stacked(
  { width, font }: Sheet,
  { right, x, parts }: {
    readonly right: number;
    readonly x: Axis;
    readonly parts: readonly (Pick<Panel, "y" | "marks"> & {
      /** Height of its scale. */
      readonly height: number;
    })[];
  },
): Drawing {
  const unlabelled = x.ticks.map(({ at }) => ({ at, label: "" }));
  let bottom = 0;
  const panels = parts.map(({ height, y, marks }, i): Panel => {
    const top = bottom + font * (i === 0 ? 1.9 : 2.8);
    bottom = top + height;
    const across = i === parts.length - 1
      ? x
      : { domain: x.domain, ticks: unlabelled };
    return { left: font * 3.2, right, top, bottom, x: across, y, marks };
  });
  return { width, font, height: bottom + font * 3.4, panels };
}

/** The panels of a drawing that stands elsewhere on a sheet: what is placed by pixels is the last. */
export function moved(
  { width, height, panels = [], marks = [] }: Drawing,
  { left, top }: Pick<Panel, "left" | "top">,
): readonly Panel[] {
  const pixels: Panel = {
    left: 0,
    right: width,
    top: 0,
    bottom: height,
    x: { domain: [0, width], ticks: [] },
    y: { domain: [height, 0], ticks: [] },
    marks,
  };
  return [...panels, pixels].map((panel) => ({
    ...panel,
    start: (panel.start ?? 0) + left,
    left: panel.left + left,
    right: panel.right + left,
    top: panel.top + top,
    bottom: panel.bottom + top,
  }));
}

/** A drawing as plots, which lie over each other. */
export function plotsOf(drawing: Drawing): readonly Plot.PlotOptions[] {
  const { width, font } = drawing;
  const height = Math.ceil(drawing.height);
  return moved(drawing, { left: 0, top: 0 }).map((panel) => ({
    width,
    height,
    style: { fontSize: `${font}px` },
    marginLeft: panel.left,
    marginRight: width - panel.right,
    marginTop: panel.top,
    marginBottom: height - panel.bottom,
    x: { type: "linear", domain: panel.x.domain },
    y: { type: "linear", domain: panel.y.domain },
    marks: [...axisMarks(panel, font), ...panel.marks],
  }));
}

/** Grid, labels and titles of both axes. */
function axisMarks(
  { x, y, left, start = 0 }: Panel,
  font: number,
): Plot.Markish[] {
  const grid = [
    ...x.ticks.map(({ at }) => (
      { x1: at, x2: at, y1: y.domain[0], y2: y.domain[1] }
    )),
    ...y.ticks.map(({ at }) => (
      { x1: x.domain[0], x2: x.domain[1], y1: at, y2: at }
    )),
  ];
  const axis = { tickSize: 0, label: null, text: "label" } as const;
  return [
    rules(grid, { opacity: 0.12 }),
    Plot.axisX(x.ticks, {
      ...axis,
      x: "at",
      tickPadding: font * 0.9,
      lineAnchor: "middle",
    }),
    Plot.axisY(y.ticks, { ...axis, y: "at", tickPadding: 6 }),
    x.title === undefined ? null : Plot.text([x.title], {
      frameAnchor: "bottom-right",
      lineAnchor: "middle",
      dy: font * 2.3,
    }),
    y.title === undefined ? null : Plot.text([y.title], {
      frameAnchor: "top-left",
      lineAnchor: "middle",
      dx: start - left,
      dy: -font * 1.25,
    }),
  ];
}
