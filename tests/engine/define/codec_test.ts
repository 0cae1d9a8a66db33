import assert from "node:assert/strict";
import { z } from "zod";
import { anyJson, bytes, json } from "../../../engine/define/codec.ts";
import { sourceOf } from "../../../engine/define/definition.ts";

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
    message: "Cannot write undefined as JSON",
  });
});

Deno.test("json() reads what was written, whatever its schema would make of that", () => {
  const counted = json({
    parse: (value) => ({ n: (value as { n: number }).n + 1 }),
  });
  const written = counted.encode({ n: 1 });
  assert.deepEqual(anyJson.decode(written), { n: 2 });
  assert.deepEqual(counted.decode(written), { n: 2 });
  const spoiling = json({
    parse: (value) => Object.assign(value as { n: number }, { n: 9 }),
  });
  assert.deepEqual(spoiling.decode(written), { n: 2 });
  assert.deepEqual(
    Object.keys(
      json(z.object({ b: z.number(), a: z.number().default(1) }))
        .decode(anyJson.encode({ b: 2 })),
    ),
    ["b"],
  );
});

Deno.test("json() is of a module that reads its bytes without its schema", () => {
  const { module, name } = sourceOf(json(z.number()));
  assert.deepEqual([name, module], ["anyJson", sourceOf(anyJson).module]);
  assert.equal(json(z.number()).name, anyJson.name);
});

Deno.test("bytes keeps bytes as they are", () => {
  const value = Uint8Array.of(1, 2);
  assert.deepEqual(bytes.decode(bytes.encode(value)), value);
});
