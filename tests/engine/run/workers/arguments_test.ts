import assert from "node:assert/strict";
import { z } from "zod";
import {
  argumentsOf,
  readInputs,
} from "../../../../engine/run/workers/arguments.ts";
import { bytes, json } from "../../../../engine/define/codec.ts";
import { digestOf } from "../../../../engine/define/hash.ts";

const point = json(z.object({ x: z.number() }));

Deno.test("readInputs() reads an artifact once and decodes it for each place with its own codec", async () => {
  const data = new TextEncoder().encode('{"x":1}');
  const digest = digestOf(data);
  let reads = 0;
  const store = {
    object() {
      reads++;
      return Promise.resolve(data.slice());
    },
  };
  const values = await readInputs([
    { path: "a", digest, codec: bytes },
    { path: "b", digest, codec: bytes },
    { path: "c", digest, codec: point },
  ] as never, store);
  assert.equal(reads, 1);
  const [a, b] = ["a", "b"].map((path) => values.get(path) as Uint8Array);
  assert.deepEqual([a, b, values.get("c")], [data, data, { x: 1 }]);
  assert.notEqual(a?.buffer, b?.buffer);
});

Deno.test("argumentsOf() puts values in, with fields in order and without −0", () => {
  const args = argumentsOf(
    { b: null, a: [-0, { c: undefined }] },
    new Map([["b", "B"]]),
  );
  assert.deepEqual(args, { a: [0, {}], b: "B" });
  assert.deepEqual(Object.keys(args as object), ["a", "b"]);
});
