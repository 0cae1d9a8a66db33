/**
 * How products are cut into the work of invocations, workgroups and slices.
 *
 * @module
 */
import type { Tiling } from "./tiling.ts";

/** Sizes of y [batch, rows, columns] = a [batch, rows, depth] · b [batch, depth, columns]. */
export interface ProductSizes {
  readonly batch: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

/** How a product is cut. */
export interface ProductCut {
  /** Slices of the depth, each summed on its own: y is [slice, batch, rows, columns]. */
  readonly slices: number;
  /** Depth of a slice, in steps. */
  readonly stepsEach: number;
}

/** Rows and columns of the tile of a workgroup on a GPU. */
export const TILE = 64;
/** Depth of its tiles in shared memory: two of 64×32 floats fill the 16 KiB that every device has. */
export const TILE_DEPTH = 32;
/** Least depth for which a slice of its own pays. */
const SLICE_DEPTH = 256;

/** Depths that a program loads in one step. */
export function depthStep(tiling: Tiling): number {
  return tiling.name === "hardware" ? TILE_DEPTH : 1;
}

/** Rows and columns that one invocation computes on a software driver, in fours. */
export function blockOf(
  { rows, columns }: ProductSizes,
): { readonly down: number; readonly right: number } {
  return {
    down: rows >= 128 ? 2 : 1,
    right: Math.min(4, Math.ceil(columns / 4)),
  };
}

/** Into how many slices a depth is cut, so that all lanes have work. */
export function cutProduct(sizes: ProductSizes, tiling: Tiling): ProductCut {
  const steps = Math.ceil(sizes.depth / depthStep(tiling));
  const wanted = Math.ceil(
    tiling.invocations / (workgroups(sizes, tiling) * lanesOf(tiling)),
  );
  const most = Math.max(1, Math.floor(sizes.depth / SLICE_DEPTH));
  const stepsEach = Math.ceil(steps / Math.min(wanted, most));
  return { stepsEach, slices: Math.ceil(steps / stepsEach) };
}

/** Invocations of a workgroup. */
export function lanesOf(tiling: Tiling): number {
  return tiling.name === "hardware" ? (TILE / 4) ** 2 : tiling.lanes;
}

/** Tiles of the output, down and to the right. */
export function tilesOf(sizes: ProductSizes, tiling: Tiling): [number, number] {
  if (tiling.name === "hardware") {
    return [Math.ceil(sizes.rows / TILE), Math.ceil(sizes.columns / TILE)];
  }
  const { down, right } = blockOf(sizes);
  return [
    Math.ceil(sizes.rows / (4 * down * tiling.lanes)),
    Math.ceil(sizes.columns / (4 * right)),
  ];
}

/** Workgroups of a slice. */
export function workgroups(sizes: ProductSizes, tiling: Tiling): number {
  const [down, right] = tilesOf(sizes, tiling);
  return sizes.batch * down * right;
}
