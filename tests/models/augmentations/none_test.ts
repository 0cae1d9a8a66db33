import assert from "node:assert/strict";
import fc from "../../property.ts";
import { none } from "../../../models/augmentations/none.ts";

Deno.test("none.fill() writes byte / 255 of the images asked for, in order", () => {
  const pixels = fc.uint8Array({ minLength: 12, maxLength: 12 });
  const order = fc.array(fc.nat(2), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(pixels, order, (images, indices) => {
    const batch = new Float32Array(indices.length * 4);
    const labels = Uint8Array.of(0, 0, 0);
    const from = { images, labels, shape: [2, 1, 2], classes: ["a"] } as const;
    none.fill(batch, {
      from,
      indices,
      draw: () => assert.fail("something was drawn"),
    });
    assert.deepEqual(
      batch,
      Float32Array.from(
        indices.flatMap((i) => [...images.slice(i * 4, i * 4 + 4)]),
        (byte) => byte / 255,
      ),
    );
  }));
});
