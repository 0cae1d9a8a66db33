/**
 * Fast training kernels for tfjs's WebGPU backend, under tfjs's own names.
 *
 * @module
 */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { BATCH_NORM, BATCH_NORM_GRADIENT } from "../../ops/batch_norm.ts";
import { SOFTMAX_CROSS_ENTROPY } from "../../ops/cross_entropy.ts";
import { GELU, GELU_GRADIENT } from "../../ops/gelu.ts";
import { LAYER_NORM, LAYER_NORM_GRADIENT } from "../../ops/layer_norm.ts";
import { RELU_GRADIENT } from "../../ops/relu_gradient.ts";
import { RESIDUAL_CONVOLUTION } from "../../ops/residual_convolution.ts";
import {
  SCALED_SOFTMAX,
  SCALED_SOFTMAX_GRADIENT,
} from "../../ops/scaled_softmax.ts";
import { registerUpdateKernels } from "../../ops/update_kernels.ts";
import { registerFastKernels } from "../fast_kernel.ts";
import { gelu, geluGradient, reluGradient } from "./operations/activations.ts";
import { convolutions } from "./convolutions/convolution.ts";
import { softmaxCrossEntropyMean } from "./operations/cross_entropy.ts";
import {
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2D,
} from "./convolutions/depthwise.ts";
import * as elementwise from "./operations/elementwise.ts";
import { type Gpu, openGpu } from "./gpu/gpu.ts";
import type { FastKernel } from "./gpu/gpu_kernel.ts";
import { layerNorm, layerNormGradient } from "./operations/layer_norm.ts";
import { matMuls } from "./products/mat_mul.ts";
import {
  batchNormTraining,
  batchNormTrainingGradient,
} from "./operations/normalisation.ts";
import {
  avgPool,
  avgPoolGrad,
  maxPool,
  maxPoolGrad,
} from "./operations/pooling.ts";
import { mean, sum } from "./operations/reduction.ts";
import {
  scaledSoftmax,
  scaledSoftmaxGradient,
  softmax,
} from "./operations/softmax.ts";
import { webGpuUpdates } from "./operations/updates.ts";

/** The kernels, by the name they are registered under. */
export const WEBGPU_KERNELS: Readonly<Record<string, FastKernel>> = {
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
  Relu: elementwise.relu,
  Relu6: elementwise.relu6,
  Step: elementwise.step,
  Neg: elementwise.neg,
  Softmax: softmax,
  Sum: sum,
  Mean: mean,
  [GELU]: gelu,
  [GELU_GRADIENT]: geluGradient,
  [LAYER_NORM]: layerNorm,
  [LAYER_NORM_GRADIENT]: layerNormGradient,
  [SCALED_SOFTMAX]: scaledSoftmax,
  [SCALED_SOFTMAX_GRADIENT]: scaledSoftmaxGradient,
  [RESIDUAL_CONVOLUTION]: convolutions.residualConvolution,
  [RELU_GRADIENT]: reluGradient,
  [BATCH_NORM]: batchNormTraining,
  [BATCH_NORM_GRADIENT]: batchNormTrainingGradient,
  [SOFTMAX_CROSS_ENTROPY]: softmaxCrossEntropyMean,
};

/** Registers the kernels for a backend that was just started. */
export function registerWebGpuKernels(
  backend: WebGPUBackend,
  options: Parameters<typeof openGpu>[1],
): Gpu {
  const gpu = openGpu(backend, options);
  registerFastKernels(WEBGPU_KERNELS, { backend: "webgpu", own: { gpu } });
  registerUpdateKernels("webgpu", webGpuUpdates(gpu));
  return gpu;
}
