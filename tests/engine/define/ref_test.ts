import assert from "node:assert/strict";
import { bytes } from "../../../engine/define/codec.ts";
import { define } from "../../../engine/define/definition.ts";
import { mapLeaves, sortFields, walkRefs } from "../../../engine/define/ref.ts";
import { defineTask } from "../../../engine/define/task.ts";

const make = defineTask({
  module: import.meta.url,
  name: "make",
  result: bytes,
  run: (_: unknown) => new Uint8Array(),
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
