/** Networks whose effective robustness in each part of a shifted set is known. */
import { stream } from "../../../engine/define/random.ts";
import { type Parts, partsOf } from "../../../shifts/measure/parts.ts";
import type {
  SplitNetworks,
  SplitRun,
} from "../../../shifts/measure/place_in_part.ts";
import { measureSplit } from "../../../tasks/splits/measure_split.ts";
import { evaluationOf, hitsOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

/** Examples in each part. */
export const HALF = 2000;

/** In support first. */
export const truth: Parts = partsOf(
  Array.from({ length: 2 * HALF }, (_, i) => i < HALF),
);

const draws = stream(9, "difficulty");

/** How difficult each example is, 0…1: a network gets those below its accuracy right. */
export const difficulty: readonly number[] = Array.from(
  { length: 2 * HALF },
  () => draws.uniform(),
);

/** One network with these accuracies. */
function run(
  name: string,
  { seed, reference, inSupport, outOfSupport }: {
    readonly seed: number;
    readonly reference: number;
    readonly inSupport: number;
    readonly outOfSupport: number;
  },
): SplitRun {
  const right = Uint8Array.from(
    difficulty,
    (value, i) => value < (i < HALF ? inSupport : outOfSupport) ? 1 : 0,
  );
  const evaluation = evaluationOf({
    name,
    seed,
    classes: ["a"],
    networks: [{
      sets: {
        plain: { correct: [Math.round(10_000 * reference)], total: [10_000] },
      },
    }],
  });
  return { evaluation, hits: hitsOf({ name, seed }, [{ right }]) };
}

/** Baselines with one accuracy everywhere in support and 20 points less out of it; networks 10 points above that out of support. */
export const planted: SplitNetworks = {
  reference: { sets: { plain: 1 } },
  baselines: [0.5, 0.55, 0.6, 0.65, 0.7].map((reference, seed) =>
    run("scratch", {
      seed,
      reference,
      inSupport: reference,
      outOfSupport: reference - 0.2,
    })
  ),
  networks: [0.6, 0.62, 0.64].map((reference, seed) =>
    run("photo", {
      seed,
      reference,
      inSupport: reference,
      outOfSupport: reference - 0.1,
    })
  ),
};

/** The same with baselines that are off their lines, each by as much in both parts. */
export const offAlike: SplitNetworks = {
  ...planted,
  baselines: [0.03, -0.02, -0.03, 0, 0.02].map((off, seed) => {
    const reference = 0.5 + 0.05 * seed;
    return run("scratch", {
      seed,
      reference,
      inSupport: reference + off,
      outOfSupport: reference + off - 0.2,
    });
  }),
};

/** What is measured where thirty examples are in support, which is too few. */
export const fewInSupport = await runTask(measureSplit, {
  ...planted,
  parts: partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < 30)),
  level: 0.95,
});
