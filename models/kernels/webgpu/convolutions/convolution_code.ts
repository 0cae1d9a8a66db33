/**
 * WGSL of a convolution. Sizes are constants of the code, so that the driver
 * can unroll and drop what does not apply.
 *
 * @module
 */
import type { ConvolutionSizes } from "./convolution_sizes.ts";
import type { PackedFilter } from "./packed_filter.ts";
import type { Tiling } from "../gpu/tiling.ts";
import { positivePart } from "../passes/positive_part.ts";
import { groupsOf, PLACE, type Program, range } from "../passes/work_groups.ts";

/** What is done to the product before it is written. */
export interface Epilogue {
  readonly bias: boolean;
  /** Channels of a residual that is added; 0 for none. */
  readonly residualChannels: number;
  readonly relu: boolean;
}

/**
 * One invocation computes a few neighbouring pixels of a row in a few
 * channels: each pixel that it loads serves several taps, each weight several
 * pixels. All invocations of a dispatch read the same weights, from a uniform
 * buffer: a software driver then loads them once and not once for each lane.
 *
 * Bindings: y, x, bias and residual if there are, a section of the filter.
 */
export function convolutionProgram(
  sizes: ConvolutionSizes,
  { epilogue, tiling, packing }: {
    readonly epilogue: Epilogue;
    readonly tiling: Tiling;
    readonly packing: PackedFilter;
  },
): Program {
  const { channels, outChannels, outWidth, width } = sizes;
  const { filterWidth, strideWidth, dilationWidth, left } = sizes;
  const vector = channels % 4 === 0;
  const parts = vector ? 4 : 1;
  const pixels = Math.min(tiling.pixels, outWidth);
  const vectors = packing.tile / 4;
  const across = Math.ceil(outWidth / pixels);
  const n = across * sizes.images * sizes.outHeight;
  // Columns that the pixels need under any tap of a filter row: each is loaded once.
  const columns = [
    ...new Set(
      range(pixels).flatMap((p) =>
        range(filterWidth).map((t) => p * strideWidth + t * dilationWidth)
      ),
    ),
  ].sort((a, b) => a - b);
  const load = columns.map((at) =>
    `let q${at} = start + ${at};
      let p${at} = select(${
      vector ? "vec4f()" : "0.0"
    }, x[u32(row + clamp(q${at}, 0, WIDTH - 1)) * CHANNELS + c], inside && q${at} >= 0 && q${at} < WIDTH);`
  );
  const multiply = range(filterWidth).flatMap((t) =>
    range(parts).flatMap((part) =>
      range(vectors).flatMap((v) => [
        `{ let w = u.w[w0 + ${(t * channels + part) * vectors + v}u];`,
        ...range(pixels).map((p) =>
          `a${p}_${v} = fma(vec4f(p${p * strideWidth + t * dilationWidth}${
            vector ? `.${"xyzw"[part]}` : ""
          }), w, a${p}_${v});`
        ),
        "}",
      ])
    )
  );
  const fours = outChannels % 4 === 0 && epilogue.residualChannels % 4 === 0;
  const storeOne = fours ? storeFour : storeSingly;
  const store = range(pixels).flatMap((p) => [
    `if (isThere && column0 + ${p}u < ${outWidth}u) {`,
    ...range(vectors).map((v) =>
      storeOne(`a${p}_${v}`, {
        pixel: `(pixel + ${p}u)`,
        four: `(first + ${v}u)`,
        epilogue,
        outChannels,
      })
    ),
    "}",
  ]);
  const outElement = fours ? "vec4f" : "f32";
  const type = vector ? "vec4f" : "f32";
  const further = [
    ...epilogue.bias ? ["bias"] : [],
    ...epilogue.residualChannels === 0 ? [] : ["residual"],
  ];
  const code = `
const LANES = ${tiling.lanes}u;
const WIDTH = ${width};
const CHANNELS = ${channels / parts}u;
@group(0) @binding(0) var<storage, read_write> y: array<${outElement}>;
@group(0) @binding(1) var<storage, read> x: array<${type}>;
${
    further.map((name, i) =>
      `@group(0) @binding(${
        i + 2
      }) var<storage, read> ${name}: array<${outElement}>;`
    ).join("\n")
  }
struct Section { first: vec4u, w: array<vec4f, ${packing.vectors}> }
@group(0) @binding(${further.length + 2}) var<uniform> u: Section;
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  let isThere = i < ${n}u;
  i = min(i, ${n - 1}u);
  let first = u.first.x;
  let column0 = (i % ${across}u) * ${pixels}u;
  let line = i / ${across}u;
  let start = i32(column0 * ${strideWidth}u) - ${left};
  let top = i32((line % ${sizes.outHeight}u) * ${sizes.strideHeight}u) - ${sizes.top};
  let image = i32(line / ${sizes.outHeight}u) * ${sizes.height};
  let pixel = line * ${outWidth}u + column0;
  ${
    range(pixels).flatMap((p) =>
      range(vectors).map((v) => `var a${p}_${v} = vec4f();`)
    ).join(" ")
  }
  for (var k = 0u; k < ${sizes.filterHeight}u; k++) {
    let inRow = top + i32(k) * ${sizes.dilationHeight};
    // Not left out: in a loop that some lanes leave, drivers load what all lanes share once for each.
    let inside = inRow >= 0 && inRow < ${sizes.height};
    let row = (image + clamp(inRow, 0, ${sizes.height - 1})) * WIDTH;
    for (var c = 0u; c < CHANNELS; c++) {
      ${load.join("\n      ")}
      let w0 = (k * ${filterWidth * channels}u + c * ${parts}u) * ${vectors}u;
      ${multiply.join("\n      ")}
    }
  }
  ${store.join("\n  ")}
}`;
  return { code, groups: groupsOf(n, tiling.lanes) };
}

/** Where four neighbouring channels of a pixel are written. */
interface Stored {
  /** WGSL: the pixel among all. */
  readonly pixel: string;
  /** WGSL: the first channel, in fours. */
  readonly four: string;
  readonly epilogue: Epilogue;
  readonly outChannels: number;
}

/** Adds what the epilogue says to the sum of four channels, and writes it. */
function storeFour(
  sum: string,
  { pixel, four, epilogue, outChannels }: Stored,
): string {
  const { bias, relu, residualChannels } = epilogue;
  const vectors = residualChannels / 4;
  return [
    bias ? `${sum} += bias[${four}];` : "",
    vectors === 0
      ? ""
      : `if (${four} < ${vectors}u) { ${sum} += residual[${pixel} * ${vectors}u + ${four}]; }`,
    `y[${pixel} * ${outChannels / 4}u + ${four}] = ${
      relu ? positivePart(sum, "vec4f") : sum
    };`,
  ].join("\n  ");
}

/** Writes a sum whose channels do not divide into fours: one by one, those that there are. */
function storeSingly(
  sum: string,
  { pixel, four, epilogue, outChannels }: Stored,
): string {
  const { bias, relu, residualChannels } = epilogue;
  return [..."xyzw"].flatMap((part, i) => {
    const one = `${sum}.${part}`;
    return [
      `{ let d = 4u * ${four} + ${i}u; if (d < ${outChannels}u) {`,
      bias ? `${one} += bias[d];` : "",
      residualChannels === 0
        ? ""
        : `if (d < ${residualChannels}u) { ${one} += residual[${pixel} * ${residualChannels}u + d]; }`,
      `y[${pixel} * ${outChannels}u + d] = ${
        relu ? positivePart(one, "f32") : one
      }; } }`,
    ];
  }).join("\n  ");
}
