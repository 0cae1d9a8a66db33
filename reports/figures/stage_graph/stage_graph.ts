/**
 * Draws the stages of a pipeline, each below those that it depends on.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { formatCount, formatDuration } from "../../value/quantity.ts";
import type {
  Provenance,
  StageProvenance,
} from "../../runs/stage_provenance.ts";
import { type LegendEntry, legendHtml, SAMPLE } from "../drawing/legend.ts";
import { groupStyle, PAGE_COLOUR, SOFT_COLOUR } from "../drawing/palette.ts";
import { rules, shortened, textAt, textWidth } from "../drawing/plain_marks.ts";
import type { Drawing } from "../drawing/pixels.ts";
import { draw, type DrawOptions, svgFile } from "../drawing/svg.ts";
import { laidOut, type StageBox } from "./stage_layout.ts";
import { stageGraph, type StageNode } from "./stage_groups.ts";
import { largest } from "../../../stats/intervals/extremes.ts";

type State = StageProvenance["state"];

/** How a state looks: by colour, by outline and by its word; and what a legend says of it. */
const LOOKS: Readonly<
  Record<State, {
    readonly word: string;
    readonly meaning: string;
    readonly outline: Plot.RectOptions;
    /** Radius of its corners, as a share of its height. */
    readonly round?: number;
  }>
> = {
  ran: {
    word: "ran",
    meaning: "ran in this run",
    outline: { stroke: groupStyle(2).colour, strokeWidth: 2 },
  },
  reused: {
    word: "reused",
    meaning: "taken from the store",
    outline: { stroke: SOFT_COLOUR, strokeWidth: 1 },
    round: 0.25,
  },
  failed: {
    word: "failed ✕",
    meaning: "failed",
    outline: {
      stroke: groupStyle(0).colour,
      strokeWidth: 3,
      strokeDasharray: "7,3",
    },
  },
  blocked: {
    word: "blocked",
    meaning: "not run, because one before it failed",
    outline: {
      stroke: groupStyle(0).colour,
      strokeWidth: 1.2,
      strokeDasharray: "2,3",
    },
  },
};

/** Size of the text of a graph, in pixels. */
const FONT = 12;

/** The share of its size below which a graph scrolls in its window. */
const SMALLEST = 0.75;

/** Length of the head of an arrow, in pixels. */
const ARROW = 5;

/** Height of a box. */
const HEIGHT = FONT * 3.1;

/** The graph for a page, its legend there, and the graph as a file. */
export function drawStageGraph(
  provenance: Provenance,
  names: DrawOptions,
): Readonly<Record<"page" | "legend" | "file", string>> {
  const plot = plotOf(provenance);
  const drawing = draw(plot, names);
  return {
    page: drawing.replace(
      "<svg ",
      `<svg width="${plot.width}" height="${plot.height}" style="min-width:${
        Math.round(plot.width * SMALLEST)
      }px" `,
    ),
    legend: legendHtml(legendOf(provenance))?.html ?? "",
    file: svgFile(drawing),
  };
}

function plotOf(provenance: Provenance): Drawing {
  const { boxes, ways, width, height } = laidOut(stageGraph(provenance), {
    sizeOf: (node) => {
      // Bold letters are wider.
      const widths = linesOf(node).map((line, i) =>
        textWidth(line, FONT) * (i === 0 ? 1.12 : 1)
      );
      const width = Math.ceil(largest(widths) + FONT * 1.4);
      return { width, height: HEIGHT };
    },
    gap: FONT,
  });
  const marks = [
    ...ways.map((points) =>
      Plot.line(points, {
        x: "x",
        y: "y",
        curve: "bump-y",
        stroke: SOFT_COLOUR,
        strokeOpacity: 0.75,
        strokeWidth: 1,
      })
    ),
    ...boxes.flatMap((box) => boxMarks(box)),
    rules(
      ways.flatMap((points) => points.slice(-1)).flatMap(({ x, y }) =>
        [-1, 1].map((side) => ({
          x1: x + side * ARROW * 0.6,
          x2: x,
          y1: y - ARROW,
          y2: y,
        }))
      ),
      { colour: SOFT_COLOUR, width: 1.4 },
    ),
  ];
  return { width, height, font: FONT, marks };
}

/** What the outlines mean. */
function legendOf({ stages }: Provenance): readonly LegendEntry[] {
  const present = new Set(stages.map(({ state }) => state));
  return (Object.keys(LOOKS) as State[]).filter((state) => present.has(state))
    .map((state) => ({
      text: LOOKS[state].meaning,
      sample: ({ x, y, font }) => [
        outline(state, {
          x: x + SAMPLE * font / 2,
          y,
          height: font,
          width: SAMPLE * font - 4,
        }),
      ],
    }));
}

/** A box with name and state, and what one reads when hovering: the task, its module, times. */
function boxMarks({ node, ...box }: StageBox): readonly Plot.Markish[] {
  const { x, y } = box;
  const [name = "", state = ""] = linesOf(node);
  const { title, stages } = node;
  const about = `${title}\n${stages[0]?.module}, ${faring(stages)}`;
  return [
    outline(node.state, { ...box, title: about }),
    textAt(name, { x, y: y - FONT * 0.62, anchor: "middle", weight: 600 }),
    textAt(state, { x, y: y + FONT * 0.68, anchor: "middle", soft: true }),
  ];
}

function outline(
  state: State,
  { x, y, width, height, title }: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly title?: string;
  },
): Plot.Markish {
  const { outline: look, round } = LOOKS[state];
  return Plot.rect([title], {
    x1: [x - width / 2],
    x2: [x + width / 2],
    y1: [y - height / 2],
    y2: [y + height / 2],
    fill: PAGE_COLOUR,
    title: (shown) => shown,
    ...round === undefined ? {} : { rx: round * height },
    ...look,
  });
}

/** Name, and how its stages fared. */
function linesOf({ title, stages }: StageNode): readonly string[] {
  return [shortened(title, 30), faring(stages)];
}

/** `3 ran, 9 reused · 1 min 3 s` */
function faring(stages: readonly StageProvenance[]): string {
  return `${stateOf(stages)} · ${durationOf(stages)}`;
}

/** `ran`, or `3 ran, 9 reused` of several; in other words than those of boxes, if given. */
export function stateOf(
  stages: readonly StageProvenance[],
  wordOf = (state: State): string => LOOKS[state].word,
): string {
  return (Object.keys(LOOKS) as State[]).flatMap((state) => {
    const n = stages.filter((stage) => stage.state === state).length;
    const word = wordOf(state);
    return n === 0
      ? []
      : [stages.length === 1 ? word : `${formatCount(n)} ${word}`];
  }).join(", ");
}

/** The time that stages took together: `1 min 3 s`. */
export function durationOf(stages: readonly StageProvenance[]): string {
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return seconds < 1 ? "< 1 s" : formatDuration(seconds);
}
