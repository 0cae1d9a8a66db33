/** Planted shifts: what is drawn, and which answer is true. Long, since it is a list, a shift an entry. */
import type { Answer } from "../../../stats/asked/ask_findings.ts";
import type { Grouped } from "../../models/asked/grouped_sets.ts";
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
  /** A transform of the shifted side that a share of the reference side has, too. */
  readonly mixed?: readonly [transform: string, share: number];
  /** A property of which large values are chosen on the shifted side: three standard deviations more are eight times as frequent. */
  readonly chosen?: string;
  /** Share of minority classes, over two classes; 0.5 where left out. */
  readonly pMinority?: number;
  /** The same of what is new on the shifted side alone. */
  readonly pMinorityOfNew?: number;
  /** True share out of support, where it is known. */
  readonly share?: number;
  /** Share of the shifted examples that are near copies of reference or test examples. */
  readonly copies?: number;
  /** Whether it was on no list while the rule was made. */
  readonly fresh?: boolean;
  /** Whether it is hardly a shift: sets differ in a twentieth of their examples or in a sixth, so that it takes thousands to tell. */
  readonly slight?: boolean;
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
    name: "two thirds unseen tint 0.5",
    truth: "extrapolation",
    shifted: { plain: 1 / 3, tint50: 2 / 3 },
    share: 2 / 3,
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
    name: "linked tint 0.5, all random tints blurred",
    truth: "both",
    reference: "linked50",
    shifted: { tintblur: 1 },
    share: 1,
  },
  {
    ...photo,
    name: "linked tint 0.5 kept by two thirds, blurred, lost by the rest",
    truth: "both",
    reference: "linked50",
    shifted: { tint25: 1 / 3, linked50blur: 2 / 3 },
    share: 2 / 3,
  },
  {
    ...photo,
    name: "linked tint 0.9, all blurred with linked tint 0.5",
    truth: "both",
    reference: "linked90",
    shifted: { linked50blur: 1 },
    share: 1,
  },
  ...(["brightness", "sharpness"] as const).map((chosen): World => ({
    ...photo,
    name: `large ${chosen} more often`,
    truth: "bias",
    shifted: { plain: 1 },
    chosen,
    share: 0,
  })),
  ...(["grey", "blur"] as const).map((name): World => ({
    ...photo,
    name: `half ${name}, later nine tenths`,
    truth: "bias",
    mixed: [name, 0.5],
    shifted: { [name]: 0.9, plain: 0.1 },
    share: 0,
  })),
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
  ...(["dark", "contrast50"] as const).map((name): World => ({
    ...photo,
    name: `half ${name}, later nine tenths`,
    truth: "bias",
    mixed: [name, 0.5],
    shifted: { [name]: 0.9, plain: 0.1 },
    fresh: true,
    share: 0,
  })),
  ...(["brightness", "sharpness"] as const).map((chosen): World => ({
    pools: "digit",
    reference: "plain",
    name: `digits: large ${chosen} more often`,
    truth: "bias",
    shifted: { plain: 1 },
    chosen,
    fresh: true,
    share: 0,
  })),
  // In other proportions, and a part new besides.
  {
    ...photo,
    name: "large brightness more often, a sixth jpeg15",
    truth: "both",
    shifted: { plain: 5 / 6, jpeg15: 1 / 6 },
    chosen: "brightness",
    fresh: true,
  },
  {
    ...photo,
    name: "half grey, later seven tenths and a fifth with noise",
    truth: "both",
    mixed: ["grey", 0.5],
    shifted: { grey: 0.7, plain: 0.1, noise10: 0.2 },
    fresh: true,
  },
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
  // Where something goes with the label as no shared direction shows, or in some classes alone.
  {
    ...photo,
    name: "fifth salt5",
    truth: "extrapolation",
    shifted: { plain: 0.8, salt5: 0.2 },
    fresh: true,
    share: 0.2,
  },
  {
    ...photo,
    name: "vehicles alone foggy",
    truth: "extrapolation",
    shifted: { foggyvehicles: 1 },
    fresh: true,
    share: 0.4,
  },
  {
    ...photo,
    name: "quarter turn linked to classes",
    truth: "bias",
    reference: "turnlinked",
    shifted: { turnfree: 1 },
    fresh: true,
    share: 0,
  },
  {
    ...photo,
    name: "half of cats and dogs labelled as the other",
    truth: "bias",
    shifted: { catsdogs: 1 },
    fresh: true,
    share: 0,
  },
  {
    ...photo,
    name: "blur linked to classes, half with a border",
    truth: "both",
    reference: "blurlinked",
    shifted: { blurfree: 0.5, blurfreeborder: 0.5 },
    fresh: true,
    share: 0.5,
  },
  // Where a property goes with one class newly since it alone is new, and where all are new and no property shows the bias besides.
  {
    ...photo,
    name: "cats alone blurred",
    truth: "extrapolation",
    shifted: { blurcats: 1 },
    fresh: true,
    share: 0.1,
  },
  {
    ...photo,
    name: "corner in the colour of the class, later in any, with noise",
    truth: "both",
    reference: "corner90",
    shifted: { cornernoise: 1 },
    fresh: true,
    share: 1,
  },
  {
    ...photo,
    name: "vignette and 30% of labels drawn anew",
    truth: "both",
    shifted: { vignettelabels: 1 },
    fresh: true,
    share: 1,
  },
  // Where what is new has other class frequencies, and the rest has not; and where all has.
  ...([
    ["half blur", "photo", { plain: 0.5, blur: 0.5 }, 0.2],
    ["half jpeg15", "photo", { plain: 0.5, jpeg15: 0.5 }, 0.2],
    ["half unseen tint 0.5", "photo", { plain: 0.5, tint50: 0.5 }, 0.35],
    ["quarter blur", "photo", { plain: 0.75, blur: 0.25 }, 0],
    ["digits: half typefaces", "digit", { plain: 0.5, typeface: 0.5 }, 0.2],
  ] as const).map(([name, pools, shifted, pMinorityOfNew]): World => ({
    name: `${name} with other classes, p ${pMinorityOfNew}`,
    truth: "extrapolation",
    pools,
    reference: "plain",
    shifted,
    pMinorityOfNew,
    fresh: true,
    share: 1 - shifted.plain,
  })),
  ...([
    ["half unseen tint 0.5", { plain: 0.5, tint50: 0.5 }, 0.3],
    ["half blur", { plain: 0.5, blur: 0.5 }, 0.4],
  ] as const).map(([name, shifted, pMinority]): World => ({
    ...photo,
    name: `label shift ${pMinority} and ${name}`,
    truth: "both",
    shifted,
    pMinority,
    fresh: true,
    share: 0.5,
  })),
  // Where what is new has a link the other way round.
  {
    ...photo,
    name: "linked tint 0.5, half blurred with that of another class",
    truth: "extrapolation",
    reference: "linked50",
    shifted: { linked50: 0.5, otherblur: 0.5 },
    fresh: true,
    share: 0.5,
  },
  // Less than a twentieth of the examples, which matters to no answer, and more than a tenth.
  ...([
    ["no shift", "2% blur", { plain: 0.98, blur: 0.02 }],
    ["no shift", "3% unseen tint 0.5", { plain: 0.97, tint50: 0.03 }],
    ["no shift", "3% grey", { plain: 0.97, grey: 0.03 }],
    ["extrapolation", "15% blur", { plain: 0.85, blur: 0.15 }],
    ["extrapolation", "15% unseen tint 0.5", { plain: 0.85, tint50: 0.15 }],
  ] as const).map(([truth, name, shifted]): World => ({
    ...photo,
    name,
    truth,
    shifted,
    slight: true,
  })),
  // All a little otherwise, which hardly tells them apart and is no matter of proportions.
  ...([
    ["unseen tint 0.05", "tint5"],
    ["turned by 4 degrees", "rotate4"],
    ["contrast 90%", "contrast90"],
    ["brightened by a tenth", "bright110"],
  ] as const).map(([name, transform]): World => ({
    ...photo,
    name,
    truth: "extrapolation",
    shifted: { [transform]: 1 },
    slight: true,
  })),
  ...([
    ["no shift", 0.54],
    ["bias", 0.65],
  ] as const).map(([truth, later]): World => ({
    ...photo,
    name: `half grey, later ${100 * later}%`,
    truth,
    mixed: ["grey", 0.5],
    shifted: { grey: later, plain: 1 - later },
    slight: true,
  })),
  ...([
    ["no shift", 0.48],
    ["bias", 0.42],
  ] as const).map(([truth, pMinority]): World => ({
    ...photo,
    name: `label shift, p ${pMinority}`,
    truth,
    shifted: { plain: 1 },
    pMinority,
    slight: true,
  })),
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
