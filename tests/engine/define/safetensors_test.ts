import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  type ArrayFile,
  safetensors,
} from "../../../engine/define/safetensors.ts";

const element = fc.oneof(
  fc.uint8Array(),
  fc.int32Array(),
  fc.float32Array({ noNaN: true }),
  fc.float64Array({ noNaN: true }),
);
const file: fc.Arbitrary<ArrayFile> = fc.record({
  arrays: fc.dictionary(
    fc.string().filter((name) => !/^__(proto|metadata)__$/.test(name)),
    element.map((data) => ({ shape: [data.length], data })),
    { maxKeys: 4, noNullPrototype: true },
  ),
  metadata: fc.dictionary(
    fc.string().filter((name) => name !== "__proto__"),
    fc.string(),
    { maxKeys: 2, noNullPrototype: true },
  ),
}, { noNullPrototype: true });

Deno.test("decode() of safetensors gives back what encode() was given", () => {
  fc.assert(
    fc.property(file, (value) => {
      assert.deepEqual(safetensors.decode(safetensors.encode(value)), value);
    }),
    { seed: 1 },
  );
});

Deno.test("decode() of safetensors reads a slice that starts anywhere", () => {
  const value: ArrayFile = {
    arrays: { a: { shape: [2], data: Float64Array.of(1, 2) } },
    metadata: {},
  };
  const bytes = safetensors.encode(value);
  for (const shift of [1, 3, 8]) {
    const larger = new Uint8Array(bytes.length + shift);
    larger.set(bytes, shift);
    assert.deepEqual(safetensors.decode(larger.subarray(shift)), value);
  }
});

Deno.test("encode() of safetensors writes the published format", () => {
  const bytes = safetensors.encode({
    arrays: {
      b: { shape: [2, 1], data: Uint8Array.of(5, 6) },
      a: { shape: [1], data: Float32Array.of(1) },
    },
    metadata: { z: "1", a: "2" },
  });
  const header =
    '{"__metadata__":{"a":"2","z":"1"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2,1],"data_offsets":[4,6]}}';
  const length = Math.ceil(header.length / 8) * 8;
  assert.deepEqual(
    [...bytes.subarray(0, 8)],
    [length, 0, 0, 0, 0, 0, 0, 0],
  );
  assert.equal(
    new TextDecoder().decode(bytes.subarray(8, 8 + length)),
    header.padEnd(length),
  );
  assert.deepEqual([...bytes.subarray(8 + length)], [0, 0, 128, 63, 5, 6]);
});

Deno.test("encode() of safetensors does not depend on the order of names", () => {
  const [x, y] = [Uint8Array.of(1), Int32Array.of(2)].map((data) => ({
    shape: [1],
    data,
  }));
  assert.ok(x && y);
  assert.deepEqual(
    safetensors.encode({ arrays: { x, y }, metadata: {} }),
    safetensors.encode({ arrays: { y, x }, metadata: {} }),
  );
});

Deno.test("encode() of safetensors refuses what it cannot hold", () => {
  const encode = (name: string, shape: readonly number[], data: Uint8Array) =>
    safetensors.encode({ arrays: { [name]: { shape, data } }, metadata: {} });
  assert.throws(() => encode("a", [2, 3], new Uint8Array(5)), {
    name: "TypeError",
    message: 'Cannot encode array "a": shape [2,3] holds 6 elements, not 5',
  });
  assert.throws(() => encode("a", [], new BigInt64Array(1) as never), {
    message: "Cannot encode an array: its element type is unknown",
  });
  for (const name of ["__metadata__", "__proto__"]) {
    assert.throws(() => encode(name, [0], new Uint8Array()), {
      message:
        `Cannot encode array "${name}": the format uses that name itself`,
    });
  }
});

/** A file with this header and so many bytes of data. */
function fileOf(header: string, size: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (dtype: string, shape: string, offsets: string) =>
  `{"a":{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}}`;

const MALFORMED: readonly (readonly [what: string, bytes: Uint8Array])[] = [
  ["no bytes", new Uint8Array()],
  ["a header that is cut off", fileOf("{}", 0).subarray(0, 9)],
  ["a header of 2^63 bytes", new Uint8Array(16).fill(255)],
  ["a header that is not JSON", fileOf("{", 0)],
  ["a header that is not a record", fileOf("[1]", 0)],
  ["an entry that is not one", fileOf('{"a":1}', 0)],
  ["an unknown type", fileOf(entry("F16", "[1]", "[0,2]"), 2)],
  ["data that is cut off", fileOf(entry("F32", "[1]", "[0,4]"), 3)],
  ["a shape of another size", fileOf(entry("F32", "[2]", "[0,4]"), 8)],
  ["a negative offset", fileOf(entry("U8", "[2]", "[-1,1]"), 8)],
  ["a broken element", fileOf(entry("F32", "[0.25]", "[0,1]"), 8)],
];
for (const [what, bytes] of MALFORMED) {
  Deno.test(`decode() of safetensors refuses ${what}`, () => {
    assert.throws(() => safetensors.decode(bytes), {
      name: "TypeError",
      message: /^Cannot decode safetensors: /,
    });
  });
}
