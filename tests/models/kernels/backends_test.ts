/**
 * Where the tests of the SIMD kernels run: on WebGPU too, but for what is said
 * here.
 *
 * @module
 */
import assert from "node:assert/strict";
import { WASM_KERNELS } from "../../../models/kernels/wasm/register.ts";
import { WEBGPU_KERNELS } from "../../../models/kernels/webgpu/register.ts";

/** The tests of each SIMD kernel, in folders beside this file. */
const TESTS: Readonly<Record<string, string>> = {
  Conv2D: "kernels/convolution_test.ts",
  FusedConv2D: "kernels/convolution_test.ts",
  Conv2DBackpropInput: "kernels/convolution_test.ts",
  Conv2DBackpropFilter: "kernels/convolution_test.ts",
  DepthwiseConv2dNative: "kernels/depthwise_test.ts",
  DepthwiseConv2dNativeBackpropInput: "kernels/depthwise_test.ts",
  DepthwiseConv2dNativeBackpropFilter: "kernels/depthwise_test.ts",
  MaxPool: "kernels/pooling_test.ts",
  MaxPoolGrad: "kernels/pooling_test.ts",
  AvgPool: "kernels/pooling_test.ts",
  AvgPoolGrad: "kernels/pooling_test.ts",
  BatchMatMul: "kernels/mat_mul_test.ts",
  _FusedMatMul: "kernels/mat_mul_test.ts",
  Add: "kernels/elementwise_test.ts",
  AddN: "kernels/elementwise_test.ts",
  Sub: "kernels/elementwise_test.ts",
  Multiply: "kernels/elementwise_test.ts",
  RealDiv: "kernels/elementwise_test.ts",
  Maximum: "kernels/elementwise_test.ts",
  Minimum: "kernels/elementwise_test.ts",
  Relu: "kernels/elementwise_test.ts",
  Step: "kernels/elementwise_test.ts",
  Square: "kernels/elementwise_test.ts",
  Neg: "kernels/elementwise_test.ts",
  Sum: "kernels/reduction_test.ts",
  Mean: "kernels/reduction_test.ts",
  UnsortedSegmentSum: "kernels/reduction_test.ts",
  Cast: "kernels/copying_test.ts",
  Identity: "kernels/copying_test.ts",
  PadV2: "kernels/copying_test.ts",
  Slice: "kernels/copying_test.ts",
  Transpose: "kernels/copying_test.ts",
  Unpack: "kernels/copying_test.ts",
  ResidualConvolution: "ops/residual_convolution_test.ts",
  ReluGradient: "kernels/elementwise_test.ts",
  BatchNormTraining: "ops/batch_norm_test.ts",
  BatchNormTrainingGradient: "ops/batch_norm_test.ts",
  SoftmaxCrossEntropyMean: "ops/cross_entropy_test.ts",
  Gelu: "ops/gelu_test.ts",
  GeluGradient: "ops/gelu_test.ts",
};

/** SIMD kernels that WebGPU computes by tfjs's own: one value each, or copies. */
const BY_TFJS = [
  ...["Add", "AddN", "Cast", "Identity", "Maximum", "Minimum", "Multiply"],
  ...["PadV2", "RealDiv", "Slice", "Square", "Sub", "Transpose", "Unpack"],
  "UnsortedSegmentSum",
];

/** Files with tests that run on wasm alone, and why. */
const ON_WASM_ALONE: Readonly<Record<string, string>> = {
  "kernels/binary_test.ts": "what the compiled kernels are made of",
  "kernels/elementwise_test.ts": "how SIMD loops go through a broadcast",
  "kernels/facts_test.ts": "what a key says of the compiled kernels",
  "kernels/r8_training_test.ts":
    "200 steps in the heap of tfjs; on WebGPU tests/models/replay/growth_test.ts counts buffers",
  "kernels/register_test.ts": "the heap of tfjs that the kernels share",
  "kernels/winograd_test.ts": "when the SIMD kernels use Winograd's algorithm",
};

/** What the tests of this file are about is of both. */
const HERE = "kernels/backends_test.ts";

async function source(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../${file}`, import.meta.url));
}

Deno.test("every SIMD kernel has tests that run on WebGPU too, on a kernel of ours or of tfjs", async () => {
  const names = Object.keys(WASM_KERNELS);
  assert.deepEqual(Object.keys(TESTS).sort(), names.toSorted());
  for (const file of new Set(Object.values(TESTS))) {
    assert.match(await source(file), /^ *on(Kernels|Backends)\(/m, file);
  }
  assert.deepEqual(
    names.filter((name) => !(name in WEBGPU_KERNELS)).sort(),
    BY_TFJS.toSorted(),
  );
});

Deno.test("no test of kernels leaves WebGPU out unless it is said why", async () => {
  const alone: string[] = [];
  for (const folder of ["kernels", "ops"]) {
    const here = new URL(`../${folder}/`, import.meta.url);
    for await (const { name } of Deno.readDir(here)) {
      const file = `${folder}/${name}`;
      if (!name.endsWith("_test.ts") || file === HERE) continue;
      const leavesOut =
        /devices: \["wasm"\]|kernels\/wasm\/|wasm_backend\.ts|build_kernels/;
      if (leavesOut.test(await source(file))) alone.push(file);
    }
  }
  assert.deepEqual(alone.sort(), Object.keys(ON_WASM_ALONE).sort());
});
