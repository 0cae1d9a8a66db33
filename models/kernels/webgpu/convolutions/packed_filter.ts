/**
 * The filter of a convolution in a uniform buffer, which a software driver
 * loads once for all lanes.
 *
 * @module
 */
import type { ConvolutionSizes } from "./convolution_sizes.ts";
import type { Tiling } from "../gpu/tiling.ts";
import {
  channelTile,
  groupsOf,
  PLACE,
  type Program,
} from "../passes/work_groups.ts";

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
