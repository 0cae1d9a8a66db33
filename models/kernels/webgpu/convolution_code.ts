/**
 * WGSL for convolutions. Sizes are constants of the code, so that the driver
 * can unroll and drop what does not apply.
 *
 * @module
 */
import type { Tiling } from "./tiling.ts";

/** Sizes of a convolution of x [n, h, w, c] with a filter [kh, kw, c, d]. */
export interface ConvolutionSizes {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** Rows above and columns to the left that are padding. */
  readonly top: number;
  readonly left: number;
}

/** What is done to the product before it is written. */
export interface Epilogue {
  readonly bias: boolean;
  /** Channels of a residual that is added; 0 for none. */
  readonly residualChannels: number;
  readonly relu: boolean;
}

/** Code, and how many workgroups run it. */
export interface Program {
  readonly code: string;
  readonly groups: readonly [number, number];
}

/** The numbers 0 … n − 1. */
export function range(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** Workgroups in x and y that hold `lanes` invocations each and `n` in all. */
export function groupsOf(
  n: number,
  lanes: number,
): readonly [number, number] {
  const groups = Math.ceil(n / lanes);
  const x = Math.min(groups, 65_535);
  return [x, Math.ceil(groups / x)];
}

/** WGSL that names the place of an invocation among all, `i`, in the groups of {@linkcode groupsOf}. */
export const PLACE = "var i = (g.y * count.x + g.x) * LANES + l.x;" as const;

/** Bytes of a uniform buffer that every device binds. */
const UNIFORM_BYTES = 65_536;
/** Where a section of a uniform buffer may begin. */
const ALIGNMENT = 256;

/** The filter of a convolution in the order in which it is read, cut by output channels. */
export interface PackedFilter {
  /** Output channels of a section. */
  readonly tile: number;
  readonly sections: number;
  /** From the start of one section to that of the next. */
  readonly sectionBytes: number;
  /** Weights of a section, in fours. */
  readonly vectors: number;
}

/** How the filter of a convolution is packed; `undefined` if it is too large. */
export function packingOf(
  sizes: ConvolutionSizes,
  tiling: Tiling,
): PackedFilter | undefined {
  const { channels, filterHeight, filterWidth } = sizes;
  const depth = filterHeight * filterWidth * channels;
  const most = Math.floor((UNIFORM_BYTES - 16) / (4 * depth));
  if (most < 4) return undefined;
  const padded = Math.ceil(sizes.outChannels / 4) * 4;
  const tile = channelTile(padded, Math.min(tiling.channels, most));
  const vectors = depth * tile / 4;
  return {
    tile,
    sections: padded / tile,
    sectionBytes: Math.ceil((16 + 16 * vectors) / ALIGNMENT) * ALIGNMENT,
    vectors,
  };
}

/** The largest divisor of `n` that is not above `most`. */
export function divisor(n: number, most: number): number {
  for (let tile = Math.min(n, most); tile > 1; tile--) {
    if (n % tile === 0) return tile;
  }
  return 1;
}

/** The largest divisor of `n` that is not above `most` and divides into fours. */
export function channelTile(n: number, most: number): number {
  for (let tile = Math.min(n, most); tile > 4; tile -= 4) {
    if (tile % 4 === 0 && n % tile === 0) return tile;
  }
  return 4;
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
      relu ? `max(${sum}, vec4f())` : sum
    };`,
  ].join("\n  ");
}

/** The same for channels that do not divide into fours: one by one, those that there are. */
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
        relu ? `max(${one}, 0.0)` : one
      }; } }`,
    ];
  }).join("\n  ");
}

/**
 * Packs a filter: sections of output channels, each with the place of its
 * first channel and then its weights [kh, kw, c, d of the section]. Turned
 * round, it is upside down, mirrored, and has its channels exchanged. Channels
 * that the last section has too many count as zero.
 *
 * Bindings: the filter, the sections.
 *
 * @param sizes of the convolution with the packed filter
 */
export function packingProgram(
  { channels, outChannels, filterHeight, filterWidth }: ConvolutionSizes,
  { packing, tiling, turned }: {
    readonly packing: PackedFilter;
    readonly tiling: Tiling;
    readonly turned: boolean;
  },
): Program {
  const { tile, sections, vectors, sectionBytes } = packing;
  const taps = filterHeight * filterWidth;
  const n = 4 * vectors * sections;
  const from = turned
    ? `((${taps - 1}u - tap) * ${outChannels}u + d) * ${channels}u + c`
    : `(tap * ${channels}u + c) * ${outChannels}u + d`;
  const code = `
const LANES = ${tiling.lanes}u;
@group(0) @binding(0) var<storage, read> filter_: array<f32>;
@group(0) @binding(1) var<storage, read_write> sections: array<u32>;
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  let section = i / ${vectors * 4}u;
  let place = i % ${vectors * 4}u;
  let start = section * ${sectionBytes / 4}u;
  let d = section * ${tile}u + place % ${tile}u;
  let c = (place / ${tile}u) % ${channels}u;
  let tap = place / ${tile * channels}u;
  sections[start + 4u + place] = bitcast<u32>(select(0.0, filter_[${from}], d < ${outChannels}u));
  if (place == 0u) { sections[start] = section * ${tile / 4}u; }
}`;
  return { code, groups: groupsOf(n, tiling.lanes) };
}
