import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";

interface Attributes {
  readonly epsilon: number;
  readonly relu: boolean;
  readonly residual: boolean;
}

/** The kernel behind models/ops/batch_norm.ts. */
export function batchNormTraining(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const scale = input(call, "scale");
  const offset = input(call, "offset");
  const residual = call.inputs["residual"] ?? undefined;
  const { epsilon, relu } = call.attrs as Attributes;
  if (!areFloats(x, scale, offset)) return undefined;
  const [channels, pixels] = extent(x.shape);
  const y = heap.output(x.shape);
  const mean = heap.output([channels]);
  const variance = heap.output([channels]);
  const [totals = 0, parts = 0] = heap.scratch(channels * 16, channels * 12);
  heap.kernels.statistics(
    heap.pointer(x),
    pixels,
    channels,
    heap.pointer(mean),
    heap.pointer(variance),
    totals,
    parts,
  );
  heap.kernels.normalise(
    heap.pointer(x),
    residual === undefined ? 0 : heap.pointer(residual),
    heap.pointer(mean),
    heap.pointer(variance),
    heap.pointer(scale),
    heap.pointer(offset),
    heap.pointer(y),
    pixels,
    channels,
    epsilon,
    relu ? 1 : 0,
  );
  return [y, mean, variance];
}

/** The gradient of batch normalisation: two passes, since dx needs the sums of the first. */
export function batchNormTrainingGradient(call: KernelCall): KernelOutput {
  const { heap } = call;
  const { kernels } = heap;
  const x = input(call, "x");
  const dy = input(call, "dy");
  const { epsilon, relu, residual } = call.attrs as Attributes;
  if (!areFloats(x, dy)) return undefined;
  const [channels, pixels] = extent(x.shape);
  const mean = heap.pointer(input(call, "mean"));
  const variance = heap.pointer(input(call, "variance"));
  const dx = heap.output(x.shape);
  const dscale = heap.output([channels]);
  const doffset = heap.output([channels]);
  const dresidual = residual ? heap.output(x.shape) : undefined;
  const [totals = 0, parts = 0] = heap.scratch(channels * 16, channels * 8);
  const mask = relu ? heap.pointer(input(call, "y")) : 0;
  kernels.normaliseGradientSums(
    heap.pointer(x),
    mask,
    heap.pointer(dy),
    dresidual === undefined ? 0 : heap.pointer(dresidual),
    mean,
    pixels,
    channels,
    totals,
    parts,
  );
  kernels.normaliseGradientParameters(
    totals,
    variance,
    heap.pointer(dscale),
    heap.pointer(doffset),
    channels,
    epsilon,
  );
  kernels.normaliseGradient(
    heap.pointer(x),
    dresidual === undefined ? mask : 0,
    heap.pointer(dresidual ?? dy),
    mean,
    variance,
    heap.pointer(input(call, "scale")),
    heap.pointer(dscale),
    heap.pointer(doffset),
    heap.pointer(dx),
    pixels,
    channels,
    epsilon,
  );
  return dresidual === undefined
    ? [dx, dscale, doffset]
    : [dx, dscale, doffset, dresidual];
}

function extent(shape: readonly number[]): [channels: number, pixels: number] {
  const channels = shape.at(-1) ?? 1;
  return [channels, shape.slice(0, -1).reduce((n, size) => n * size, 1)];
}
