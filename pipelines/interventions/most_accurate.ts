/**
 * What to do about a bias, in words: the most accurate networks under the
 * spurious tint, and what that costs where the tints stay as in training and
 * photographs are upside down.
 *
 * @module
 */
import {
  type IntervenedNetworks,
  sayMostAccurate,
} from "../../tasks/interventions/say_most_accurate.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Gain } from "../shared/synthetic/gains.ts";
import { shiftNamed } from "./claims.ts";
import type { FewRow } from "./curated.ts";
import { gainOf, gainOnFew, nOf, type UnderShift } from "./gains.ts";
import {
  type Intervention,
  INTERVENTION_TITLES,
  type Start,
  START_TITLES,
} from "./intervened.ts";

/** The same networks under both shifts, over the line of finished networks. */
interface Both {
  readonly inside: Gain;
  readonly outside: Gain;
}

/** Interventions of the setting of the spurious tint, curated examples among them. */
export function mostAccurate(
  shifts: readonly UnderShift[],
  few: readonly FewRow[],
): ReturnType<typeof sayMostAccurate> {
  const inside = shiftNamed(shifts, "spurious-tint");
  const outside = shiftNamed(shifts, "spurious-tint-kept-and-flip");
  const networks = (
    start: Start,
    { title, n, gains }: {
      readonly title: string;
      readonly n: number;
      readonly gains: Both;
    },
  ): Lazy<IntervenedNetworks> => {
    const without = bothOf(start, "none");
    const { shifted, value, low, high } = gains.outside;
    return {
      title: `${title}; ${START_TITLES[start]}, ${nOf(n)}`,
      inSupport: gains.inside.shifted,
      outOfSupport: shifted,
      without: {
        inSupport: without.inside.shifted,
        outOfSupport: without.outside.shifted,
      },
      robustness: { value, low, high },
    };
  };
  const bothOf = (start: Start, intervention: Intervention): Both => ({
    inside: gainOf(inside, start, intervention).sizes,
    outside: gainOf(outside, start, intervention).sizes,
  });
  const of = (...starts: readonly Start[]) => [
    ...starts.flatMap((start) =>
      Object.entries(inside.networks[start]).map(([name, { length }]) => {
        const intervention = name as Intervention;
        return networks(start, {
          title: INTERVENTION_TITLES[intervention],
          n: length,
          gains: bothOf(start, intervention),
        });
      })
    ),
    ...few.filter(({ start }) => starts.includes(start)).map((row) =>
      networks(row.start, {
        title: row.examples,
        n: row.evaluations.length,
        gains: {
          inside: gainOnFew(inside, row),
          outside: gainOnFew(outside, row),
        },
      })
    ),
  ];
  return sayMostAccurate({
    inSupport: "a spurious tint",
    outOfSupport:
      "a vertical flip with the tints kept, where colours still tell the class",
    kinds: [
      { title: "with pre-training", networks: of("photo", "probed") },
      { title: "without", networks: of("scratch") },
    ],
  }, "spurious-tint");
}
