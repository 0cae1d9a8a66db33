/**
 * Where the boxes of a graph of stages stand: each below those that it depends
 * on, no more of them beside each other than a page has room for, and what is
 * joined below each other as well as the order of each row allows.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
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

/** Pixels that the boxes of a row take with the air between them; one box may take more. */
const ROW = 600;

/** How often every row follows the others: more changes less than a pixel. */
const ROUNDS = 60;

/** How far from the middle an item would stand of where what it is joined with does: the whole stays narrow. */
const PULL = 0.9;

/** Air around the whole, in pixels. */
const MARGIN = 4;

/** The boxes in the order of the nodes, and from the lower end of one to the upper end of another the ways of what is made. */
interface Layout extends Size {
  readonly boxes: readonly StageBox[];
  readonly ways: readonly (readonly Place[])[];
}

/** A box, or the place where a way crosses a row. */
interface Item {
  readonly row: number;
  /** Its middle across. */
  x: number;
  /** What it takes of its row, air included. */
  readonly room: number;
  /** What it is joined with in the rows above and below. */
  readonly joined: Item[];
}

/** Lays out a graph whose nodes come after those that they depend on. */
export function laidOut(
  { nodes, edges }: StageGraph,
  { sizeOf, gap }: {
    readonly sizeOf: (node: StageNode) => Size;
    /** Least distance of two boxes in pixels. */
    readonly gap: number;
  },
): Layout {
  const sizes = new Map(nodes.map((node) => [node.id, sizeOf(node)]));
  const widthOf = (id: string) => sizes.get(id)?.width ?? 0;
  const rows = rowsOf({ nodes, edges }, (id) => widthOf(id) + gap);
  const item = (row: number, room: number): Item => (
    { row, x: 0, room, joined: [] }
  );
  const items = new Map(
    nodes.map(({ id }) => [id, item(rows.get(id) ?? 0, widthOf(id) + gap)]),
  );
  const crossing = edges.flatMap(({ from, to }) => {
    const [above, beneath] = [items.get(from), items.get(to)];
    if (above === undefined || beneath === undefined) return [];
    const between = Array.from(
      { length: beneath.row - above.row - 1 },
      (_, i) => item(above.row + 1 + i, gap),
    );
    const way = [above, ...between, beneath];
    way.slice(1).forEach((one, i) => {
      one.joined.push(way[i] as Item);
      way[i]?.joined.push(one);
    });
    return [{ above, between, beneath }];
  });
  const all = [
    ...items.values(),
    ...crossing.flatMap(({ between }) => between),
  ];
  drawTogether(all);

  const height = largest([...sizes.values()].map(({ height }) => height));
  const left = smallest(all.map(({ x, room }) => x - room / 2));
  const right = largest(all.map(({ x, room }) => x + room / 2));
  const across = ({ x }: Item) => MARGIN + x - left;
  const middle = ({ row }: Item) =>
    MARGIN + height / 2 + row * (height + 2.4 * gap);
  return {
    width: Math.ceil(right - left) + 2 * MARGIN,
    height: Math.ceil(largest(all.map(middle)) + height / 2) + MARGIN,
    boxes: nodes.flatMap((node) => {
      const [item, size] = [items.get(node.id), sizes.get(node.id)];
      return item === undefined || size === undefined
        ? []
        : [{ node, ...size, x: across(item), y: middle(item) }];
    }),
    ways: crossing.map(({ above, between, beneath }) => [
      { x: across(above), y: middle(above) + height / 2 },
      ...between.flatMap((item) =>
        [-1, 1].map((side) => (
          { x: across(item), y: middle(item) + side * height / 2 }
        ))
      ),
      { x: across(beneath), y: middle(beneath) - height / 2 },
    ]),
  };
}

/** The row of each node: the first below what it depends on that has room; those first on which others depend. */
function rowsOf(
  { nodes, edges }: Pick<StageGraph, "nodes" | "edges">,
  roomOf: (id: string) => number,
): ReadonlyMap<string, number> {
  const inputsOf = Map.groupBy(edges, ({ to }) => to);
  const parents = new Set(edges.map(({ from }) => from));
  const rows = new Map<string, number>();
  const taken: number[] = [];
  const isLeaf = ({ id }: StageNode) => parents.has(id) ? 0 : 1;
  for (const { id } of nodes.toSorted((a, b) => isLeaf(a) - isLeaf(b))) {
    const above = (inputsOf.get(id) ?? []).map(({ from }) => rows.get(from));
    let row = 1 + largest([-1, ...above.filter((row) => row !== undefined)]);
    while ((taken[row] ?? 0) > 0 && (taken[row] ?? 0) + roomOf(id) > ROW) row++;
    rows.set(id, row);
    taken[row] = (taken[row] ?? 0) + roomOf(id);
  }
  return rows;
}

/** Moves items along their rows, in place: first into the order of what they are joined with above, then none passes another. */
function drawTogether(items: readonly Item[]): void {
  const rows = [...Map.groupBy(items, ({ row }) => row)]
    .sort(([a], [b]) => a - b)
    .map(([row, own]) => {
      for (const [i, item] of own.entries()) {
        const above = item.joined.filter((other) => other.row < row);
        // Those of one place go to both sides of it by turns.
        item.x = (meanOf(above) ?? item.x) + (i % 2 === 0 ? i : -i) / 1000;
      }
      const ordered = own.toSorted((a, b) => a.x - b.x);
      settle(ordered);
      return ordered;
    });
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows.toReversed() : rows) {
      for (const item of row) item.x = PULL * (meanOf(item.joined) ?? item.x);
      settle(row);
    }
  }
}

/** Each item as near to its place as its neighbours let it, by least squares. */
function settle(row: readonly Item[]): void {
  /** Runs of items that stand as close as they may: the sum of where they would have the first of the row. */
  const blocks: { readonly sum: number; readonly items: readonly Item[] }[] =
    [];
  const offsets = new Map<Item, number>();
  let offset = 0;
  for (const item of row) {
    offsets.set(item, offset + item.room / 2);
    offset += item.room;
    let block = {
      sum: item.x - (offsets.get(item) ?? 0),
      items: [item] as readonly Item[],
    };
    for (;;) {
      const before = blocks.at(-1);
      if (
        before === undefined ||
        before.sum / before.items.length < block.sum / block.items.length
      ) break;
      blocks.pop();
      block = {
        sum: before.sum + block.sum,
        items: [...before.items, ...block.items],
      };
    }
    blocks.push(block);
  }
  for (const { sum, items } of blocks) {
    for (const item of items) {
      item.x = sum / items.length + (offsets.get(item) ?? 0);
    }
  }
}

function meanOf(items: readonly Item[]): number | undefined {
  return items.length === 0
    ? undefined
    : items.reduce((sum, { x }) => sum + x, 0) / items.length;
}
