// @ts-nocheck: AssemblyScript, compiled by asc
export { convolve } from "./convolve.ts";
export { filterGradient } from "./filter_gradient.ts";
export { winograd } from "./winograd.ts";
export { winogradFilterFour } from "./winograd_four_filter.ts";
export { winogradFourFilterGradientEnd } from "./winograd_four_gradient.ts";
export {
  clearUnseenTaps,
  winogradFilterGradient,
} from "./winograd_gradient.ts";
export { winogradFilter } from "./winograd_transform.ts";
export { winogradFilterGradientEnd } from "./winograd_transform_gradient.ts";
export { clear, copyRows, pack, permute, place, transpose } from "./pack.ts";
export { addRelu, binary, reluGradient, unary } from "./elementwise.ts";
export { segmentSum, sumMiddle } from "./reduce.ts";
export { normalise, statistics } from "./batch_norm.ts";
export {
  normaliseGradient,
  normaliseGradientParameters,
  normaliseGradientSums,
} from "./batch_norm_gradient.ts";
export { adamW, average, sgd } from "./update.ts";
export { softmaxCrossEntropy } from "./cross_entropy.ts";
export { gelu, geluGradient } from "./gelu.ts";
export { pool, poolGradient } from "./pool.ts";
export { averagePoolTwo, averagePoolTwoGradient } from "./average_pool.ts";
export { depthwise, depthwiseFilterGradient } from "./depthwise.ts";
export { fusedProbe } from "./probe.ts";
