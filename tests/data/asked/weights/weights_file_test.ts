import assert from "node:assert/strict";
import type { NetworkLayout } from "../../../../data/asked/weights/network_layout.ts";
import { readWeightsFile } from "../../../../data/asked/weights/weights_file.ts";
import { bf16, f16, type RawArray, safetensorsOf } from "../safetensors_of.ts";

const layout: NetworkLayout = {
  arrays: { "a.kernel": [1, 2], "a.bias": [2], "n.variance": [2] },
  head: ["head.kernel", "head.bias"],
};

const array = (
  shape: readonly number[],
  values: readonly number[],
): RawArray => ({ type: "F32", shape, data: Float32Array.from(values) });

const GOOD: Readonly<Record<string, RawArray>> = {
  "a.kernel": array([1, 2], [0.1, -2]),
  "a.bias": array([2], [0, 3]),
  "n.variance": array([2], [0, 1]),
};

const read = (arrays: Readonly<Record<string, RawArray>>) =>
  readWeightsFile(safetensorsOf(arrays), { name: "mine", layout });

Deno.test("readWeightsFile() reads what a network has, and leaves the head out whatever it is", () => {
  const expected = {
    "a.kernel": { shape: [1, 2], data: Float32Array.of(0.1, -2) },
    "a.bias": { shape: [2], data: Float32Array.of(0, 3) },
    "n.variance": { shape: [2], data: Float32Array.of(0, 1) },
  };
  assert.deepEqual(read(GOOD), {
    kind: "weights",
    weights: expected,
    head: [],
  });
  const head = { type: "I8", shape: [3], data: new Int8Array(3) };
  assert.deepEqual(read({ "head.kernel": head, ...GOOD }), {
    kind: "weights",
    weights: expected,
    head: ["head.kernel"],
  });
});

Deno.test("readWeightsFile() widens 16 bits of either kind, in any order, to the nearest numbers that they are", () => {
  const found = read({
    "n.variance": { type: "F16", shape: [2], data: f16([0.1, 65504]) },
    "a.bias": { type: "BF16", shape: [2], data: bf16([-0.5, 3e38]) },
    "a.kernel": GOOD["a.kernel"] ?? assert.fail(),
  });
  assert(found.kind === "weights");
  const { "n.variance": variance, "a.bias": bias } = found.weights;
  assert.deepEqual(variance?.data, Float32Array.of(0.0999755859375, 65504));
  const [half, large = 0] = bias?.data ?? [];
  assert.equal(half, -0.5);
  assert(Math.abs(large / 3e38 - 1) < 1 / 128, `${large}`);
});

for (
  const [what, arrays, states] of [
    [
      "what is missing, has another shape and is not used, in one line",
      {
        "a.kernel": array([2, 1], [1, 2]),
        "n.variance": array([2], [1, 1]),
        "fc.weight": array([1], [1]),
        "constructor": array([1], [1]),
      },
      [
        "it lacks a.bias; a.kernel is [2, 1], not [1, 2] (kernels are [height, width, in, out]); fc.weight and constructor are not used; docs/guide/ask.md has the names and shapes",
      ],
    ],
    [
      "numbers of other types",
      {
        ...GOOD,
        "a.bias": { type: "F64", shape: [2], data: Float64Array.of(1, 2) },
        "a.kernel": { type: "I8", shape: [1, 2], data: Int8Array.of(1, 2) },
      },
      [
        "a.kernel is I8 and a.bias is F64 (numbers must be F32, F16 or BF16: x.float() converts)",
      ],
    ],
    [
      "numbers that are not finite, and variances below 0",
      {
        "a.kernel": array([1, 2], [NaN, 1]),
        "a.bias": { type: "F16", shape: [2], data: f16([1, Infinity]) },
        "n.variance": array([2], [1, -1e-9]),
      },
      [
        "a.kernel and a.bias have numbers that are not finite",
        "n.variance has numbers below 0",
      ],
    ],
    ["a file without arrays", {}, [
      "it lacks a.kernel, a.bias and n.variance; docs/guide/ask.md has the names and shapes",
    ]],
    ["half an array", { ...GOOD, "a.bias": array([3], [1, 2]) }, [
      "it is not a complete safetensors file",
    ]],
  ] as const
) {
  Deno.test(`readWeightsFile() refuses ${what}`, () => {
    assert.deepEqual(read(arrays), {
      kind: "refused",
      problems: states.map((state) => `Cannot use weights mine: ${state}`),
    });
  });
}

Deno.test("readWeightsFile() refuses a file that is cut off, or another one", () => {
  const whole = safetensorsOf(GOOD);
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0);
  for (
    const bytes of [whole.subarray(0, -1), whole.subarray(0, 20), png]
  ) {
    const found = readWeightsFile(bytes, { name: "mine", layout });
    assert.deepEqual(found, {
      kind: "refused",
      problems: [
        "Cannot use weights mine: it is not a complete safetensors file",
      ],
    });
  }
});
