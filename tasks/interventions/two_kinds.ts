/**
 * Two kinds of networks of which one is held against the other, for the
 * jackknife: what is left out of either.
 *
 * @module
 */
import { BLOCKS } from "../../shifts/measure/group_counts.ts";
import type { meanOver } from "../../shifts/measure/mean_over.ts";
import type { LeftOut } from "../../stats/intervals/jackknife.ts";

/** Networks of the first kind, or pairs; of the second, where they are no pairs; blocks of images. */
export type TwoKindsFactor = "a" | "b" | "images";

/** How many members each factor has, and what is left out of a kind when one of them is. */
export interface TwoKinds {
  readonly factors: Readonly<Record<TwoKindsFactor, number>>;
  readonly without: (
    one: LeftOut<TwoKindsFactor> | undefined,
    side: "a" | "b",
  ) => Parameters<typeof meanOver>[2];
}

/**
 * Networks are left out kind by kind, as each varies by itself; the i-th of
 * both together where they are pairs, made of the same network.
 *
 * @param networks how many there are of each kind
 * @throws {RangeError} for pairs of which one is missing
 */
export function twoKinds(
  networks: Readonly<Record<"a" | "b", number>>,
  { paired }: { readonly paired: boolean },
): TwoKinds {
  if (paired && networks.a !== networks.b) {
    throw new RangeError(
      `Cannot compare networks pair by pair: there are ${networks.a} and ${networks.b}`,
    );
  }
  return {
    factors: {
      a: networks.a,
      b: paired ? 1 : networks.b,
      images: BLOCKS,
    },
    without: (one, side) =>
      one?.factor === "images"
        ? { factor: "images", member: one.member }
        : one?.factor === side || (paired && one?.factor === "a")
        ? { factor: "networks", member: one.member }
        : undefined,
  };
}
