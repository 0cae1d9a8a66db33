/** Drawing the sets of a planted shift. */
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { joinSets, takeExamples } from "../../../data/asked/take_examples.ts";
import { type Stream, stream } from "../../../engine/define/random.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { minorityClasses } from "../../../shifts/label_shift.ts";
import { groupedSets } from "../../models/asked/grouped_sets.ts";
import type { World } from "./worlds.ts";

/** How often images of each class are drawn, beside those of the commonest. */
export function ratesOf(
  { pMinority = 0.5 }: World,
  { distribution, seed }: {
    readonly distribution: "reference" | "shifted";
    readonly seed: number;
  },
): readonly number[] {
  const rare = pMinority / (1 - pMinority);
  return minorityClasses(10, seed).map((isMinority) =>
    isMinority === (distribution === "reference") ? rare : 1
  );
}

/** One draw of n examples a set. */
export function draw(
  world: World,
  { pools, n, seed }: {
    readonly pools: Readonly<Record<string, AskedSet>>;
    readonly n: number;
    readonly seed: number;
  },
): AskedSets {
  if (world.grouped !== undefined) {
    const size = Math.round(n / world.grouped.groups);
    return groupedSets({ ...world.grouped, seed, size });
  }
  const random = stream(seed, "draw", world.name, n);
  const of = (name: string) => pools[name] as AskedSet;
  const rates = (distribution: "reference" | "shifted") =>
    ratesOf(world, { distribution, seed });
  // Of what both sides have, any image may be on either: sides that were
  // once dealt would differ in every draw.
  const alike = world.shifted[world.reference] === undefined
    ? null
    : of(world.reference);
  const source = alike === null
    ? of("reference")
    : joinSets([of("reference"), alike]);
  const side = of("reference").n;
  const reference = choose(source, {
    n: 2 * n,
    rates: rates("reference"),
    random,
  });
  const count = (share: number) => Math.round(share * n);
  const copies = count(world.copies ?? 0);
  // No photograph twice, whatever is done with it.
  const used = new Set(reference);
  const shifted = Object.entries(world.shifted).map(([name, share]) => {
    const isAlike = alike !== null && name === world.reference;
    const isOther = name === "typeface";
    const rows = choose(isAlike ? source : of(name), {
      n: count(share * (1 - copies / n)),
      rates: rates("shifted"),
      random,
      used: isOther ? new Set() : used,
      from: isAlike || isOther ? 0 : side,
    });
    return takeExamples(isAlike ? source : of(name), rows);
  });
  if (copies > 0) {
    const own = reference.filter((row) => row < side).slice(-copies);
    shifted.push(takeExamples(of("again"), own));
  }
  return {
    reference: takeExamples(source, reference.slice(0, n)),
    test: takeExamples(source, reference.slice(n)),
    shifted: joinSets(shifted),
  };
}

/** Rows of a pool without replacement, classes at their rates. */
function choose(
  pool: AskedSet,
  { n, rates, random, used = new Set(), from = 0 }: {
    readonly n: number;
    readonly rates: readonly number[];
    readonly random: Stream;
    /** Rows that are taken, as `from` plus their place in the pool. */
    readonly used?: Set<number>;
    readonly from?: number;
  },
): readonly number[] {
  const chosen: number[] = [];
  // Classes are drawn from the whole pool, so that what is taken from it
  // already changes no share of them.
  const left = rates.map((): number[] => []);
  for (const row of random.permutation(pool.n)) {
    left[pool.labels?.[row] as number]?.push(row);
  }
  const weights = left.map((rows, c) => rows.length * (rates[c] as number));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  while (chosen.length < n) {
    let [u, c] = [random.uniform() * total, 0];
    while (c < weights.length - 1 && u >= (weights[c] as number)) {
      u -= weights[c++] as number;
    }
    const rows = left[c] as number[];
    let row = rows.pop();
    while (row !== undefined && used.has(from + row)) row = rows.pop();
    if (row === undefined) break;
    used.add(from + row);
    chosen.push(row);
  }
  if (chosen.length < n) {
    throw new RangeError(
      `Cannot draw ${n} of ${pool.n} examples: ${chosen.length} are left; give --size more`,
    );
  }
  return chosen;
}
