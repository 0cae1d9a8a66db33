import * as tf from "@tensorflow/tfjs";
import type { Gpu } from "./gpu.ts";
import { input, type KernelCall, type KernelOutput } from "./gpu_kernel.ts";
import { arraysOf, runLanes } from "./lane_pass.ts";

interface Attributes {
  readonly epsilon: number;
  readonly relu: boolean;
  readonly residual: boolean;
}

/** How x [rows, channel] is cut into slices of rows, in vectors of channels. */
interface Cut {
  readonly type: "vec4f" | "f32";
  /** Vectors of channels in a row. */
  readonly across: number;
  readonly rows: number;
  readonly rowsEach: number;
  readonly slices: number;
}

function cutOf(gpu: Gpu, shape: readonly number[]): Cut {
  const channels = shape.at(-1) ?? 1;
  const vector = channels % 4 === 0;
  const across = vector ? channels / 4 : channels;
  const rows = tf.util.sizeFromShape([...shape]) / channels;
  const wanted = Math.ceil(gpu.tiling.invocations / across);
  const rowsEach = Math.ceil(rows / Math.min(rows, wanted));
  return {
    type: vector ? "vec4f" : "f32",
    across,
    rows,
    rowsEach,
    slices: Math.ceil(rows / rowsEach),
  };
}

/**
 * The kernel behind models/ops/batch_norm.ts. x is read once for the
 * statistics and once to be normalised. Sums are of differences to the first
 * row, so that no digits cancel where the mean is far from zero.
 */
export function batchNormTraining(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const scale = input(call, "scale");
  const offset = input(call, "offset");
  const { epsilon, relu, residual } = call.attrs as Attributes;
  const cut = cutOf(gpu, x.shape);
  const { type, across, rows, rowsEach, slices } = cut;
  const arrays = arraysOf(type);
  const added = residual ? { residual: input(call, "residual") } : {};
  const zero = `${type}()`;
  const channels = x.shape.at(-1) ?? 1;

  const sums = gpu.output([slices, 2, channels]);
  runLanes(gpu, {
    n: across * slices,
    written: arrays({ sums }),
    read: arrays({ x }),
    body: `
  let c = i % ${across}u;
  let slice = i / ${across}u;
  let end = min((slice + 1u) * ${rowsEach}u, ${rows}u);
  let first = x[c];
  var sum = ${zero};
  var squares = ${zero};
  for (var row = slice * ${rowsEach}u; row < end; row++) {
    let d = x[row * ${across}u + c] - first;
    sum += d;
    squares = fma(d, d, squares);
  }
  sums[slice * ${2 * across}u + c] = sum;
  sums[slice * ${2 * across}u + ${across}u + c] = squares;`,
  });

  const mean = gpu.output([channels]);
  const variance = gpu.output([channels]);
  runLanes(gpu, {
    n: across,
    written: arrays({ mean, variance }),
    read: arrays({ sums, x }),
    body: `
  var sum = ${zero};
  var squares = ${zero};
  for (var slice = 0u; slice < ${slices}u; slice++) {
    sum += sums[slice * ${2 * across}u + i];
    squares += sums[slice * ${2 * across}u + ${across}u + i];
  }
  let shift = sum / ${rows}.0;
  mean[i] = x[i] + shift;
  variance[i] = max(squares / ${rows}.0 - shift * shift, ${zero});`,
  });
  gpu.free(sums);

  const y = gpu.output(x.shape);
  const n = across * rows;
  runLanes(gpu, {
    n,
    written: arrays({ y }),
    read: arrays({ x, mean, variance, scale, offset, ...added }),
    body: `
  let c = i % ${across}u;
  let factor = scale[c] * inverseSqrt(variance[c] + ${epsilon});
  var value = (x[i] - mean[c]) * factor + offset[c];
  ${residual ? "value += residual[i];" : ""}
  y[i] = ${relu ? `max(value, ${zero})` : "value"};`,
  });
  return [y, mean, variance];
}

/** The gradient of {@linkcode batchNormTraining}. */
export function batchNormTrainingGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const y = input(call, "y");
  const scale = input(call, "scale");
  const mean = input(call, "mean");
  const variance = input(call, "variance");
  const dy = input(call, "dy");
  const { epsilon, relu, residual } = call.attrs as Attributes;
  const { type, across, rows, rowsEach, slices } = cutOf(gpu, x.shape);
  const arrays = arraysOf(type);
  const zero = `${type}()`;
  const channels = x.shape.at(-1) ?? 1;
  const masked = (at: string) =>
    relu ? `select(${zero}, dy[${at}], y[${at}] > ${zero})` : `dy[${at}]`;
  const outputs = relu ? { y } : {};

  const sums = gpu.output([slices, 2, channels]);
  runLanes(gpu, {
    n: across * slices,
    written: arrays({ sums }),
    read: arrays({ x, dy, mean, variance, ...outputs }),
    body: `
  let c = i % ${across}u;
  let slice = i / ${across}u;
  let end = min((slice + 1u) * ${rowsEach}u, ${rows}u);
  let centre = mean[c];
  let deviation = inverseSqrt(variance[c] + ${epsilon});
  var sum = ${zero};
  var products = ${zero};
  for (var row = slice * ${rowsEach}u; row < end; row++) {
    let at = row * ${across}u + c;
    let d = ${masked("at")};
    sum += d;
    products = fma(d, (x[at] - centre) * deviation, products);
  }
  sums[slice * ${2 * across}u + c] = sum;
  sums[slice * ${2 * across}u + ${across}u + c] = products;`,
  });

  const dscale = gpu.output([channels]);
  const doffset = gpu.output([channels]);
  runLanes(gpu, {
    n: across,
    written: arrays({ dscale, doffset }),
    read: arrays({ sums }),
    body: `
  var sum = ${zero};
  var products = ${zero};
  for (var slice = 0u; slice < ${slices}u; slice++) {
    sum += sums[slice * ${2 * across}u + i];
    products += sums[slice * ${2 * across}u + ${across}u + i];
  }
  doffset[i] = sum;
  dscale[i] = products;`,
  });
  gpu.free(sums);

  // dx = k·(dy' − Σdy'/n − x̂·Σ(dy'·x̂)/n) = a·dy' + b·x + c by channel; a GPU binds few buffers at once.
  const line = gpu.output([3, channels]);
  runLanes(gpu, {
    n: across,
    written: arrays({ line }),
    read: arrays({ mean, variance, scale, dscale, doffset }),
    body: `
  let deviation = inverseSqrt(variance[i] + ${epsilon});
  let a = scale[i] * deviation;
  let b = -a * deviation * dscale[i] / ${rows}.0;
  line[i] = a;
  line[${across}u + i] = b;
  line[${2 * across}u + i] = -a * doffset[i] / ${rows}.0 - b * mean[i];`,
  });

  const n = across * rows;
  const dx = gpu.output(x.shape);
  const dresidual = residual ? { dresidual: gpu.output(x.shape) } : {};
  runLanes(gpu, {
    n,
    written: arrays({ dx, ...dresidual }),
    read: arrays({ x, dy, line, ...outputs }),
    body: `
  let c = i % ${across}u;
  let d = ${masked("i")};
  ${residual ? "dresidual[i] = d;" : ""}
  dx[i] = fma(line[c], d, fma(line[${across}u + c], x[i], line[${
      2 * across
    }u + c]));`,
  });
  gpu.free(line);
  return [dx, dscale, doffset, ...Object.values(dresidual)];
}
