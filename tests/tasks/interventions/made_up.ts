/** Made-up networks, by what they get right of images in two groups. */
import { stream } from "../../../engine/define/random.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import { hitsOf } from "../../shifts/evaluations.ts";

/** Images. */
export const N = 2000;
/** Half of them in each. */
const GROUPS = {
  names: ["often right", "less often"],
  of: Int32Array.from({ length: N }, (_, i) => i < N / 2 ? 0 : 1),
};
/** The only set of images. */
export const parts = [{ set: "shifted", groups: GROUPS }];
/** Confidence level. */
export const level = 0.95;

/** Networks that are right with some probability in the second group, and more often by 0.2 in the first. */
export function networks(
  n: number,
  accuracy: number,
  seed: number,
): Evaluation[] {
  return Array.from({ length: n }, (_, k) => {
    const random = stream(seed, "made up", k);
    return hitsOf({ name: `network ${k}`, seed: k }, [{
      right: Uint8Array.from(
        { length: N },
        (_, i) => random.uniform() < accuracy + (i < N / 2 ? 0.2 : 0) ? 1 : 0,
      ),
    }]);
  });
}

/** Networks right on so many of the forty images in every block, so that images have no part in any error. */
export function exactly(...right: readonly number[]): Evaluation[] {
  return right.map((hits, k) =>
    hitsOf({ name: `network ${k}`, seed: k }, [{
      right: Uint8Array.from({ length: N }, (_, i) => i < 50 * hits ? 1 : 0),
    }])
  );
}
