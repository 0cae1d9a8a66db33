import * as tf from "@tensorflow/tfjs";
import { groupsOf, PLACE } from "./convolution_code.ts";
import type { Gpu } from "./gpu.ts";
import { input, type KernelCall, type KernelOutput } from "./gpu_kernel.ts";

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

/** Head of a program over `n` invocations with some arrays bound. */
function head(
  gpu: Gpu,
  { n, type, written, read }: {
    readonly n: number;
    readonly type: string;
    readonly written: readonly string[];
    readonly read: readonly string[];
  },
): string {
  const bindings = [
    ...written.map((name) => ({ name, access: "read_write" })),
    ...read.map((name) => ({ name, access: "read" })),
  ].map(({ name, access }, i) =>
    `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`
  );
  return `
const LANES = ${gpu.tiling.lanes}u;
${bindings.join("\n")}
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }`;
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
  const zero = `${type}()`;
  const channels = x.shape.at(-1) ?? 1;

  const sums = gpu.output([slices, 2, channels]);
  gpu.run({
    code: `${
      head(gpu, { n: across * slices, type, written: ["sums"], read: ["x"] })
    }
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
  sums[slice * ${2 * across}u + ${across}u + c] = squares;
}`,
    bind: [sums, x],
    written: 1,
    groups: groupsOf(across * slices, gpu.tiling.lanes),
  });

  const mean = gpu.output([channels]);
  const variance = gpu.output([channels]);
  gpu.run({
    code: `${
      head(gpu, {
        n: across,
        type,
        written: ["mean", "variance"],
        read: ["sums", "x"],
      })
    }
  var sum = ${zero};
  var squares = ${zero};
  for (var slice = 0u; slice < ${slices}u; slice++) {
    sum += sums[slice * ${2 * across}u + i];
    squares += sums[slice * ${2 * across}u + ${across}u + i];
  }
  let shift = sum / ${rows}.0;
  mean[i] = x[i] + shift;
  variance[i] = max(squares / ${rows}.0 - shift * shift, ${zero});
}`,
    bind: [mean, variance, sums, x],
    written: 2,
    groups: groupsOf(across, gpu.tiling.lanes),
  });
  gpu.free(sums);

  const y = gpu.output(x.shape);
  const n = across * rows;
  gpu.run({
    code: `${
      head(gpu, {
        n,
        type,
        written: ["y"],
        read: [
          ...["x", "mean", "variance", "scale", "offset"],
          ...residual ? ["residual"] : [],
        ],
      })
    }
  let c = i % ${across}u;
  let factor = scale[c] * inverseSqrt(variance[c] + ${epsilon});
  var value = (x[i] - mean[c]) * factor + offset[c];
  ${residual ? "value += residual[i];" : ""}
  y[i] = ${relu ? `max(value, ${zero})` : "value"};
}`,
    bind: [
      ...[y, x, mean, variance, scale, offset],
      ...residual ? [input(call, "residual")] : [],
    ],
    written: 1,
    groups: groupsOf(n, gpu.tiling.lanes),
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
  const zero = `${type}()`;
  const channels = x.shape.at(-1) ?? 1;
  const masked = (at: string) =>
    relu ? `select(${zero}, dy[${at}], y[${at}] > ${zero})` : `dy[${at}]`;
  const readY = relu ? ["y"] : [];
  const bindY = relu ? [y] : [];

  const sums = gpu.output([slices, 2, channels]);
  gpu.run({
    code: `${
      head(gpu, {
        n: across * slices,
        type,
        written: ["sums"],
        read: ["x", "dy", "mean", "variance", ...readY],
      })
    }
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
  sums[slice * ${2 * across}u + ${across}u + c] = products;
}`,
    bind: [sums, x, dy, mean, variance, ...bindY],
    written: 1,
    groups: groupsOf(across * slices, gpu.tiling.lanes),
  });

  const dscale = gpu.output([channels]);
  const doffset = gpu.output([channels]);
  gpu.run({
    code: `${
      head(gpu, {
        n: across,
        type,
        written: ["dscale", "doffset"],
        read: ["sums"],
      })
    }
  var sum = ${zero};
  var products = ${zero};
  for (var slice = 0u; slice < ${slices}u; slice++) {
    sum += sums[slice * ${2 * across}u + i];
    products += sums[slice * ${2 * across}u + ${across}u + i];
  }
  doffset[i] = sum;
  dscale[i] = products;
}`,
    bind: [dscale, doffset, sums],
    written: 2,
    groups: groupsOf(across, gpu.tiling.lanes),
  });
  gpu.free(sums);

  // dx = k·(dy' − Σdy'/n − x̂·Σ(dy'·x̂)/n) = a·dy' + b·x + c by channel; a GPU binds few buffers at once.
  const line = gpu.output([3, channels]);
  gpu.run({
    code: `${
      head(gpu, {
        n: across,
        type,
        written: ["line"],
        read: ["mean", "variance", "scale", "dscale", "doffset"],
      })
    }
  let deviation = inverseSqrt(variance[i] + ${epsilon});
  let a = scale[i] * deviation;
  let b = -a * deviation * dscale[i] / ${rows}.0;
  line[i] = a;
  line[${across}u + i] = b;
  line[${2 * across}u + i] = -a * doffset[i] / ${rows}.0 - b * mean[i];
}`,
    bind: [line, mean, variance, scale, dscale, doffset],
    written: 1,
    groups: groupsOf(across, gpu.tiling.lanes),
  });

  const n = across * rows;
  const dx = gpu.output(x.shape);
  const dresidual = residual ? [gpu.output(x.shape)] : [];
  gpu.run({
    code: `${
      head(gpu, {
        n,
        type,
        written: ["dx", ...residual ? ["dresidual"] : []],
        read: ["x", "dy", "line", ...readY],
      })
    }
  let c = i % ${across}u;
  let d = ${masked("i")};
  ${residual ? "dresidual[i] = d;" : ""}
  dx[i] = fma(line[c], d, fma(line[${across}u + c], x[i], line[${
      2 * across
    }u + c]));
}`,
    bind: [dx, ...dresidual, x, dy, line, ...bindY],
    written: 1 + dresidual.length,
    groups: groupsOf(n, gpu.tiling.lanes),
  });
  gpu.free(line);
  return [dx, dscale, doffset, ...dresidual];
}
