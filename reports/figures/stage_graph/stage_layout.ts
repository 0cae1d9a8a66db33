/**
 * Where the boxes of a graph of stages stand: each below those that it depends
 * on, and no more of them beside each other than a page has room for.
 *
 * @module
 */
import { Graph, layout } from "@dagrejs/dagre";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { drawTogether, type RowItem } from "./draw_together.ts";
import type { StageGraph, StageNode } from "./stage_groups.ts";

/** A node with the middle of its box, and the size of that. */
export interface StageBox extends Size {
  readonly node: StageNode;
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Length of the head of an arrow, in pixels. */
export const ARROW = 5;

/** Pixels that the boxes of a row take with the air between them; one box may take more. */
const ROW = 600;

/** How often a layout may be tried with fewer boxes in a row. */
const TRIES = 12;

/** The boxes in the order of the nodes, and from the lower end of one to the upper end of another the ways of what is made. */
interface Layout extends Size {
  readonly boxes: readonly StageBox[];
  readonly ways: readonly (readonly Place[])[];
}

interface LayoutOptions {
  readonly sizeOf: (node: StageNode) => Size;
  /** Least distance of two boxes in pixels. */
  readonly gap: number;
}

/** Graphs that were laid out, which takes up to a second: a site is written again as each report comes in. */
const layouts = new Map<string, Layout>();

/** Lays out a graph, once whatever has become of its stages since. */
export function laidOut(graph: StageGraph, options: LayoutOptions): Layout {
  const { nodes, edges } = graph;
  const sizes = nodes.map((node) => [node.id, options.sizeOf(node)]);
  const found = layouts.getOrInsertComputed(
    JSON.stringify([sizes, edges, options.gap]),
    () => layOut(graph, options),
  );
  const boxes = found.boxes.map((box, i) => ({
    ...box,
    node: nodes[i] as StageNode,
  }));
  return { ...found, boxes };
}

function layOut(graph: StageGraph, { sizeOf, gap }: LayoutOptions): Layout {
  /** Nodes of which the second stands in a lower row, though it needs nothing of the first. */
  const below: (readonly [string, string])[] = [];
  const parents = new Set(graph.edges.map(({ from }) => from));
  for (let tries = 0;; tries++) {
    const layered = new Graph();
    layered.setGraph({
      rankdir: "TB",
      ranksep: gap * 2.4,
      nodesep: gap,
      edgesep: gap / 2,
      marginx: 4,
      marginy: 4,
    });
    layered.setDefaultEdgeLabel(() => ({}));
    for (const node of graph.nodes) {
      layered.setNode(node.id, { ...sizeOf(node) });
    }
    for (const { from, to } of graph.edges) layered.setEdge(from, to);
    for (const [from, to] of below) {
      if (!layered.hasEdge(from, to)) {
        layered.setEdge(from, to, { weight: 0.01 });
      }
    }
    layout(layered);
    const boxes = graph.nodes.map((node): StageBox => ({
      node,
      ...layered.node(node.id),
    }));
    const lower = tries === TRIES ? [] : tooMany(boxes, { parents, gap });
    for (const pair of lower) below.push(pair);
    if (lower.length > 0) continue;

    const { height = 0 } = layered.graph();
    return {
      height: Math.ceil(height),
      ...drawnTogether(boxes, {
        gap,
        edges: graph.edges.map(({ from, to }) => ({
          from,
          to,
          // Between its ends: the places where it crosses rows.
          points: layered.edge({ v: from, w: to }).points.slice(1, -1),
        })),
      }),
    };
  }
}

/** The boxes and the ways as narrow as their order lets them be. */
function drawnTogether(boxes: readonly StageBox[], { edges, gap }: {
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly Place[];
  }[];
  readonly gap: number;
}) {
  const items = new Map(
    boxes.map((box) => [box.node.id, itemOf(box, box.width + gap)]),
  );
  const crossing = edges.flatMap(({ from, to, points }) => {
    const [start, end] = [items.get(from), items.get(to)];
    if (start === undefined || end === undefined) return [];
    const inner = points.map((point) => itemOf(point, gap / 2));
    let last = start;
    for (const item of [...inner, end]) {
      last.joined.push(item);
      item.joined.push(last);
      last = item;
    }
    return [{ from, to, inner }];
  });
  const all = [
    ...items.values(),
    ...crossing.flatMap(({ inner }) => inner),
  ];
  drawTogether(all);
  const left = smallest(all.map(({ x, room }) => x - room / 2));
  const placed = new Map(boxes.map((box): [string, StageBox] => {
    const { id } = box.node;
    return [id, { ...box, x: (items.get(id)?.x ?? box.x) - left }];
  }));
  return {
    width: Math.ceil(largest(all.map(({ x, room }) => x + room / 2)) - left),
    boxes: [...placed.values()],
    ways: crossing.flatMap(({ from, to, inner }) => {
      const [above, beneath] = [placed.get(from), placed.get(to)];
      const way = inner.map(({ x, y }) => ({ x: x - left, y }));
      return above === undefined || beneath === undefined
        ? []
        : [upright(way, [above, beneath])];
    }),
  };
}

function itemOf({ x, y }: Place, room: number): RowItem {
  return { x, y, room, joined: [] };
}

/** Pairs of nodes of one row that has no room for both: the second has to go below the first. */
function tooMany(
  boxes: readonly StageBox[],
  { parents, gap }: {
    /** Nodes that others depend on: they stay, so that no chain becomes longer. */
    readonly parents: ReadonlySet<string>;
    readonly gap: number;
  },
): readonly (readonly [string, string])[] {
  const rows = Map.groupBy(boxes, ({ y }) => Math.round(y));
  return [...rows.values()].flatMap((row) => {
    const isLeaf = ({ node }: StageBox) => parents.has(node.id) ? 0 : 1;
    const sorted = row.toSorted((a, b) => isLeaf(a) - isLeaf(b) || a.x - b.x);
    let taken = 0;
    const fits = sorted.filter(({ width }, i) => {
      taken += width + gap;
      return i === 0 || taken <= ROW;
    });
    return sorted.slice(fits.length).flatMap((box, i) => {
      const first = fits[i % fits.length];
      return first === undefined ? [] : [[first.node.id, box.node.id] as const];
    });
  });
}

/** A way that leaves a box downwards and enters another from above. */
function upright(
  inner: readonly Place[],
  [above, beneath]: readonly [StageBox, StageBox],
): readonly Place[] {
  const [first, last] = [inner[0] ?? beneath, inner.at(-1) ?? above];
  const [start, end] = [
    { x: within(first.x, above), y: above.y + above.height / 2 },
    { x: within(last.x, beneath), y: beneath.y - beneath.height / 2 },
  ];
  return [
    start,
    { x: start.x, y: start.y + ARROW },
    ...inner,
    { x: end.x, y: end.y - 2 * ARROW },
    { x: end.x, y: end.y - ARROW },
    end,
  ];
}

/** The place nearest to another along a side of a box, away from its corners. */
function within(x: number, box: StageBox): number {
  const half = Math.max(box.width / 2 - 12, 0);
  return Math.min(Math.max(x, box.x - half), box.x + half);
}
