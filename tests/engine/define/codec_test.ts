import assert from "node:assert/strict";
import { z } from "zod";
import { bytes, json } from "../../../engine/define/codec.ts";

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
