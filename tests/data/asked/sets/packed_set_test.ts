import assert from "node:assert/strict";
import {
  numberTaken,
  type PackedSet,
  packedSet,
  takePacked,
} from "../../../../data/asked/sets/packed_set.ts";
import { safetensors } from "../../../../engine/define/safetensors.ts";

const SET: PackedSet = {
  images: Uint8Array.from({ length: 2 * 192 }, (_, i) => i % 256),
  side: 8,
  labels: Int32Array.of(0, 300),
  classes: Array.from({ length: 301 }, (_, i) => `class ${i}`),
  groups: ["ä", "<script>"],
  names: ["a\nb.png", "ü/<script>.jpg"],
  widths: Int32Array.of(4000, 8),
  heights: Int32Array.of(3000, 8),
  bytes: Int32Array.of(5_000_000, 90),
  types: Uint8Array.of(0, 1),
  found: 7,
  unreadable: ["c.png is damaged"],
  copies: ["d.png is a copy of a.png"],
};

Deno.test("packedSet gives back what it was given, with more than 256 classes and names of any letters", () => {
  assert.deepEqual(packedSet.decode(packedSet.encode(SET)), SET);
  const bare = { ...SET, labels: null, classes: [], groups: null };
  assert.deepEqual(packedSet.decode(packedSet.encode(bare)), bare);
});

Deno.test("packedSet keeps given properties, which takePacked() takes along", () => {
  const given = { ...SET, properties: { "<b>": ["x", ""], age: ["", "3"] } };
  assert.deepEqual(packedSet.decode(packedSet.encode(given)), given);
  assert.deepEqual(takePacked(given, [1]).properties, {
    "<b>": [""],
    age: ["3"],
  });
});

Deno.test("packedSet refuses a file without its arrays, or whose names are not as many as its images", () => {
  const { arrays, metadata } = safetensors.decode(packedSet.encode(SET));
  const { bytes: _, ...some } = arrays;
  const fewer = JSON.stringify({ ...SET, names: ["a"] });
  for (
    const file of [
      { arrays: some, metadata },
      { arrays, metadata: {} },
      { arrays, metadata: { set: fewer } },
    ]
  ) {
    assert.throws(() => packedSet.decode(safetensors.encode(file)), {
      name: "TypeError",
      message:
        "Cannot decode a packed set: arrays or names are missing, or differ in their number; pack it again",
    });
  }
});

Deno.test("numberTaken() counts what was left out of what was drawn", () => {
  assert.equal(numberTaken(SET), 4);
});
