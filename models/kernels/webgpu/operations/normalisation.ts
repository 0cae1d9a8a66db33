import * as tf from "@tensorflow/tfjs-core";
import { sumColumns } from "../passes/column_sums.ts";
import {
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { arraysOf, runLanes } from "../passes/lane_pass.ts";
import { positivePart } from "../passes/positive_part.ts";

interface Attributes {
  readonly epsilon: number;
  readonly relu: boolean;
  readonly residual: boolean;
}

/** x as [rows, vector of channels]. */
function extentOf({ shape }: tf.TensorInfo): {
  readonly type: "vec4f" | "f32";
  /** Vectors of channels in a row. */
  readonly across: number;
  readonly channels: number;
  readonly rows: number;
} {
  const channels = shape.at(-1) ?? 1;
  const vector = channels % 4 === 0;
  return {
    type: vector ? "vec4f" : "f32",
    across: vector ? channels / 4 : channels,
    channels,
    rows: tf.util.sizeFromShape([...shape]) / channels,
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
  const { type, across, channels, rows } = extentOf(x);
  const arrays = arraysOf(type);
  const added = residual ? { residual: input(call, "residual") } : {};

  const mean = gpu.output([channels]);
  const variance = gpu.output([channels]);
  sumColumns(gpu, {
    rows,
    columns: channels,
    read: () => arrays({ x }),
    before: "let first = x[c];",
    sums: {
      sum: "let d = x[at] - first; sum += d;",
      squares: "squares = fma(d, d, squares);",
    },
    finish: {
      written: () => arrays({ mean, variance }),
      read: () => arrays({ x }),
      body: `
  let shift = sum / ${rows}.0;
  mean[i] = x[i] + shift;
  let spread = squares / ${rows}.0 - shift * shift;
  variance[i] = ${positivePart("spread", type)};`,
    },
  });

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
  y[i] = ${relu ? positivePart("value", type) : "value"};`,
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
  const { type, across, channels, rows } = extentOf(x);
  const arrays = arraysOf(type);
  const zero = `${type}()`;
  const masked = (at: string) =>
    relu ? `select(${zero}, dy[${at}], y[${at}] > ${zero})` : `dy[${at}]`;
  const outputs = relu ? { y } : {};

  const dscale = gpu.output([channels]);
  const doffset = gpu.output([channels]);
  sumColumns(gpu, {
    rows,
    columns: channels,
    read: () => arrays({ x, dy, mean, variance, ...outputs }),
    before: `let centre = mean[c];
  let deviation = inverseSqrt(variance[c] + ${epsilon});`,
    sums: {
      sum: `let d = ${masked("at")}; sum += d;`,
      products: "products = fma(d, (x[at] - centre) * deviation, products);",
    },
    finish: {
      written: () => arrays({ dscale, doffset }),
      body: "doffset[i] = sum; dscale[i] = products;",
    },
  });

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
