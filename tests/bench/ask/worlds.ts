/** Planted shifts: what is drawn, and which answer is true. */
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { joinSets, takeExamples } from "../../../data/asked/take_examples.ts";
import { type Stream, stream } from "../../../engine/define/random.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { minorityClasses } from "../../../shifts/label_shift.ts";
import type { Answer } from "../../../stats/asked/ask_findings.ts";
import { type Grouped, groupedSets } from "../../models/asked/grouped_sets.ts";
import type { PoolName } from "./pools.ts";

/** A planted shift. */
export interface World {
  readonly name: string;
  /** The answer that is true; "undecidable" where nothing may be said. */
  readonly truth: Answer;
  readonly pools: PoolName["world"];
  /** Transform of the reference side. */
  readonly reference: string;
  /** Transforms of the shifted side with their shares. */
  readonly shifted: Readonly<Record<string, number>>;
  /** Share of minority classes, over two classes; 0.5 where left out. */
  readonly pMinority?: number;
  /** True share out of support, where it is known. */
  readonly share?: number;
  /** Share of the shifted examples that are near copies of reference or test examples. */
  readonly copies?: number;
  /** Whether it was looked at while the rule was made. */
  readonly fresh?: boolean;
  /** Groups of drawn numbers in place of images of pools. */
  readonly grouped?: Omit<Grouped, "seed" | "size">;
  /** Sizes, where not all make sense. */
  readonly sizes?: readonly number[];
}

const photo = { pools: "photo", reference: "plain" } as const;

/** All planted shifts. */
export const WORLDS: readonly World[] = [
  {
    ...photo,
    name: "random split",
    truth: "no shift",
    shifted: { plain: 1 },
    share: 0,
  },
  {
    ...photo,
    name: "label-linked tint, p 0.5",
    truth: "bias",
    reference: "linked50",
    shifted: { tint25: 1 },
    share: 0,
  },
  {
    ...photo,
    name: "label-linked tint, p 0.9",
    truth: "bias",
    reference: "linked90",
    shifted: { tint25: 1 },
    share: 0,
  },
  {
    ...photo,
    name: "label shift, p 0.2",
    truth: "bias",
    shifted: { plain: 1 },
    pMinority: 0.2,
    share: 0,
  },
  {
    ...photo,
    name: "label shift, p 0.35",
    truth: "bias",
    shifted: { plain: 1 },
    pMinority: 0.35,
    share: 0,
  },
  {
    ...photo,
    name: "unseen tint 0.25",
    truth: "extrapolation",
    shifted: { tint25: 1 },
    share: 1,
  },
  {
    ...photo,
    name: "unseen tint 0.5",
    truth: "extrapolation",
    shifted: { tint50: 1 },
    share: 1,
  },
  {
    ...photo,
    name: "blur",
    truth: "extrapolation",
    shifted: { blur: 1 },
    share: 1,
  },
  {
    ...photo,
    name: "grey",
    truth: "extrapolation",
    shifted: { grey: 1 },
    share: 1,
  },
  {
    ...photo,
    name: "half unseen tint 0.5",
    truth: "extrapolation",
    shifted: { plain: 0.5, tint50: 0.5 },
    share: 0.5,
  },
  {
    ...photo,
    name: "quarter blur",
    truth: "extrapolation",
    shifted: { plain: 0.75, blur: 0.25 },
    share: 0.25,
  },
  {
    ...photo,
    name: "linked tint 0.5, half of the random tints blurred",
    truth: "both",
    reference: "linked50",
    shifted: { tint25: 0.5, tintblur: 0.5 },
    share: 0.5,
  },
  {
    ...photo,
    name: "linked tint 0.9, all random tints blurred",
    truth: "both",
    reference: "linked90",
    shifted: { tintblur: 1 },
    share: 1,
  },
  {
    ...photo,
    name: "label shift 0.2 and half blur",
    truth: "both",
    shifted: { plain: 0.5, blur: 0.5 },
    pMinority: 0.2,
    share: 0.5,
  },
  {
    ...photo,
    name: "a third of a random split twice",
    truth: "no shift",
    shifted: { plain: 1 },
    copies: 0.33,
    share: 0,
  },
  {
    ...photo,
    name: "all of a random split twice",
    truth: "undecidable",
    shifted: { plain: 1 },
    copies: 1,
  },
  {
    ...photo,
    name: "twenty images of blur",
    truth: "undecidable",
    shifted: { blur: 1 },
    sizes: [20],
  },
  {
    name: "digits: random split",
    truth: "no shift",
    pools: "digit",
    reference: "plain",
    shifted: { plain: 1 },
    share: 0,
  },
  {
    name: "digits: label shift 0.2",
    truth: "bias",
    pools: "digit",
    reference: "plain",
    shifted: { plain: 1 },
    pMinority: 0.2,
    share: 0,
  },
  {
    name: "digits: typefaces",
    truth: "extrapolation",
    pools: "digit",
    reference: "plain",
    shifted: { typeface: 1 },
    share: 1,
  },
  {
    name: "digits: half typefaces",
    truth: "extrapolation",
    pools: "digit",
    reference: "plain",
    shifted: { plain: 0.5, typeface: 0.5 },
    share: 0.5,
  },
  {
    name: "digits: typefaces and label shift 0.2",
    truth: "both",
    pools: "digit",
    reference: "plain",
    shifted: { plain: 0.5, typeface: 0.5 },
    pMinority: 0.2,
    share: 0.5,
  },
  {
    ...photo,
    name: "table of ten groups: random split",
    truth: "no shift",
    shifted: {},
    grouped: { groups: 10 },
    share: 0,
  },
  {
    ...photo,
    name: "ten groups of each of three sets: random split",
    truth: "no shift",
    shifted: {},
    grouped: { groups: 10, reference: "other groups" },
    share: 0,
  },
  {
    ...photo,
    name: "table of forty groups: shade linked to groups",
    truth: "bias",
    shifted: {},
    grouped: { groups: 40, linked: [1, 0] },
    share: 0,
  },
  ...([
    "rotate15",
    "rotate90",
    "crop70",
    "jpeg15",
    "jpeg50",
    "noise10",
    "contrast50",
    "dark",
    "flip",
    "invert",
  ] as const).map((name): World => ({
    ...photo,
    name,
    truth: "extrapolation",
    shifted: { [name]: 1 },
    fresh: true,
  })),
  {
    ...photo,
    name: "half jpeg15",
    truth: "extrapolation",
    shifted: { plain: 0.5, jpeg15: 0.5 },
    fresh: true,
  },
  {
    ...photo,
    name: "label shift 0.3 and noise",
    truth: "both",
    shifted: { noise10: 1 },
    pMinority: 0.3,
    fresh: true,
  },
  {
    ...photo,
    name: "linked tint 0.5, half flat",
    truth: "both",
    reference: "linked50",
    shifted: { tint25: 0.5, tintjpeg: 0.5 },
    fresh: true,
    share: 0.5,
  },
];

/** Names of the pools that a world draws from. */
export function poolsOf(
  { pools, reference, shifted, copies, grouped }: World,
): Readonly<Record<string, PoolName>> {
  if (grouped !== undefined) return {};
  const names: [string, PoolName][] = [
    ["reference", { world: pools, side: "reference", transform: reference }],
  ];
  for (const transform of Object.keys(shifted)) {
    names.push([
      transform,
      transform === "typeface"
        ? { world: "typeface", side: "shifted", transform: "plain" }
        : { world: pools, side: "shifted", transform },
    ]);
  }
  if (copies !== undefined) {
    names.push(["again", {
      world: pools,
      side: "reference",
      transform: "again",
    }]);
  }
  return Object.fromEntries(names);
}

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
