/**
 * Where the tests of the SIMD kernels run: on WebGPU too, but for what is said
 * here.
 *
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { WASM_KERNELS } from "../../../models/kernels/wasm/register.ts";
import { WEBGPU_KERNELS } from "../../../models/kernels/webgpu/register.ts";
import { filesBelow } from "../../files_below.ts";

/** Kernels that the tests of a file are about. */
interface Tested {
  /** Of which WebGPU has one of ours too. */
  readonly onBoth?: readonly string[];
  /** Which WebGPU computes by tfjs's own: one value each, or copies. */
  readonly byTfjs?: readonly string[];
}

/** Every SIMD kernel, under the file with its tests. */
const TESTS: Readonly<Record<string, Tested>> = {
  "kernels/convolution_test.ts": {
    onBoth: [
      "Conv2D",
      "FusedConv2D",
      "Conv2DBackpropInput",
      "Conv2DBackpropFilter",
    ],
  },
  "kernels/depthwise_test.ts": {
    onBoth: [
      "DepthwiseConv2dNative",
      "DepthwiseConv2dNativeBackpropInput",
      "DepthwiseConv2dNativeBackpropFilter",
    ],
  },
  "kernels/pooling_test.ts": {
    onBoth: ["MaxPool", "MaxPoolGrad", "AvgPool", "AvgPoolGrad"],
  },
  "kernels/mat_mul_test.ts": {
    onBoth: ["BatchMatMul", "_FusedMatMul"],
  },
  "kernels/elementwise_test.ts": {
    onBoth: ["Relu", "Step", "Neg", "ReluGradient"],
    byTfjs: [
      "Add",
      "AddN",
      "Sub",
      "Multiply",
      "RealDiv",
      "Maximum",
      "Minimum",
      "Square",
    ],
  },
  "kernels/reduction_test.ts": {
    onBoth: ["Sum", "Mean"],
    byTfjs: ["UnsortedSegmentSum"],
  },
  "kernels/copying_test.ts": {
    byTfjs: ["Cast", "Identity", "PadV2", "Slice", "Transpose", "Unpack"],
  },
  "ops/residual_convolution_test.ts": {
    onBoth: ["ResidualConvolution"],
  },
  "ops/batch_norm_test.ts": {
    onBoth: ["BatchNormTraining", "BatchNormTrainingGradient"],
  },
  "ops/cross_entropy_test.ts": {
    onBoth: ["SoftmaxCrossEntropyMean"],
  },
  "ops/gelu_test.ts": {
    onBoth: ["Gelu", "GeluGradient"],
  },
};

/** Files with tests that run on wasm alone, and why. */
const ON_WASM_ALONE: Readonly<Record<string, string>> = {
  "kernels/wasm/binary_test.ts": "what the compiled kernels are made of",
  "kernels/elementwise_test.ts": "how SIMD loops go through a broadcast",
  "kernels/wasm/kernel_exports_test.ts":
    "what a key says of the compiled kernels",
  "kernels/r8_training_test.ts":
    "200 steps in the heap of tfjs; on WebGPU tests/models/replay/growth_full.ts counts buffers",
  "kernels/wasm/register_test.ts": "the heap of tfjs that the kernels share",
  "kernels/wasm/winograd_test.ts":
    "when the SIMD kernels use Winograd's algorithm",
};

/** What the tests of this file are about is of both. */
const HERE = "kernels/backends_test.ts";

async function source(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../${file}`, import.meta.url));
}

Deno.test("every SIMD kernel has tests that run on WebGPU too, on a kernel of ours or of tfjs", async () => {
  const found: string[] = [];
  for (const [file, { onBoth = [], byTfjs = [] }] of Object.entries(TESTS)) {
    assert.match(await source(file), /^ *on(Kernels|Backends)\(/m, file);
    found.push(...onBoth, ...byTfjs);
    for (const name of [...onBoth, ...byTfjs]) {
      assert.equal(
        name in WEBGPU_KERNELS,
        onBoth.includes(name),
        `whether WebGPU has a ${name} of ours is not as TESTS says`,
      );
    }
  }
  const names = Object.keys(WASM_KERNELS);
  assert.deepEqual(found.filter((name) => !names.includes(name)), []);
  for (const kernel of names) {
    assert.equal(
      found.filter((name) => name === kernel).length,
      1,
      `name ${kernel} once in TESTS, under the file that tests it`,
    );
  }
});

Deno.test("no test of kernels leaves WebGPU out unless it is said why", async () => {
  const alone: string[] = [];
  for (const folder of ["kernels", "ops"]) {
    const here = fileURLToPath(new URL(`../${folder}`, import.meta.url));
    for (const path of filesBelow(here)) {
      const file = `${folder}/${path}`;
      if (!path.endsWith("_test.ts") || file === HERE) continue;
      const leavesOut =
        /devices: (\["wasm"\]|inFull\("wasm"\))|kernels\/wasm\/|wasm_backend\.ts|build_kernels/;
      if (leavesOut.test(await source(file))) alone.push(file);
    }
  }
  assert.deepEqual(alone.sort(), Object.keys(ON_WASM_ALONE).sort());
});
