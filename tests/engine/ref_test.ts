import assert from "node:assert/strict";
import { bytes } from "../../engine/codec.ts";
import { define, isDefinition, sourceOf } from "../../engine/definition.ts";
import { graphOf } from "../../engine/graph.ts";
import { definePipeline, type ProfileName } from "../../engine/pipeline.ts";
import {
  isRef,
  mapLeaves,
  type Ref,
  sortFields,
  targetOf,
  walkRefs,
} from "../../engine/ref.ts";
import { anyTaskOf, defineTask } from "../../engine/task.ts";
import { unreachable } from "../../engine/unreachable.ts";

const make = defineTask({
  module: import.meta.url,
  name: "make",
  result: bytes,
  runsIn: "main",
  run: (_: unknown) => new Uint8Array(),
});
const pair = defineTask({
  module: import.meta.url,
  name: "pair",
  result: { left: bytes, right: bytes },
  runsIn: "main",
  run: (_: unknown) => ({ left: new Uint8Array(), right: new Uint8Array() }),
});

Deno.test("a task call gives a ref, or a record of one for each field", () => {
  const ref = make({ a: 1 });
  assert.ok(isRef(ref));
  assert.equal(targetOf(ref).field, "value");
  const { left, right } = pair({});
  assert.deepEqual([targetOf(left).field, targetOf(right).field], [
    "left",
    "right",
  ]);
  assert.equal(targetOf(left).stage, targetOf(right).stage);
});

Deno.test("walkRefs() visits refs in order, with paths like code", () => {
  const ref = make({});
  const found: string[] = [];
  walkRefs(
    { b: [ref, { "c.d": ref }], a: ref, e: "text", "": { "[0]": ref } },
    (_, path) => found.push(path),
  );
  assert.deepEqual(found, ["b[0]", "b[1].c\\.d", "a", "\\e.\\[0]"]);
});

Deno.test("mapLeaves() replaces leaves and visits holes but not fields that are undefined", () => {
  const definition = define("file:///a.ts", "a", { x: 1 });
  const paths: string[] = [];
  // deno-lint-ignore no-sparse-arrays
  mapLeaves({ a: [, 1], b: undefined, c: definition, d: {} }, (_, path) => {
    paths.push(path);
  });
  assert.deepEqual(paths, ["a[0]", "a[1]", "c", "d"]);
  assert.deepEqual(
    mapLeaves({ a: [1, { b: 2 }], c: [] }, (leaf) => [leaf]),
    { a: [[1], { b: [2] }], c: [[]] },
  );
});

Deno.test("sortFields() orders fields and drops those that are undefined", () => {
  const sorted = sortFields({ b: [{ d: 1, c: undefined, a: 2 }], a: 0 });
  assert.equal(JSON.stringify(sorted), '{"a":0,"b":[{"a":2,"d":1}]}');
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
        'Cannot build the graph: two stages are named "make"; give each a label',
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

Deno.test("define() keeps the value and where it is from", () => {
  const tint = define("file:///tint.ts", "tint", { strength: 1 });
  assert.equal(tint.strength, 1);
  assert.ok(isDefinition(tint) && !isDefinition({}));
  assert.deepEqual(sourceOf(tint), { module: "file:///tint.ts", name: "tint" });
  assert.throws(() => define("file:///a.ts", "a b", {}), {
    message:
      'Cannot define "a b" in file:///a.ts: a definition is named after its export',
  });
});

Deno.test("defineTask() refuses a name that is no identifier", () => {
  assert.throws(() => defineTask({ ...make.task, name: "a-b" }), {
    message: 'Cannot define task "a-b": a task is named after its export',
  });
});

Deno.test("anyTaskOf() refuses what is not a task", () => {
  assert.throws(() => anyTaskOf(1), {
    message: "Cannot run 1: it is not a task",
  });
});

Deno.test("definePipeline() gives the numbers of a profile to build", () => {
  const pipeline = definePipeline({
    module: import.meta.url,
    name: "a-b",
    title: "A",
    profiles: { smoke: 1, default: 2, full: 3 },
    build: (profile) => ({ profile }),
  });
  assert.deepEqual(pipeline.build("default"), { profile: 2 });
  assert.deepEqual(pipeline.profiles, ["smoke", "default", "full"]);
  assert.throws(
    () =>
      definePipeline({
        module: import.meta.url,
        name: "A b",
        title: "",
        profiles: { smoke: 1, default: 2, full: 3 },
        build: (n: number) => ({ n }),
      }),
    {
      message: 'Cannot define pipeline "A b": a name has only a-z, 0-9 and "-"',
    },
  );
});

Deno.test("definePipeline() lets a pipeline leave out a profile, but not all", () => {
  const of = (profiles: Partial<Record<ProfileName, number>>) =>
    definePipeline({
      module: import.meta.url,
      name: "a",
      title: "A",
      profiles,
      build: (n: number) => ({ n }),
    });
  const pipeline = of({ default: 2, smoke: 1 });
  assert.deepEqual(pipeline.profiles, ["smoke", "default"]);
  assert.throws(() => pipeline.build("full"), {
    name: "RangeError",
    message: 'Cannot build pipeline "a" at profile full: it has smoke, default',
  });
  assert.throws(() => of({}), {
    message:
      'Cannot define pipeline "a": it has no profile; give it one of smoke, default, full',
  });
});

Deno.test("unreachable() names the value", () => {
  assert.throws(() => unreachable("x" as never), {
    message: 'Cannot handle "x": no case for it',
  });
});
