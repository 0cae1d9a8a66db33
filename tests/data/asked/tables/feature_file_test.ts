import assert from "node:assert/strict";
import { readFeatures } from "../../../../data/asked/tables/feature_file.ts";
import { safetensors } from "../../../../engine/define/safetensors.ts";
import { bf16, f16, safetensorsOf } from "../safetensors_of.ts";
import { npy } from "./npy.ts";

const read = (bytes: Uint8Array) => readFeatures(bytes, { name: "f" });

const SIX = [1, 2.5, -3, 0, 5, 6];

const EXPECTED = { values: Float32Array.from(SIX), dimension: 2 };

Deno.test("readFeatures() reads .npy of 16, 32 and 64 bits, wherever its bytes begin", () => {
  for (const type of [Float16Array, Float32Array, Float64Array]) {
    const bytes = npy(type.from(SIX), { shape: [3, 2] });
    assert.deepEqual(read(bytes), EXPECTED);
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    assert.deepEqual(read(moved.subarray(1)), EXPECTED);
  }
});

Deno.test("readFeatures() reads columns one after the other, in Fortran's order", () => {
  for (const type of [Float16Array, Float32Array, Float64Array]) {
    const columns = type.from([1, -3, 5, 2.5, 0, 6]);
    const bytes = npy(columns, { shape: [3, 2], fortran: true });
    assert.deepEqual(read(bytes), EXPECTED);
    assert.deepEqual(read(bytes), EXPECTED, "the file is as it was");
  }
});

Deno.test("readFeatures() reads sizes as Python 2 wrote them", () => {
  const bytes = npy(Float32Array.from(SIX), { shape: [3, 2] });
  const at = new TextDecoder("latin1").decode(bytes).indexOf("(3, 2,), }");
  bytes.set(new TextEncoder().encode("(3L, 2L), }"), at);
  assert.deepEqual(read(bytes), EXPECTED);
});

Deno.test("readFeatures() reads the one array of a safetensors file", () => {
  for (const data of [Float32Array.from(SIX), Float64Array.from(SIX)]) {
    const arrays = { any: { shape: [3, 2], data } };
    assert.deepEqual(
      read(safetensors.encode({ arrays, metadata: {} })),
      EXPECTED,
    );
  }
});

Deno.test("readFeatures() leaves 32-bit numbers where they lie in the file: there may be hundreds of megabytes", () => {
  const data = Float32Array.from(SIX);
  for (
    const bytes of [
      npy(data, { shape: [3, 2] }),
      safetensors.encode({
        arrays: { any: { shape: [3, 2], data } },
        metadata: {},
      }),
    ]
  ) {
    const features = read(bytes);
    assert(typeof features !== "string");
    assert.equal(features.values.buffer, bytes.buffer);
  }
});

Deno.test("readFeatures() reads safetensors of 16 bits, of either kind", () => {
  const halves = (type: string, data: Uint16Array<ArrayBuffer>) =>
    safetensorsOf({ x: { type, shape: [3, 2], data } });
  assert.deepEqual(read(halves("F16", f16(SIX))), EXPECTED);
  assert.deepEqual(read(halves("BF16", bf16(SIX))), EXPECTED);
  for (const bytes of [halves("F16", f16([1])), new Uint8Array(9)]) {
    assert.match(
      String(read(bytes)),
      /neither an .npy file nor a complete safetensors/,
    );
  }
});

const F4 = Float32Array.from(SIX);

const line = { shape: [6], data: F4 };

for (
  const [what, bytes, state] of [
    [
      "big-endian numbers",
      npy(F4, { shape: [3, 2], type: ">f4" }),
      'its numbers are >f4, and must be floats of 16, 32 or 64 bits, little-endian (<f2, <f4, <f8); convert with x.astype("<f4")',
    ],
    [
      "Python objects",
      npy(F4, { shape: [3, 2], type: "|O" }),
      'its numbers are |O, and must be floats of 16, 32 or 64 bits, little-endian (<f2, <f4, <f8); convert with x.astype("<f4")',
    ],
    [
      "a line of numbers",
      npy(F4, { shape: [6] }),
      "its shape is [6], and must be [examples, features]",
    ],
    [
      "no rows",
      npy(new Float32Array(), { shape: [0, 2] }),
      "its shape is [0, 2], and must be [examples, features]",
    ],
    [
      "fewer numbers than it says",
      npy(F4, { shape: [4, 2] }),
      "its header says 4 × 2 numbers, which are 32 bytes, and 24 follow",
    ],
    [
      "half a header",
      npy(F4, { shape: [3, 2] }).subarray(0, 60),
      "it is cut off",
    ],
    [
      "a number that is not one",
      npy(Float32Array.of(1, 2, 3, NaN), { shape: [2, 2] }),
      "row 2 has NaN in column 2; leave out such rows here and in the predictions, or such columns",
    ],
    [
      "infinite numbers",
      npy(Float32Array.of(1, Infinity, 3, NaN), { shape: [2, 2] }),
      "row 1 has Infinity in column 2, and another number is not finite; leave out such rows here and in the predictions, or such columns",
    ],
    [
      "numbers that 32-bit floats do not hold",
      npy(Float64Array.of(1, 2, -1e39, NaN), { shape: [2, 2] }),
      "row 2 has -1e+39 in column 1, more than 32-bit floats hold, and another number is not finite; leave out such rows here and in the predictions, or such columns",
    ],
    [
      "two arrays",
      safetensors.encode({ arrays: { a: line, b: line }, metadata: {} }),
      "it has 2 arrays, and must have one",
    ],
    [
      "numbers that are no floats",
      safetensors.encode({
        arrays: { a: { shape: [3, 2], data: Int32Array.from(SIX) } },
        metadata: {},
      }),
      "its numbers are I32, and must be floats of 16, 32 or 64 bits (F16, BF16, F32, F64)",
    ],
    [
      "no array",
      safetensors.encode({ arrays: {}, metadata: { about: "nothing" } }),
      "it has 0 arrays, and must have one",
    ],
    [
      "neither format",
      new TextEncoder().encode("1,2,3\n"),
      "it is neither an .npy file nor a complete safetensors file",
    ],
    [
      "nothing",
      new Uint8Array(),
      "it is neither an .npy file nor a complete safetensors file",
    ],
  ] as const
) {
  Deno.test(`readFeatures() refuses ${what}`, () => {
    assert.equal(read(bytes), `Cannot read features f: ${state}`);
  });
}
