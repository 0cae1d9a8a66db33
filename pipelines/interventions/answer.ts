/**
 * What to do about a bias, in words: the most accurate networks under the
 * spurious tint, and what that costs where the tints stay as in training and
 * photographs are upside down. Then what refitting, pre-training and both bring,
 * what both together and a few curated examples bring, and effective robustness
 * beside its control over both lines.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import {
  type IntervenedNetworks,
  sayMostAccurate,
} from "../../tasks/interventions/say_most_accurate.ts";
import { titleByGroups } from "../../tasks/interventions/title_by_groups.ts";
import { type AnswerRow, overBothLines } from "../shared/synthetic/answers.ts";
import { inWords, type Piece } from "../shared/synthetic/claims.ts";
import type { Gain } from "../shared/synthetic/gains.ts";
import { type FoundHere, shiftNamed } from "./claims.ts";
import type { FewRow } from "./curated.ts";
import {
  countOf,
  gainOf,
  gainOnFew,
  nOf,
  nUnder,
  type UnderShift,
} from "./gains.ts";
import {
  type Intervention,
  INTERVENTION_TITLES,
  type Start,
  START_TITLES,
} from "./intervened.ts";

/** Rows of the table, as readers know them. */
const ROWS = [
  ["pre-training alone", "photo", "none"],
  ["refitting, groups weighted alike", "scratch", "weighted"],
  ["the same with pre-training", "photo", "weighted"],
  ["control: refitting, nothing balanced", "scratch", "unbalanced"],
] as const satisfies readonly (readonly [string, Start, Intervention])[];

/** Whose shifted accuracies the answer tells. */
const ACCURACIES = [
  ["from scratch", "scratch", "none"],
  ["from scratch and refitted", "scratch", "weighted"],
  ["with pre-training", "photo", "none"],
  ["with both", "photo", "weighted"],
] as const satisfies readonly (readonly [string, Start, Intervention])[];

/** The answer in detail, with numbers to come. */
export function answerOn(
  { shifts, compared, scale }: FoundHere,
): readonly Piece[] {
  const tint = shiftNamed(shifts, "spurious-tint");
  const kept = shiftNamed(shifts, "spurious-tint-kept-and-flip");
  const biases = [
    tint,
    ...shifts.filter(({ shift }) => shift.isFurtherBias),
  ];
  const { claimed, networks: few } = scale.interventions.curated;
  const together = nUnder(tint, "photo", "random tints");
  const rowsOf = (under: UnderShift): readonly AnswerRow[] =>
    ROWS.map(([title, start, intervention]) => ({
      title: `${under.shift.title}: ${title}, ${
        nUnder(under, start, intervention)
      }`,
      over: gainOf(under, start, intervention),
    }));
  const inGroups = (start: keyof typeof few) =>
    titleByGroups(
      { title: nOf(few[start]), parts: compared.parts },
      `answer-${start}`,
    );
  return [
    "Refitting the last layer with all groups weighted alike: shifted accuracy under the spurious tint is ",
    ...ACCURACIES.flatMap(([title, start, intervention], i): Piece[] => [
      i === 0 ? "" : i < ACCURACIES.length - 1 ? ", " : " and ",
      {
        value: gainOf(tint, start, intervention).sizes.shifted,
        unit: "percent",
      },
      ` ${title} (${nUnder(tint, start, intervention)})`,
    ]),
    ". Effective robustness over the line of finished networks compares each with baselines of its own reference accuracy, which an intervention may lower: refitting brings networks from scratch ",
    ...inWords(gainOf(tint, "scratch", "weighted").sizes),
    `, ${nUnder(tint, "scratch", "weighted")}, and pre-training alone `,
    { value: gainOf(tint, "photo", "none").sizes.value, unit: "points" },
    ` (${
      nUnder(tint, "photo", "none")
    }).\n\nWhere the tints stay as in training and photographs are upside down (out of support), where colours still tell the class, refitting changes effective robustness by `,
    ...inWords(gainOf(kept, "scratch", "weighted").sizes),
    `, ${nUnder(kept, "scratch", "weighted")}.\n\nDifferences of accuracy:`,
    `\n\n- shifted accuracy with pre-training and random tints together, tinted and upside down, minus pre-training alone (${together}): `,
    ...inWords(compared.bothOverPretrained),
    `\n- ${claimed} curated examples minus the whole biased set, with pre-training, in worst-group accuracy (`,
    inGroups("photo"),
    "): ",
    ...inWords(compared.curatedOverAll.photo["worst group"]),
    "\n- the same from scratch (",
    inGroups("scratch"),
    "): ",
    ...inWords(compared.curatedOverAll.scratch["worst group"]),
    "\n\nUnder each bias that is an attribute, in points with 95% intervals:",
    ...overBothLines("mean effective robustness", biases.flatMap(rowsOf)),
  ];
}

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
        n: countOf(inside, start, "none"),
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
