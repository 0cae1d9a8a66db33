/** The feature of a device that computes in half precision. */
export const HALF_PRECISION = "shader-f16" as const;

/** How exactly the tiles of a product are multiplied; sums of tiles are always in single precision. */
export type Precision = "single" | "half";

/** The part of a product that a workgroup computes from tiles of its factors in shared memory. */
export interface ProductTile {
  /** Rows and columns of the output: powers of two from 16 on. */
  readonly rows: number;
  readonly columns: number;
  /** Rows and columns that one invocation computes, in fours. */
  readonly down: number;
  readonly right: number;
}

/** How much one invocation computes, and how many work side by side. */
export interface Tiling {
  /** For which kind of adapter; recorded with the device. */
  readonly name: "software" | "hardware";
  /** Invocations of a workgroup. */
  readonly lanes: number;
  /** Pixels of an output row that one invocation of a convolution computes. */
  readonly pixels: number;
  /** Channels that it computes for each of them, at most; a multiple of 4. */
  readonly channels: number;
  /** Channels of the output that one invocation of a filter's gradient covers, at most. */
  readonly filterChannels: number;
  /** Invocations to aim at where a sum is split into parts. */
  readonly invocations: number;
  /** Tiles that a product may choose from, the first of equals; without any an invocation computes alone. */
  readonly tiles: readonly ProductTile[];
}

/** Tiles for a GPU: large ones for arithmetic per load, small and narrow ones for small and narrow products. */
const TILES: readonly ProductTile[] = [
  { rows: 128, columns: 128, down: 2, right: 2 },
  { rows: 128, columns: 64, down: 2, right: 2 },
  { rows: 64, columns: 64, down: 2, right: 2 },
  { rows: 128, columns: 32, down: 2, right: 2 },
  { rows: 32, columns: 32, down: 1, right: 1 },
  { rows: 64, columns: 16, down: 1, right: 1 },
];

/**
 * A driver that computes on the CPU has few lanes and pays for every load: much
 * arithmetic on what is loaded. A GPU hides loads behind thousands of
 * invocations, and holds few values in each. Shared memory is for a GPU alone:
 * its barriers cost a software driver more than they save.
 */
export function tilingOf({ software }: { readonly software: boolean }): Tiling {
  return software
    ? {
      name: "software",
      lanes: 16,
      pixels: 4,
      channels: 16,
      filterChannels: 8,
      invocations: 2048,
      tiles: [],
    }
    : {
      name: "hardware",
      lanes: 64,
      pixels: 4,
      channels: 8,
      filterChannels: 4,
      invocations: 65_536,
      tiles: TILES,
    };
}
