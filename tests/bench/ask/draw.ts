/** Drawing the sets of a planted shift. */
import type { AskedProperty, AskedSet } from "../../../data/asked/asked_set.ts";
import { joinSets, takeExamples } from "../../../data/asked/take_examples.ts";
import { type Stream, stream } from "../../../engine/define/random.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { minorityClasses } from "../../../shifts/label_shift.ts";
import { groupedSets } from "../../models/asked/grouped_sets.ts";
import { deviationAbout, meanOf } from "../../../stats/asked/placebo_splits.ts";
import type { World } from "./worlds.ts";

/** How often images of each class are drawn, beside those of the commonest. */
export function ratesOf(
  { pMinority = 0.5 }: Pick<World, "pMinority">,
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

/** How many of n examples are of each part: its share, or as many as chance gives where each example is drawn by itself. */
function sizesOf(
  shares: readonly number[],
  { n, random }: { readonly n: number; readonly random: Stream | null },
): readonly number[] {
  if (random === null) return shares.map((share) => Math.round(share * n));
  const sizes = shares.map(() => 0);
  for (let i = 0; i < n; i++) {
    let [u, k] = [random.uniform(), 0];
    while (k < shares.length - 1 && u >= (shares[k] as number)) {
      u -= shares[k++] as number;
    }
    sizes[k] = (sizes[k] as number) + 1;
  }
  return sizes;
}

/** One draw of n examples a set. */
export function draw(
  world: World,
  { pools, n, seed, drawnShares = false }: {
    readonly pools: Readonly<Record<string, AskedSet>>;
    readonly n: number;
    readonly seed: number;
    /** Whether the shares of what is mixed vary from draw to draw, as those of sets that one meets. */
    readonly drawnShares?: boolean | undefined;
  },
): AskedSets {
  const random = stream(seed, "draw", world.name, n);
  if (world.grouped !== undefined) {
    const size = Math.round(n / world.grouped.groups);
    // Other groups for every size, too.
    return groupedSets({
      ...world.grouped,
      seed: random.integer(2 ** 31),
      size,
    });
  }
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
  const shares = drawnShares ? stream(seed, "shares", world.name, n) : null;
  const [mixed = "", ofMixed = 0] = world.mixed ?? [];
  const [ofFirst = 0, ofSecond = 0] = [0, 1].map(() =>
    sizesOf([ofMixed, 1 - ofMixed], { n, random: shares })[0] as number
  );
  const added = ofFirst + ofSecond;
  const reference = choose(source, {
    n: 2 * n - added,
    rates: rates("reference"),
    random,
  });
  const copies = Math.round((world.copies ?? 0) * n);
  // No photograph twice, whatever is done with it.
  const used = new Set(reference);
  const others = added === 0 ? [] : choose(of(mixed), {
    n: added,
    rates: rates("reference"),
    random,
    used,
    from: side,
  });
  const sizes = sizesOf(Object.values(world.shifted), {
    n: n - copies,
    random: shares,
  });
  const shifted = Object.keys(world.shifted).map((name, k) => {
    const isAlike = alike !== null && name === world.reference;
    const isOther = name === "typeface";
    const rows = choose(isAlike ? source : of(name), {
      n: sizes[k] as number,
      rates: isAlike || world.pMinorityOfNew === undefined
        ? rates("shifted")
        : ratesOf({ pMinority: world.pMinorityOfNew }, {
          distribution: "shifted",
          seed,
        }),
      random,
      used: isOther ? new Set() : used,
      from: isAlike || isOther ? 0 : side,
      ...world.chosen === undefined ? {} : { chosen: world.chosen },
    });
    return takeExamples(isAlike ? source : of(name), rows);
  });
  if (copies > 0) {
    const own = reference.filter((row) => row < side).slice(-copies);
    shifted.push(takeExamples(of("again"), own));
  }
  const half = (k: 0 | 1) => {
    const of = (rows: readonly number[], first: number) =>
      k === 0 ? rows.slice(0, first) : rows.slice(first);
    const own = takeExamples(source, of(reference, n - ofFirst));
    return added === 0 ? own : joinSets([
      own,
      takeExamples(pools[mixed] as AskedSet, of(others, ofFirst)),
    ]);
  };
  return { reference: half(0), test: half(1), shifted: joinSets(shifted) };
}

/** Rows of a pool without replacement, classes at their rates. */
function choose(
  pool: AskedSet,
  { n, rates, random, used = new Set(), from = 0, chosen }: {
    readonly n: number;
    readonly rates: readonly number[];
    readonly random: Stream;
    /** Rows that are taken, as `from` plus their place in the pool. */
    readonly used?: Set<number>;
    readonly from?: number;
    /** A property of which large values are more frequent. */
    readonly chosen?: string;
  },
): readonly number[] {
  const rows: number[] = [];
  const odds = chosen === undefined ? undefined : oddsOf(pool, chosen);
  // Classes are drawn from the whole pool, so that what is taken from it
  // already changes no share of them.
  const left = rates.map((): number[] => []);
  for (const row of random.permutation(pool.n)) {
    if (odds !== undefined && random.uniform() >= (odds[row] as number)) {
      continue;
    }
    left[pool.labels?.[row] as number]?.push(row);
  }
  const weights = left.map((some, c) => some.length * (rates[c] as number));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  while (rows.length < n) {
    let [u, c] = [random.uniform() * total, 0];
    while (c < weights.length - 1 && u >= (weights[c] as number)) {
      u -= weights[c++] as number;
    }
    const some = left[c] as number[];
    let row = some.pop();
    while (row !== undefined && used.has(from + row)) row = some.pop();
    if (row === undefined) break;
    used.add(from + row);
    rows.push(row);
  }
  if (rows.length < n) {
    throw new RangeError(
      `Cannot draw ${n} of ${pool.n} examples: ${rows.length} are left; give --size more`,
    );
  }
  return rows;
}

/** The chance of each example to be looked at: it grows with a property, from two standard deviations below its mean to two above, and is 1 there. */
function oddsOf({ properties }: AskedSet, property: string): Float64Array {
  const { values } = properties[property] as AskedProperty;
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = meanOf(known);
  const deviation = deviationAbout(known, mean);
  return values.map((value) => {
    const z = Number.isNaN(value) ? 0 : (value - mean) / deviation;
    return Math.exp(0.7 * (Math.max(-2, Math.min(2, z)) - 2));
  });
}
