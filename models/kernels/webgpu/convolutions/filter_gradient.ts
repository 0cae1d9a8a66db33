import type * as tf from "@tensorflow/tfjs-core";
import type { ConvolutionSizes } from "./convolution_sizes.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { sumSlices } from "../passes/slices.ts";
import { suitsTiles, tiledFilterGradient } from "./tiled_convolution.ts";
import type { Tiling } from "../gpu/tiling.ts";
import {
  channelTile,
  divisor,
  groupsOf,
  PLACE,
  type Program,
  range,
} from "../passes/work_groups.ts";

/** The gradient of a convolution of x [n, h, w, c] with its filter: from dy [n, oh, ow, d] → [kh, kw, c, d]. */
export function filterGradient(
  gpu: Gpu,
  sizes: ConvolutionSizes,
  { x, dy }: { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo },
): tf.TensorInfo {
  const { filterHeight, filterWidth, channels, outChannels } = sizes;
  const shape = [filterHeight, filterWidth, channels, outChannels];
  if (suitsTiles(gpu, sizes)) {
    return tiledFilterGradient(gpu, sizes, { x, dy, shape });
  }
  const { code, groups, slices } = partialProgram(sizes, gpu.tiling);
  const dw = gpu.output(shape);
  if (slices === 1) {
    gpu.run({ code, bind: [dw, x, dy], written: 1, groups });
    return dw;
  }
  const partial = gpu.output([slices, ...shape]);
  gpu.run({ code, bind: [partial, x, dy], written: 1, groups });
  sumSlices(gpu, { from: partial, to: dw, slices });
  gpu.free(partial);
  return dw;
}

/**
 * One invocation sums over a slice of the output rows, for all taps of a
 * filter row, a few input channels and a few output channels. Slices are added
 * afterwards in a fixed order, so the result is the same each time.
 *
 * Bindings: sums [slice, kh, kw, c, d], x, dy.
 */
function partialProgram(
  sizes: ConvolutionSizes,
  tiling: Tiling,
): Program & { readonly slices: number } {
  const { channels, outChannels, width, outWidth, filterWidth } = sizes;
  const { strideWidth, dilationWidth, left } = sizes;
  const vector = channels % 4 === 0;
  const parts = vector ? 4 : 1;
  const type = vector ? "vec4f" : "f32";
  const outParts = outChannels % 4 === 0 ? 4 : 1;
  const outType = outParts === 4 ? "vec4f" : "f32";
  const tile = outParts === 4
    ? channelTile(outChannels, tiling.filterChannels)
    : divisor(outChannels, 4);
  const vectors = tile / outParts;
  const blocks = outChannels / tile;
  const inBlocks = channels / parts;
  const each = sizes.filterHeight * inBlocks * blocks;
  const lines = sizes.images * sizes.outHeight;
  const slices = Math.max(
    1,
    Math.min(lines, Math.ceil(tiling.invocations / each)),
  );
  const linesEach = Math.ceil(lines / slices);
  // At stride 1 each tap sees next what its neighbour sees now.
  const slides = strideWidth === 1 && dilationWidth === 1;
  const load = (k: number, column: string) =>
    `{ let column = ${column}; x${k} = select(${
      vector ? "vec4f()" : "0.0"
    }, x[u32(row + clamp(column, 0, WIDTH - 1)) * CHANNELS + c], column >= 0 && column < WIDTH); }`;
  const last = filterWidth - 1;
  const before = slides
    ? range(last).map((k) => load(k + 1, `${k - left}`))
    : [];
  const loads = slides
    ? [
      ...range(last).map((k) => `x${k} = x${k + 1};`),
      load(last, `i32(o) + ${last - left}`),
    ]
    : range(filterWidth).map((k) =>
      load(
        k,
        `i32(o) * ${strideWidth} + ${k * dilationWidth - left}`,
      )
    );
  const multiply = range(filterWidth).flatMap((k) =>
    range(parts).flatMap((part) =>
      range(vectors).map((v) =>
        `a${k}_${part}_${v} = fma(${outType}(x${k}${
          vector ? `.${"xyzw"[part]}` : ""
        }), d${v}, a${k}_${part}_${v});`
      )
    )
  );
  const names = range(filterWidth).flatMap((k) =>
    range(parts).flatMap((part) =>
      range(vectors).map((v) => `a${k}_${part}_${v}`)
    )
  );
  const store = range(filterWidth).flatMap((k) =>
    range(parts).flatMap((part) =>
      range(vectors).map((v) =>
        `sums[(((slice * ${sizes.filterHeight}u + kh) * ${filterWidth}u + ${k}u) * ${channels}u + c * ${parts}u + ${part}u) * OUT + first + ${v}u] = a${k}_${part}_${v};`
      )
    )
  );
  const n = each * slices;
  const code = `
const LANES = ${tiling.lanes}u;
const WIDTH = ${width};
const CHANNELS = ${inBlocks}u;
const OUT = ${outChannels / outParts}u;
@group(0) @binding(0) var<storage, read_write> sums: array<${outType}>;
@group(0) @binding(1) var<storage, read> x: array<${type}>;
@group(0) @binding(2) var<storage, read> dy: array<${outType}>;
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  let first = (i % ${blocks}u) * ${vectors}u;
  let c = (i / ${blocks}u) % CHANNELS;
  let kh = (i / ${blocks * inBlocks}u) % ${sizes.filterHeight}u;
  let slice = i / ${each}u;
  let end = min((slice + 1u) * ${linesEach}u, ${lines}u);
  ${names.map((name) => `var ${name} = ${outType}();`).join(" ")}
  for (var line = slice * ${linesEach}u; line < end; line++) {
    let inRow = i32((line % ${sizes.outHeight}u) * ${sizes.strideHeight}u + kh * ${sizes.dilationHeight}u) - ${sizes.top};
    if (inRow < 0 || inRow >= ${sizes.height}) { continue; }
    let row = (i32(line / ${sizes.outHeight}u) * ${sizes.height} + inRow) * WIDTH;
    ${range(filterWidth).map((k) => `var x${k}: ${type};`).join(" ")}
    ${before.join(" ")}
    for (var o = 0u; o < ${outWidth}u; o++) {
      ${loads.join("\n      ")}
      let at = (line * ${outWidth}u + o) * OUT + first;
      ${range(vectors).map((v) => `let d${v} = dy[at + ${v}u];`).join(" ")}
      ${multiply.join("\n      ")}
    }
  }
  ${store.join("\n  ")}
}`;
  return { code, groups: groupsOf(n, tiling.lanes), slices };
}
