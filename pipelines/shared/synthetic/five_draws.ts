/**
 * What claims on the four shifts come to in the mean over five draws of all
 * that is random, which were run on 2026-11-29 at `default` (docs/log.md).
 *
 * @module
 */
import type { Claim, Estimate } from "../../../reports/value/claim.ts";
import { LINE_TITLES, onBothLines } from "./claims.ts";
import { LEVEL, type Scale, SCALES } from "./scale.ts";

/** A mean with the ends of its interval, by Student's t over draws; in points. */
type Mean = readonly [value: number, low: number, high: number];

/** Over the line of finished networks, then over that of checkpoints, by experiment and claim. */
const MEANS: Readonly<
  Record<string, readonly [sizes: Mean, checkpoints: Mean]>
> = {
  "unseen-tint/photo-weak": [[4.6, 3.6, 5.5], [4.2, 3.3, 5.2]],
  "unseen-tint/photo-over-narrow-weak": [[4.4, 3.7, 5.0], [4.4, 3.8, 5.0]],
  "unseen-tint/photo-strong": [[8.9, 6.9, 11.0], [8.9, 6.4, 11.5]],
  "unseen-tint/photo-over-narrow-strong": [[7.9, 6.8, 9.1], [8.0, 6.8, 9.3]],
  "vertical-flip/photo": [[3.5, 3.0, 4.0], [3.4, 2.7, 4.1]],
  "vertical-flip/photo-over-narrow": [[5.2, 4.8, 5.6], [5.1, 4.7, 5.5]],
  "spurious-tint/photo-in-support": [[3.1, 2.2, 4.0], [2.1, 1.1, 3.1]],
  "spurious-tint/narrow-in-support": [[2.2, 1.5, 2.9], [1.0, 0.2, 1.7]],
  "spurious-tint/photo-over-narrow": [[0.9, 0.6, 1.3], [1.1, 0.8, 1.5]],
  "label-shift/photo-in-support": [[-0.9, -1.9, 0.1], [-1.4, -3.1, 0.2]],
  "label-shift/narrow-in-support": [[-1.8, -3.2, -0.4], [-2.6, -5.1, -0.2]],
  "label-shift/photo-over-narrow": [[0.9, 0.4, 1.4], [1.2, 0.3, 2.0]],
  "support/tint": [[1.5, -0.2, 3.1], [2.1, 0.8, 3.4]],
  "support/flip-label": [[4.4, 3.2, 5.6], [4.8, 2.9, 6.7]],
};

/** The mean of a claim, `experiment/claim`, at the scale of `default`, which `full` shares; nothing of a claim that was not drawn, or at another scale. */
export function overFiveDraws(
  claim: string,
  { side, sizes: { reference } }: Scale,
): Claim["redrawn"] {
  const means = MEANS[claim];
  const drawn = SCALES.default;
  const isDrawn = side === drawn.side && reference === drawn.sizes.reference;
  if (means === undefined || !isDrawn) return undefined;
  const [sizes, checkpoints] = means;
  return {
    draws: 5,
    of: "colours, seeds and images at the default profile",
    ...onBothLines((line): Estimate => {
      const [value, low, high] = { sizes, checkpoints }[line];
      return {
        value: value / 100,
        low: low / 100,
        high: high / 100,
        unit: "points",
        level: LEVEL,
        title: LINE_TITLES[line],
      };
    }),
  };
}
