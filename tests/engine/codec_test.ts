import assert from "node:assert/strict";
import { z } from "zod";
import { argumentsOf, readInputs } from "../../engine/arguments.ts";
import { bytes, json } from "../../engine/codec.ts";
import { digestOf } from "../../engine/hash.ts";
import type { Store } from "../../engine/store.ts";
import { errorOf, failureOf } from "../../engine/worker_protocol.ts";

const point = json(z.object({ x: z.number(), y: z.number().optional() }));

Deno.test("json() writes canonical JSON and reads it back", () => {
  const text = new TextDecoder().decode(point.encode({ y: 2, x: 1 }));
  assert.equal(text, '{"x":1,"y":2}');
  assert.deepEqual(point.decode(point.encode({ x: 1 })), { x: 1 });
});

Deno.test("json() refuses what does not fit its schema, both ways", () => {
  assert.throws(() => point.encode({ x: NaN }), { name: "ZodError" });
  assert.throws(() => point.decode(new TextEncoder().encode("{}")), {
    name: "ZodError",
  });
  assert.throws(() => json(z.unknown()).encode(undefined), {
    message: "Cannot encode undefined as JSON",
  });
});

Deno.test("bytes keeps bytes as they are", () => {
  const value = Uint8Array.of(1, 2);
  assert.deepEqual(bytes.decode(bytes.encode(value)), value);
});

Deno.test("readInputs() reads an artifact once and decodes it for each place with its own codec", async () => {
  const data = new TextEncoder().encode('{"x":1}');
  const digest = digestOf(data);
  let reads = 0;
  const store = {
    object() {
      reads++;
      return Promise.resolve(data.slice());
    },
  } as unknown as Store;
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

Deno.test("errorOf() gives back what failureOf() was given", () => {
  const error = new RangeError("a", { cause: new TypeError("b") });
  const back = errorOf(structuredClone(failureOf(error)));
  assert.equal(back.name, "RangeError");
  assert.equal(back.message, "a");
  assert.equal(back.stack, error.stack);
  assert.ok(back.cause instanceof Error);
  assert.equal(back.cause.name, "TypeError");
  assert.equal(errorOf(failureOf("text")).message, "text");
});
