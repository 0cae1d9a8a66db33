import assert from "node:assert/strict";
import type {
  StageGraph,
  StageNode,
} from "../../../../reports/figures/stage_graph/stage_groups.ts";
import { laidOut } from "../../../../reports/figures/stage_graph/stage_layout.ts";

const SIZE = { width: 120, height: 36 };

function graph(edges: readonly (readonly [string, string])[]): StageGraph {
  const nodes = [...new Set(edges.flat())].map((id): StageNode => ({
    id,
    title: id,
    stages: [],
    state: "reused",
  }));
  return {
    nodes,
    edges: edges.map(([from, to]) => ({ from, to })),
    grouped: false,
  };
}

function placed(of: StageGraph) {
  return laidOut(of, { sizeOf: () => SIZE, gap: 12 });
}

const WIDE = graph([
  ...Array.from({ length: 14 }, (_, i) => ["root", `leaf ${i}`] as const),
  ["leaf 3", "end"],
  ["root", "end"],
]);

Deno.test("laidOut() puts each box below what it depends on, and none beside more than a page has room for", () => {
  const { boxes, width } = placed(WIDE);
  const of = (id: string) => {
    const box = boxes.find(({ node }) => node.id === id);
    assert.ok(box);
    return box;
  };
  for (const { from, to } of WIDE.edges) {
    assert.ok(of(from).y < of(to).y, `${from} ${to}`);
  }
  const rows = Map.groupBy(boxes, ({ y }) => y);
  for (const row of rows.values()) {
    assert.ok(row.length <= 4);
    const sorted = row.toSorted((a, b) => a.x - b.x);
    for (const [i, { x }] of sorted.entries()) {
      const next = sorted[i + 1];
      assert.ok(next === undefined || next.x - x >= SIZE.width + 11.9);
    }
  }
  assert.ok(width < 900, `${width}`);
});

Deno.test("laidOut() keeps boxes and ways inside of its drawing", () => {
  const { boxes, ways, width, height } = placed(WIDE);
  for (const { x, y } of boxes) {
    assert.ok(x - SIZE.width / 2 >= 0 && x + SIZE.width / 2 <= width);
    assert.ok(y - SIZE.height / 2 >= 0 && y + SIZE.height / 2 <= height);
  }
  for (const { x } of ways.flat()) assert.ok(x >= 0 && x <= width);
});

Deno.test("laidOut() lets a way leave a box downwards and enter the next from above, where its arrow shows", () => {
  const { boxes, ways } = placed(WIDE);
  for (const [i, { from, to }] of WIDE.edges.entries()) {
    const way = ways[i] ?? [];
    const [above, beneath] = [from, to].map((id) =>
      boxes.find(({ node }) => node.id === id)
    );
    assert.ok(above && beneath);
    const [start, end] = [way[0], way.at(-1)];
    assert.ok(start && end);
    assert.equal(start.y, above.y + SIZE.height / 2);
    assert.equal(end.y, beneath.y - SIZE.height / 2);
    assert.deepEqual([start.x, end.x], [above.x, beneath.x]);
  }
});

Deno.test("laidOut() gives the same places twice", () => {
  assert.deepEqual(placed(WIDE), placed(WIDE));
});

Deno.test("laidOut() lets no way run into a box of a row that it crosses", () => {
  const { boxes, ways } = placed(WIDE);
  for (const { x, y } of ways.flatMap((way) => way.slice(1, -1))) {
    for (const box of boxes) {
      const inside = Math.abs(box.x - x) < SIZE.width / 2 &&
        Math.abs(box.y - y) <= SIZE.height / 2;
      assert.ok(!inside, `${box.node.id} at ${x}, ${y}`);
    }
  }
});

Deno.test("laidOut() puts what is joined below each other", () => {
  const { boxes } = placed(graph([["top", "left"], ["top", "right"]]));
  const [top, left, right] = boxes;
  assert.ok(top && left && right);
  assert.ok(Math.abs(Math.abs(right.x - left.x) - SIZE.width - 12) < 1e-9);
  assert.ok(Math.abs((left.x + right.x) / 2 - top.x) < 1e-9);
});
