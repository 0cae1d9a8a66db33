/**
 * Fast training kernels for tfjs's wasm backend, under tfjs's own names.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { BATCH_NORM, BATCH_NORM_GRADIENT } from "../../ops/batch_norm.ts";
import { SOFTMAX_CROSS_ENTROPY } from "../../ops/cross_entropy.ts";
import { GELU, GELU_GRADIENT } from "../../ops/gelu.ts";
import { RELU_GRADIENT } from "../../ops/relu_gradient.ts";
import { RESIDUAL_CONVOLUTION } from "../../ops/residual_convolution.ts";
import { registerUpdateKernels } from "../../ops/update_kernels.ts";
import { gelu, geluGradient, reluGradient } from "./activations.ts";
import { convolutions } from "./convolution.ts";
import { cast, identity, padV2, slice, transpose, unpack } from "./copying.ts";
import {
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2D,
} from "./depthwise.ts";
import * as elementwise from "./elementwise.ts";
import { type FastKernel, registerFastKernels } from "./fast_kernel.ts";
import { memoryOf, openHeap } from "./heap.ts";
import { readKernels, startKernels } from "./kernel_exports.ts";
import { matMuls } from "./mat_mul.ts";
import {
  batchNormTraining,
  batchNormTrainingGradient,
} from "./normalisation.ts";
import { avgPool, avgPoolGrad, maxPool, maxPoolGrad } from "./pooling.ts";
import {
  mean,
  softmaxCrossEntropyMean,
  sum,
  unsortedSegmentSum,
} from "./reduction.ts";
import { wasmUpdates } from "./updates.ts";

/** The kernels, by the name they are registered under. */
export const WASM_KERNELS: Readonly<Record<string, FastKernel>> = {
  Conv2D: convolutions.conv2D,
  FusedConv2D: convolutions.fusedConv2D,
  Conv2DBackpropInput: convolutions.conv2DBackpropInput,
  Conv2DBackpropFilter: convolutions.conv2DBackpropFilter,
  DepthwiseConv2dNative: depthwiseConv2D,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGrad,
  AvgPool: avgPool,
  AvgPoolGrad: avgPoolGrad,
  BatchMatMul: matMuls.batchMatMul,
  _FusedMatMul: matMuls.fusedMatMul,
  Add: elementwise.add,
  AddN: elementwise.addN,
  Sub: elementwise.sub,
  Multiply: elementwise.multiply,
  RealDiv: elementwise.realDiv,
  Maximum: elementwise.maximum,
  Minimum: elementwise.minimum,
  Relu: elementwise.relu,
  Step: elementwise.step,
  Square: elementwise.square,
  Neg: elementwise.neg,
  Sum: sum,
  Mean: mean,
  UnsortedSegmentSum: unsortedSegmentSum,
  Cast: cast,
  Identity: identity,
  PadV2: padV2,
  Slice: slice,
  Transpose: transpose,
  Unpack: unpack,
  [RESIDUAL_CONVOLUTION]: convolutions.residualConvolution,
  [RELU_GRADIENT]: reluGradient,
  [BATCH_NORM]: batchNormTraining,
  [BATCH_NORM_GRADIENT]: batchNormTrainingGradient,
  [GELU]: gelu,
  [GELU_GRADIENT]: geluGradient,
  [SOFTMAX_CROSS_ENTROPY]: softmaxCrossEntropyMean,
};

const registered = new WeakMap<object, Promise<void>>();

/**
 * Registers the kernels for the current backend, which must be "wasm". Calling
 * it again does nothing more.
 *
 * @throws {Error} if the current backend is another one
 */
export function registerWasmKernels(): Promise<void> {
  const backend = tf.backend() as BackendWasm;
  if (tf.getBackend() !== "wasm") {
    return Promise.reject(
      new Error(
        `Cannot register the wasm kernels: the backend is "${tf.getBackend()}"`,
      ),
    );
  }
  const before = registered.get(backend);
  if (before !== undefined) return before;
  const done = register(backend);
  registered.set(backend, done);
  return done;
}

async function register(backend: BackendWasm): Promise<void> {
  const kernels = await startKernels(await readKernels(), memoryOf(backend));
  const heap = openHeap(backend, kernels);
  registerFastKernels(WASM_KERNELS, heap);
  registerUpdateKernels("wasm", wasmUpdates(heap));
}
