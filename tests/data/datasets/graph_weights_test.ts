import assert from "node:assert/strict";
import { readGraphWeights } from "../../../data/datasets/graph_weights.ts";

function modelOf(...weights: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({ weightsManifest: [{ paths: ["w.bin"], weights }] }),
  );
}

const half = { dtype: "float32", quantization: { dtype: "float16" } };

// NumPy 2.2.4: np.array([1, -2.5, 0.1], "<f2").tobytes(), an int32 of 7,
// np.array([0.1], "<f4").tobytes().
const bytes = Uint8Array.of(
  ...[0x00, 0x3c, 0x00, 0xc1, 0x66, 0x2e],
  ...[7, 0, 0, 0],
  ...[0xcd, 0xcc, 0xcc, 0x3d],
);

const model = modelOf(
  { name: "kernel", shape: [3, 1], ...half },
  { name: "axis", shape: [], dtype: "int32" },
  { name: "bias", shape: [1], dtype: "float32" },
);

Deno.test("readGraphWeights() widens half precision, and leaves out whole numbers", () => {
  assert.deepEqual(readGraphWeights(model, bytes), {
    kernel: {
      shape: [3, 1],
      data: Float32Array.of(1, -2.5, 0.0999755859375),
    },
    bias: { shape: [1], data: Float32Array.of(0.1) },
  });
});

Deno.test("readGraphWeights() throws when the file is too short or too long for the manifest", () => {
  assert.throws(() => readGraphWeights(model, bytes.subarray(1)), {
    name: "TypeError",
    message:
      "Cannot read the weights of a graph: they should be 14 bytes and are 13",
  });
});

Deno.test("readGraphWeights() throws when an array is of a type that it does not read", () => {
  const scaled = modelOf({
    name: "kernel",
    shape: [1],
    dtype: "float32",
    quantization: { dtype: "uint8", scale: 2, min: 0 },
  });
  assert.throws(() => readGraphWeights(scaled, Uint8Array.of(1)), {
    name: "TypeError",
    message: /^Cannot read the weights of a graph: .*float16/s,
  });
});
