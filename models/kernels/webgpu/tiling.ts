/** The feature of a device that computes in half precision. */
export const HALF_PRECISION = "shader-f16" as const;

/** How exactly the tiles of a product are multiplied; sums of tiles are always in single precision. */
export type Precision = "single" | "half";

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
}

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
    }
    : {
      name: "hardware",
      lanes: 64,
      pixels: 4,
      channels: 8,
      filterChannels: 4,
      invocations: 65_536,
    };
}
