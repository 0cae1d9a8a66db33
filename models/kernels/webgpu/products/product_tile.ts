/**
 * Which tile of shared memory suits a product, by a count of what a card does.
 *
 * @module
 */
import type { Precision, ProductTile } from "../gpu/tiling.ts";

/** Sizes of y [batch, rows, columns] = a [batch, rows, depth] · b [batch, depth, columns]. */
export interface ProductSizes {
  readonly batch: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

/**
 * What is counted: multiprocessors, and what one does a clock. These are the
 * numbers of data-centre cards of NVIDIA since 2020 (an H100 has 132, an A100
 * 108); a smaller card has the same proportions.
 */
const CARD = {
  processors: 132,
  /** Multiplications with addition, in single precision. */
  products: 128,
  /** Floats that lanes get from shared memory: 32 banks. */
  sharedFloats: 32,
  /** Invocations that keep it busy: two groups of 32 for each of its four schedulers. */
  lanes: 256,
} as const;

/** Depth of a tile: the two largest tiles of factors fill the 16 KiB of shared memory that every device has. */
export function tileDepth(precision: Precision): number {
  return precision === "half" ? 32 : 16;
}

/** Invocations of a workgroup that computes a tile. */
export function lanesOf({ rows, columns, down, right }: ProductTile): number {
  return rows * columns / (16 * down * right);
}

/** Tiles of one matrix of the output, down and to the right. */
export function tileGroups(
  { rows, columns }: Pick<ProductSizes, "rows" | "columns">,
  tile: Pick<ProductTile, "rows" | "columns">,
): readonly [down: number, right: number] {
  return [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns)];
}

/**
 * Clocks of the busiest multiprocessor for each place in depth.
 *
 * A workgroup takes as long as its arithmetic, or as loading its factors from
 * shared memory if that is longer: 4×4 places an invocation load eight floats
 * for sixteen products, twice as long as these take; 8×8 places are balanced.
 * What lies outside of the output counts like the rest, and where too few lanes
 * are at work the multiprocessor is idle in proportion.
 */
export function clocksOf(
  sizes: Omit<ProductSizes, "depth">,
  { tile, slices }: { readonly tile: ProductTile; readonly slices: number },
): number {
  const [down, right] = tileGroups(sizes, tile);
  const groups = Math.ceil(
    sizes.batch * down * right * slices / CARD.processors,
  );
  const lanes = lanesOf(tile);
  const each = Math.max(
    tile.rows * tile.columns / CARD.products,
    lanes * 4 * (tile.down + tile.right) / CARD.sharedFloats,
  );
  return groups * each / Math.min(1, groups * lanes / CARD.lanes);
}

/** The tile with the fewest clocks; of equals the one that computes least outside of the output, the first of those. */
export function chooseTile(
  sizes: Omit<ProductSizes, "depth">,
  { tiles, slices }: {
    readonly tiles: readonly ProductTile[];
    readonly slices: number;
  },
): ProductTile {
  const counted = tiles.map((tile) => {
    const [down, right] = tileGroups(sizes, tile);
    return {
      tile,
      clocks: clocksOf(sizes, { tile, slices }),
      places: down * tile.rows * right * tile.columns,
    };
  }).sort((a, b) => a.clocks - b.clocks || a.places - b.places);
  return counted[0]?.tile as ProductTile;
}
