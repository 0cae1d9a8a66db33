/**
 * What intervals are compared with: numbers that are known of whole pools, by
 * construction or by counting.
 */
import type { AskedFeatures, AskedSet } from "../../../data/asked/asked_set.ts";
import { joinSets } from "../../../data/asked/take_examples.ts";
import { attributeDrop } from "../../../models/asked/attribute_drop.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { crossRidge } from "../../../models/linear/cross_ridge.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import type { Estimated } from "../../../stats/asked/ask_findings_schemas.ts";
import { totalVariation } from "../../../stats/asked/label_distance.ts";
import { ratesOf } from "./draw.ts";
import type { World } from "./worlds.ts";

/** The model whose accuracy is known everywhere. */
const MODEL = "planted";

/**
 * The pools of a world with a model of which it is known whether it is right
 * on each image: a linear one, learnt from the other half of the reference
 * pool. Once made it is fixed, so that its accuracy on a pool is a truth.
 */
export function withModel(
  pools: Readonly<Record<string, AskedSet>>,
): Readonly<Record<string, AskedSet>> {
  const names = Object.keys(pools);
  if (names.length === 0) return pools;
  const sets = names.map((name) => pools[name] as AskedSet);
  const all = joinSets(sets);
  const labels = all.labels as Int32Array;
  const taught = (pools["reference"] as AskedSet).n;
  const features: readonly AskedFeatures[] = Object.values(all.features);
  const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
  const training = new Uint8Array(all.n);
  let at = 0;
  for (const [k, { n }] of sets.entries()) {
    if (names[k] === "reference") training.fill(1, at, at + taught);
    at += n;
  }
  const scores = crossRidge({
    features,
    folds: Uint8Array.from(labels, (_, i) => i % 2),
    strata: null,
    training,
    penalty: d / 2,
  })(
    all.classes.map((_, c) =>
      Float64Array.from(labels, (label) => label === c ? 1 : 0)
    ),
  );
  const right = Uint8Array.from(labels, (label, i) => {
    const own = (scores[label] as Float64Array)[i] as number;
    return scores.every((other, c) => c === label || (other[i] as number) < own)
      ? 1
      : 0;
  });
  let start = 0;
  return Object.fromEntries(names.map((name, k) => {
    const set = sets[k] as AskedSet;
    const own = right.subarray(start, start += set.n);
    return [name, { ...set, right: { [MODEL]: own } }];
  }));
}

/** Sets without the model, as most are asked about. */
export function withoutModel(sets: AskedSets): AskedSets {
  const bare = (set: AskedSet): AskedSet => ({ ...set, right: {} });
  return {
    reference: bare(sets.reference),
    test: bare(sets.test),
    shifted: bare(sets.shifted),
  };
}

/** The drop of the model with its interval, as `ask` would give it. */
export function dropOf(
  sets: AskedSets,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): Estimated | null {
  const n = sets.reference.n + sets.test.n + sets.shifted.n;
  const { drop } = attributeDrop(sets, {
    seed,
    resamples,
    scores: {
      shifted: new Uint8Array(n).fill(1, n - sets.shifted.n),
      folds: new Uint8Array(n),
      scores: {},
      probability: new Float64Array(n).fill(0.5),
      placebos: [],
    },
    parts: partsOf(new Array(sets.shifted.n).fill(true)),
  });
  return drop === null
    ? null
    : { value: drop.total, low: drop.low, high: drop.high };
}

/** What is true of a world. */
export interface Truths {
  /** Drop of the model's accuracy. */
  readonly drop: number;
  /** Total variation distance of class shares. */
  readonly labels: number;
}

/** Counts what is true over whole pools; null where sets share images, are of none, or are drawn by what they show. */
export function truthsOf(
  world: World,
  { pools, seed }: {
    readonly pools: Readonly<Record<string, AskedSet>>;
    readonly seed: number;
  },
): Truths | null {
  const { copies, grouped, mixed, chosen } = world;
  if ([copies, grouped, mixed, chosen].some((some) => some !== undefined)) {
    return null;
  }
  const of = (name: string) => pools[name] as AskedSet;
  const alike = world.shifted[world.reference] !== undefined;
  const both = alike
    ? joinSets([of("reference"), of(world.reference)])
    : of("reference");
  const reference = counted(
    both,
    ratesOf(world, { distribution: "reference", seed }),
  );
  const rates = ratesOf(world, { distribution: "shifted", seed });
  const shifted = Object.entries(world.shifted).map(([name, share]) => ({
    share,
    ...counted(name === world.reference ? both : of(name), rates),
  }));
  const classes = reference.classes.map((_, c) =>
    shifted.reduce(
      (sum, { share, classes }) => sum + share * (classes[c] as number),
      0,
    )
  );
  return {
    drop: reference.accuracy -
      shifted.reduce((sum, { share, accuracy }) => sum + share * accuracy, 0),
    labels: totalVariation(reference.classes, classes),
  };
}

/** Accuracy of the model and class shares of a pool whose classes are drawn at these rates. */
function counted(
  { labels, right }: AskedSet,
  rates: readonly number[],
): { readonly accuracy: number; readonly classes: readonly number[] } {
  const classes = rates.map(() => 0);
  let [sum, total] = [0, 0];
  for (const [i, label] of (labels as Int32Array).entries()) {
    const rate = rates[label] as number;
    classes[label] = (classes[label] as number) + rate;
    total += rate;
    sum += rate * ((right[MODEL] as Uint8Array)[i] as number);
  }
  return {
    accuracy: sum / total,
    classes: classes.map((count) => count / total),
  };
}
