import assert from "node:assert/strict";
import { bytes } from "../../../engine/define/codec.ts";
import { orElse } from "../../../engine/define/or_else.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { type Ref, targetOf } from "../../../engine/define/ref.ts";
import { defineTask } from "../../../engine/define/task.ts";

const make = defineTask({
  module: import.meta.url,
  name: "make",
  result: bytes,
  run: (_: unknown) => new Uint8Array(),
});
const pair = defineTask({
  module: import.meta.url,
  name: "pair",
  result: { left: bytes, right: bytes },
  run: (_: unknown) => ({ left: new Uint8Array(), right: new Uint8Array() }),
});

Deno.test("graphOf() puts producers first and knows heights", () => {
  const a = make({}, "a");
  const b = make({ a }, "b");
  const c = make({ a, parts: [b] }, "c");
  const graph = graphOf({ c, a });
  assert.deepEqual(
    graph.nodes.map(({ stage, height, inputs }) => [
      stage.name,
      height,
      inputs.map(({ path }) => path),
    ]),
    [["make/a", 3, []], ["make/b", 2, ["a"]], ["make/c", 1, ["a", "parts[0]"]]],
  );
  assert.equal(graph.find("make/b"), graph.node(targetOf(b).stage));
  assert.equal(graph.find("other"), undefined);
});

Deno.test("graphOf() takes a chain of 20,000 stages", () => {
  let last: Ref<Uint8Array> = make({}, "0");
  for (let i = 1; i < 20_000; i++) last = make({ last }, `${i}`);
  const { nodes } = graphOf(last);
  assert.equal(nodes.length, 20_000);
  assert.equal(nodes[0]?.height, 20_000);
});

Deno.test("graphOf() refuses two stages of one name", () => {
  for (
    const args of [{ a: 2 }, { b: 1 }, {}, { a: NaN }, { a: make({}, "other") }]
  ) {
    assert.throws(() => graphOf([make({ a: 1 }), make(args)]), {
      name: "TypeError",
      message:
        'Cannot build the graph: two stages with different arguments are named "make"; give one of them another label',
    });
  }
});

Deno.test("graphOf() refuses a stage whose name is not one line of text", () => {
  for (const label of ["a\nb", "\u001b[2J", "x".repeat(1001)]) {
    assert.throws(() => graphOf([make({ a: 1 }, label)]), {
      name: "TypeError",
      message: `Cannot build the graph: ${
        JSON.stringify(`make/${label}`.slice(0, 80))
      } is not a name for a stage, which is one line of text; give it another label`,
    });
  }
});

Deno.test("graphOf() refuses a ref that was made text, and says where", () => {
  const ref = make({});
  for (
    const [output, place] of [
      [{ tables: [{ caption: `mean ${ref}` }] }, 'text "tables[0].caption"'],
      [orElse({ lead: `${ref}` }, () => null), 'text "lead"'],
      [
        make({ note: `${ref}` }, "b"),
        'argument "note" of stage "make/b"',
      ],
      [make({}, `${ref}`), 'name of stage "make/[object Object]"'],
    ]
  ) {
    assert.throws(() => graphOf(output), {
      name: "TypeError",
      message:
        `Cannot write a ref into the ${place}: its value is known only when its stage has run; let a task write the text`,
    });
  }
});

Deno.test("graphOf() takes equal calls for one stage", () => {
  const call = () =>
    make({
      of: make({ x: 1, y: [NaN, "a"], none: {}, empty: [] }, "input"),
      z: true,
    }, "output");
  const [a, b] = [call(), call()];
  const graph = graphOf([a, b, make({ a, b }, "both")]);
  assert.deepEqual(
    graph.nodes.map(({ stage }) => stage.name),
    ["make/input", "make/output", "make/both"],
  );
  assert.equal(graph.node(targetOf(b).stage), graph.find("make/output"));
  assert.deepEqual(
    graph.find("make/both")?.inputs.map(({ path, stage }) => [path, stage]),
    ["a", "b"].map((path) => [path, graph.find("make/output")?.stage]),
  );
});

Deno.test("node() refuses a stage of another graph", () => {
  assert.throws(() => graphOf([]).node(targetOf(make({})).stage), {
    message: 'Cannot find stage "make": it is not in this graph',
  });
});

Deno.test("graphOf() gives every use of an artifact, with its field, in order of place", () => {
  const { left, right } = pair({});
  const graph = graphOf(make({ b: [right, left], a: right }, "both"));
  assert.deepEqual(
    graph.find("make/both")?.inputs.map(({ path, field, stage }) =>
      `${path} ${stage.name} ${field}`
    ),
    ["b[0] pair right", "b[1] pair left", "a pair right"],
  );
});

Deno.test("find() gives nothing for a name that no stage has", () => {
  assert.equal(graphOf(make({})).find("other"), undefined);
});

Deno.test("graphOf() has no stages for an output without refs", () => {
  assert.deepEqual(graphOf({ a: [1, "text"], b: {} }).nodes, []);
});
