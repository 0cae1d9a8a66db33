/**
 * How products are cut into the work of invocations, workgroups and slices.
 *
 * @module
 */
import {
  chooseTile,
  lanesOf,
  type ProductSizes,
  tileGroups,
} from "./product_tile.ts";
import type { ProductTile, Tiling } from "../gpu/tiling.ts";

/** How a product is cut. */
export interface ProductCut {
  /** What a workgroup computes in shared memory; without it each invocation computes its own block. */
  readonly tile?: ProductTile;
  /** Invocations of a workgroup. */
  readonly lanes: number;
  /** Workgroups of one matrix and slice, down and to the right. */
  readonly groups: readonly [down: number, right: number];
  /** Slices of the depth, each summed on its own: y is [slice, batch, rows, columns]. */
  readonly slices: number;
  /** Depth of a slice. */
  readonly depthEach: number;
}

/** Least depth for which a slice of its own pays. */
const SLICE_DEPTH = 256;
/** On a GPU slices begin at multiples of this, so that tiles of any depth fit. */
const SLICE_STEP = 32;
/** Rows and columns by which it is counted whether a GPU has enough work without slices. */
const SLICE_TILE = { rows: 64, columns: 64 } as const;
/** Workgroups of that size that a card wants: two for each of 132 multiprocessors. */
const SLICE_GROUPS = 264;

/** Rows and columns that one invocation computes on a software driver, in fours. */
export function blockOf(
  { rows, columns }: ProductSizes,
): { readonly down: number; readonly right: number } {
  return {
    down: rows >= 128 ? 2 : 1,
    right: Math.min(4, Math.ceil(columns / 4)),
  };
}

/**
 * Cuts a product so that all lanes have work.
 *
 * On a GPU the slices follow from the sizes alone and not from the tile, so that
 * every tile adds in the same order.
 *
 * @param whole whether the depth must stay in one piece
 */
export function cutProduct(
  sizes: ProductSizes,
  { tiling, whole = false }: {
    readonly tiling: Tiling;
    readonly whole?: boolean;
  },
): ProductCut {
  const { batch, rows, columns, depth } = sizes;
  const most = whole ? 1 : Math.max(1, Math.floor(depth / SLICE_DEPTH));
  const cutDepth = (wanted: number, step: number) => {
    const depthEach = step *
      Math.ceil(Math.ceil(depth / step) / Math.min(wanted, most));
    return { depthEach, slices: Math.ceil(depth / depthEach) };
  };
  if (tiling.tiles.length > 0) {
    const count = tileGroups(sizes, SLICE_TILE);
    const wanted = Math.ceil(SLICE_GROUPS / (batch * count[0] * count[1]));
    const cut = cutDepth(wanted, SLICE_STEP);
    const tile = chooseTile(sizes, {
      tiles: tiling.tiles,
      slices: cut.slices,
    });
    return {
      ...cut,
      tile,
      lanes: lanesOf(tile),
      groups: tileGroups(sizes, tile),
    };
  }
  const { lanes, invocations } = tiling;
  const { down, right } = blockOf(sizes);
  const groups = [
    Math.ceil(rows / (4 * down * lanes)),
    Math.ceil(columns / (4 * right)),
  ] as const;
  const wanted = Math.ceil(
    invocations / (batch * groups[0] * groups[1] * lanes),
  );
  return { ...cutDepth(wanted, 1), lanes, groups };
}
