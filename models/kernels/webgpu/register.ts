/**
 * Fast training kernels for tfjs's WebGPU backend, under tfjs's own names.
 *
 * @module
 */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { BATCH_NORM, BATCH_NORM_GRADIENT } from "../../ops/batch_norm.ts";
import { SOFTMAX_CROSS_ENTROPY } from "../../ops/cross_entropy.ts";
import { DROPOUT } from "../../ops/dropout.ts";
import { RELU_GRADIENT, replaceReluGradient } from "../../ops/relu_gradient.ts";
import { RESIDUAL_CONVOLUTION } from "../../ops/residual_convolution.ts";
import { registerUpdateKernels } from "../../ops/update_kernels.ts";
import type { Tape } from "../../replay/tape.ts";
import { registerFastKernels } from "../fast_kernel.ts";
import {
  conv2D,
  conv2DBackpropInput,
  fusedConv2D,
  residualConvolution,
} from "./convolution.ts";
import { softmaxCrossEntropyMean } from "./cross_entropy.ts";
import { dropout } from "./dropout.ts";
import { conv2DBackpropFilter } from "./filter_gradient.ts";
import { type Gpu, openGpu } from "./gpu.ts";
import type { FastKernel } from "./gpu_kernel.ts";
import {
  batchNormTraining,
  batchNormTrainingGradient,
} from "./normalisation.ts";
import { reluGradient } from "./relu_gradient.ts";
import { webGpuUpdates } from "./updates.ts";

/** The kernels, by the name they are registered under. */
const KERNELS: Readonly<Record<string, FastKernel>> = {
  Conv2D: conv2D,
  FusedConv2D: fusedConv2D,
  Conv2DBackpropInput: conv2DBackpropInput,
  Conv2DBackpropFilter: conv2DBackpropFilter,
  [RESIDUAL_CONVOLUTION]: residualConvolution,
  [RELU_GRADIENT]: reluGradient,
  [BATCH_NORM]: batchNormTraining,
  [BATCH_NORM_GRADIENT]: batchNormTrainingGradient,
  [SOFTMAX_CROSS_ENTROPY]: softmaxCrossEntropyMean,
  [DROPOUT]: dropout,
};

/** Registers the kernels for a backend that was just started. */
export function registerWebGpuKernels(
  backend: WebGPUBackend,
  options: { readonly software: boolean; readonly tape: Tape },
): Gpu {
  const gpu = openGpu(backend, options);
  registerFastKernels(KERNELS, { backend: "webgpu", own: { gpu } });
  replaceReluGradient();
  registerUpdateKernels("webgpu", webGpuUpdates(gpu));
  return gpu;
}
