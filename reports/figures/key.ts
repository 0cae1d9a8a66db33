/**
 * The key below the paper's figure and the box of means in it.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { meansOf, meanText } from "./on_the_line_caption.ts";
import type { OnTheLineFigure } from "./on_the_line_figure.ts";
import type { Extent, Frame, Size } from "./on_the_line_frame.ts";
import { groupStyle } from "./palette.ts";

/** One entry of the key. */
interface KeyItem {
  readonly sample: "baseline" | "line" | "equal";
  readonly text: string;
}

/** Entries that share a row. */
export type KeyRow = readonly (KeyItem & { readonly left: number })[];

/** The box of mean effective robustness: its lines and its size in pixels; −1 is no group. */
export interface RobustnessBox extends Extent {
  readonly lines: readonly { readonly group: number; readonly text: string }[];
}

/** Room for the sample before the text of an entry. */
const SAMPLE = 26;

/** The entries of the key, broken into rows that fit; the box explains the groups. */
export function keyRows(
  { baselines, level = 0.95 }: OnTheLineFigure,
  size: Size,
): readonly KeyRow[] {
  const percent = Number((100 * level).toFixed(3));
  const items: readonly KeyItem[] = [
    { sample: "baseline", text: `baselines (n = ${baselines.length})` },
    { sample: "line", text: `their line, ${percent}% band` },
    { sample: "equal", text: "equal accuracies, y = x" },
  ];
  const rows: (KeyItem & { readonly left: number })[][] = [];
  let left = Infinity;
  for (const item of items) {
    const width = SAMPLE + textWidth(item.text, size);
    if (left + width > size.width - 4) {
      rows.push([]);
      left = size.font;
    }
    rows.at(-1)?.push({ ...item, left });
    left += width + 20;
  }
  return rows;
}

/** The lines of the box, one a group, and how much room they take. */
export function robustnessBox(
  figure: OnTheLineFigure,
  size: Size,
): RobustnessBox {
  const means = meansOf(figure);
  if (means.length === 0) return { lines: [], width: 0, height: 0 };
  const above = figure.overall === undefined ? 0 : 1;
  const lines = means.map((group, i) => ({
    group: i - above,
    text: `${shorten(group.name)} (n = ${group.mean.n})  ${meanText(group)}`,
  }));
  const longest = Math.max(
    textWidth(TITLE, size),
    ...lines.map(({ text }) => 18 + textWidth(text, size)),
  );
  return {
    lines,
    width: Math.ceil(longest + 16),
    height: Math.ceil((lines.length + 1) * size.font * 1.5 + 10),
  };
}

const TITLE = "Mean ER, points";

/** The marks that draw key and box at their places. */
export function keyMarks(
  { key, box, frame, size }: {
    readonly key: readonly KeyRow[];
    readonly box: RobustnessBox;
    readonly frame: Frame;
    readonly size: Size;
  },
): readonly Plot.Markish[] {
  const rowTop = (row: number) =>
    size.height - (key.length - row) * size.font * 1.6 + size.font * 0.6;
  const entries = key.flatMap((row, i) =>
    row.map((item) => ({ ...item, top: rowTop(i) }))
  );
  const lineTop = (i: number) => frame.box[1] + 5 + size.font * 1.5 * (i + 0.5);
  return [
    ...entries.flatMap(({ sample, text, left, top }) => [
      ...sampleMarks(sample, { left, top, frame, size }),
      textAt(text, { left: left + SAMPLE, top, frame, size }),
    ]),
    ...(box.lines.length === 0 ? [] : [
      Plot.rect([0], {
        x1: toX(frame.box[0], { frame, size }),
        x2: toX(frame.box[0] + box.width, { frame, size }),
        y1: toY(frame.box[1] + box.height, { frame, size }),
        y2: toY(frame.box[1], { frame, size }),
        fill: "var(--page, #fff)",
        fillOpacity: 0.9,
        stroke: "currentColor",
        strokeOpacity: 0.35,
        rx: 3,
      }),
      textAt(TITLE, {
        left: frame.box[0] + 8,
        top: lineTop(0),
        frame,
        size,
        weight: 600,
      }),
      ...box.lines.flatMap(({ group, text }, i) => [
        ...group < 0 ? [] : [
          symbolAt(group, {
            left: frame.box[0] + 8,
            top: lineTop(i + 1),
            frame,
            size,
          }),
        ],
        textAt(text, {
          left: frame.box[0] + 26,
          top: lineTop(i + 1),
          frame,
          size,
        }),
      ]),
    ]),
  ];
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly frame: Frame;
  readonly size: Size;
}

type Ground = Pick<Place, "frame" | "size">;

function sampleMarks(
  sample: KeyItem["sample"],
  place: Place,
): readonly Plot.Markish[] {
  const { left, top, frame, size } = place;
  if (sample === "baseline") {
    return [
      Plot.dot([0], {
        x: toX(left + 10, place),
        y: toY(top, place),
        r: size.mark * 0.58,
        fill: "currentColor",
        fillOpacity: 0.42,
        ariaHidden: "true",
      }),
    ];
  }
  const rule = (width: number, dash?: string) =>
    Plot.link([0], {
      x1: toX(left, { frame, size }),
      x2: toX(left + 20, { frame, size }),
      y1: toY(top, { frame, size }),
      y2: toY(top, { frame, size }),
      stroke: dash === undefined ? "currentColor" : "var(--soft, #5a6068)",
      strokeWidth: width,
      ...dash === undefined ? {} : { strokeDasharray: dash },
      ariaHidden: "true",
    });
  if (sample === "equal") return [rule(1.2, "5,4")];
  return [
    Plot.rect([0], {
      x1: toX(left, { frame, size }),
      x2: toX(left + 20, { frame, size }),
      y1: toY(top + 5, { frame, size }),
      y2: toY(top - 5, { frame, size }),
      fill: "currentColor",
      fillOpacity: 0.12,
      ariaHidden: "true",
    }),
    rule(2.2),
  ];
}

function symbolAt(group: number, place: Place): Plot.Markish {
  const { symbol, colour } = groupStyle(group);
  return Plot.dot([0], {
    x: toX(place.left + 6, place),
    y: toY(place.top, place),
    symbol,
    r: place.size.mark * 0.8,
    fill: colour,
    ariaHidden: "true",
  });
}

function textAt(
  text: string,
  { left, top, weight = 400, ...ground }: Place & {
    readonly weight?: number;
  },
): Plot.Markish {
  return Plot.text([text], {
    x: toX(left, ground),
    y: toY(top, ground),
    text: (shown: string) => shown,
    textAnchor: "start",
    fontWeight: weight,
    fill: "currentColor",
    ariaHidden: "true",
  });
}

/** From a pixel to scaled units: Plot places marks by its scales alone. */
function toX(pixel: number, { frame, size }: Ground): () => number {
  const { x, margin } = frame;
  const inner = size.width - margin.left - margin.right;
  const at = x[0] + (pixel - margin.left) / inner * (x[1] - x[0]);
  return () => at;
}

function toY(pixel: number, { frame, size }: Ground): () => number {
  const { y, margin } = frame;
  const inner = size.height - margin.top - margin.bottom;
  const at = y[1] - (pixel - margin.top) / inner * (y[1] - y[0]);
  return () => at;
}

/** System fonts are about 0.56 em a character; the page's font is unknown here. */
function textWidth(text: string, { font }: Size): number {
  return text.length * font * 0.56;
}

/** Names are people's own and may be long; the caption has them whole. */
function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
