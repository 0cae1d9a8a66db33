/**
 * The rule: from what was found of a shift to the answer. It is fixed here, and
 * every condition of it is part of the findings.
 *
 * @module
 */
import {
  type Answer,
  type AskFindings,
  FEWEST_GROUPS,
  type FoundBias,
  type Need,
  type RuleCondition,
} from "./ask_findings.ts";
import { MOVED } from "./association.ts";

/** What the rule is applied to. */
export type Evidence = Pick<
  AskFindings,
  | "examples"
  | "duplicates"
  | "shift"
  | "labels"
  | "outOfSupport"
  | "drop"
  | "biases"
>;

/** The answer, why, and what it would take. */
export type Judgement = Pick<AskFindings, "answer" | "why" | "needs" | "rule">;

/** The bounds of the rule. */
export const BOUNDS = {
  /** Fewest examples of each set. */
  examples: 50,
  /** Largest chance at which an AUROC of random splits still reaches that of the sets, for a shift to be seen. */
  shiftChance: 0.02,
  /** Upper end of the AUROC up to which examples count as nearly alike. */
  alike: 0.58,
  /** Largest chance at which class frequencies count as different. */
  labelChance: 0.01,
  /** Upper end of their distance up to which they count as the same. */
  sameLabels: 0.2,
  /** Share of the shifted examples that has to be out of support for sure. */
  outOfSupport: 0.05,
  /** The same where there are no labels, so that bias cannot be looked for. */
  outOfSupportUnlabelled: 0.5,
  /** Least agreement of two kinds of features on who is out of support. */
  agreement: 0.5,
  /** Largest fall of a property's association, in nats, that may be left open in an answer without bias. */
  openFall: 0.2,
  /** Share out of support from which on it cannot be told how much of a fall it explains; then this share of what a property told must be gone, and so many nats. */
  nearlyAll: 0.9,
  goneShare: 0.6,
  goneNats: 0.1,
  /** Largest drop of accuracy that may be left open in "no shift". */
  openDrop: 0.1,
} as const;

const percent = (share: number) =>
  `${Number((100 * share).toFixed(1))}%`.replace("-", "−");
const plain = (value: number) => `${Number(value.toPrecision(3))}`;

/** Whether a property's own values are as in the reference set. */
export function stayed({ moved: { value, low, high } }: FoundBias): boolean {
  return high <= MOVED || low === 0 && value < MOVED / 3;
}

/** Applies the rule. */
export function judge(evidence: Evidence): Judgement {
  const { examples, shift, labels, outOfSupport, drop, biases } = evidence;
  const area = shift === null ? null : shift.withinClass ?? shift;
  const between = area === null || area === shift ? "" : " of the same class";
  const fewGroups = fewGroupsOf(examples);
  const enough = fewGroups === undefined &&
    Math.min(examples.test, examples.shifted) >= BOUNDS.examples;
  const lacking = (what: string) =>
    fewGroups === undefined ? `no ${what}` : "too few groups";
  const seen = area === null
    ? null
    : area.p <= BOUNDS.shiftChance && area.low > 0.5;
  const trained = outOfSupport?.trained === true;
  const agreed = outOfSupport === null
    ? null
    : outOfSupport.agreement === null ||
      outOfSupport.agreement >= BOUNDS.agreement;
  const beyond = outOfSupport === null ? null : (seen === true || trained) &&
    outOfSupport.low >= BOUNDS.outOfSupport && agreed === true;
  // Networks may see what linear classifiers do not.
  const near = area === null
    ? null
    : area.high <= BOUNDS.alike && !(trained && beyond === true);
  const alike = area === null || near === null
    ? null
    : !seen && near && area.auroc <= area.placebo;
  const differ = labels === null ? null : labels.p <= BOUNDS.labelChance &&
    labels.distance.value > 0;
  const same = labels === null
    ? null
    : !differ && labels.distance.high <= BOUNDS.sameLabels;
  const falling = biases.filter(({ counts }) => counts);
  const suspected = falling.filter((bias) => near === true || stayed(bias));
  const fallen = suspected.find((bias) =>
    near === true || exceeds(bias, outOfSupport?.share ?? 0)
  );
  const open = biases.find((bias) =>
    (near === true || stayed(bias)) && bias.fall.high > BOUNDS.openFall
  );
  const steady = drop === null
    ? null
    : drop.low <= 0.01 && drop.high <= BOUNDS.openDrop;
  const biased = labels === null
    ? null
    : differ === true || fallen !== undefined;
  const unbiased = labels === null
    ? null
    : same === true && falling.length === 0 && open === undefined;
  const noBias = labels === null
    ? null
    : same === true && suspected.length === 0 && open === undefined;

  const rule: RuleCondition[] = [
    {
      condition:
        `enough is left: at least ${BOUNDS.examples} examples of each set (${examples.test} test, ${examples.shifted} shifted)${
          fewGroups === undefined
            ? ""
            : `, of at least ${FEWEST_GROUPS} groups (${fewGroups})`
        }`,
      holds: enough,
    },
    {
      condition: area === null
        ? `a shift is seen: ${lacking("features to look at")}`
        : `a shift is seen between examples${between}: AUROC above 0.5 for sure and reached by ${
          percent(BOUNDS.shiftChance)
        } of random splits at most (${plain(area.auroc)}, ${
          plain(area.low)
        } to ${plain(area.high)}; reached by ${percent(area.p)})`,
      holds: seen,
    },
    {
      condition: area === null
        ? `examples are nearly alike: ${lacking("features to look at")}`
        : `examples${between} are nearly alike: the upper end of AUROC is at most ${BOUNDS.alike} (${
          plain(area.high)
        })${trained ? ", and networks see no part out of support" : ""}`,
      holds: near,
    },
    {
      condition: area === null
        ? `examples are alike: ${lacking("features to look at")}`
        : `examples${between} are alike: they are nearly so, no shift is seen, and AUROC is not above what 95% of random splits stay below (${
          plain(area.placebo)
        })`,
      holds: alike,
    },
    {
      condition: outOfSupport === null
        ? `a part is out of support: ${lacking("features to look at")}`
        : `a part is out of support: ${
          percent(BOUNDS.outOfSupport)
        } at least, for sure (${
          outOfSupport.atLeast
            ? `${percent(outOfSupport.low)} or more`
            : `${percent(outOfSupport.share)}, ${
              percent(outOfSupport.low)
            } to ${percent(outOfSupport.high)}`
        }${trained ? ", by fine-tuned networks)" : "), with a shift seen"}${
          outOfSupport.agreement === null
            ? ""
            : `, and ${
              trained ? "the networks" : "kinds of features"
            } agree on at least ${percent(BOUNDS.agreement)} of the examples (${
              percent(outOfSupport.agreement)
            })`
        }`,
      holds: beyond,
    },
    {
      condition: labels === null
        ? `class frequencies differ: ${lacking("labels")}`
        : `class frequencies differ: by chance in ${
          percent(BOUNDS.labelChance)
        } of cases at most (${percent(labels.p)})`,
      holds: differ,
    },
    {
      condition: labels === null
        ? `class frequencies are the same: ${lacking("labels")}`
        : `class frequencies are the same: their distance is ${BOUNDS.sameLabels} at most for sure (up to ${
          plain(labels.distance.high)
        })`,
      holds: same,
    },
    {
      condition: labels === null
        ? `a property lost its association with the label: ${lacking("labels")}`
        : `a property lost its association with the label, and examples are nearly alike or its own values stayed (distance up to ${MOVED}) and it fell by more than the part out of support explains${
          fallen === undefined ? "" : `: ${fallen.property}`
        }`,
      holds: labels === null ? null : fallen !== undefined,
    },
    {
      condition: labels === null
        ? `no such loss is left open: ${lacking("labels")}`
        : `no such loss above ${BOUNDS.openFall} nats is left open${
          open === undefined
            ? ""
            : `: ${open.property} may have lost ${plain(open.fall.high)}`
        }`,
      holds: labels === null ? null : open === undefined,
    },
    {
      condition: drop === null
        ? `accuracy stays: ${lacking("predictions and no labels")}`
        : `accuracy stays: the drop may be 0, and is ${
          percent(BOUNDS.openDrop)
        } at most for sure (${percent(drop.low)} to ${percent(drop.high)})`,
      holds: steady,
    },
  ];

  const answer: Answer = !enough
    ? "undecidable"
    : labels === null
    ? beyond === true &&
        (outOfSupport?.low ?? 0) >= BOUNDS.outOfSupportUnlabelled
      ? "extrapolation"
      : "undecidable"
    : beyond === true
    ? biased === true
      ? "both"
      : noBias === true
      ? "extrapolation"
      : "undecidable"
    : near === true && biased === true
    ? "bias"
    : alike === true && unbiased === true && steady !== false
    ? "no shift"
    : "undecidable";
  return {
    answer,
    why: whyOf(answer, evidence, fallen),
    needs: answer === "undecidable" ? needsOf(evidence) : [],
    rule,
  };
}

/** The smaller number of groups, where it is too small. */
function fewGroupsOf({ groups }: Evidence["examples"]): number | undefined {
  const few = Math.min(groups.test, groups.shifted);
  return few < FEWEST_GROUPS ? few : undefined;
}

/**
 * Whether an association fell by more than examples out of support explain, if
 * the property told nothing of those; where nearly all are, whether it is as
 * good as gone.
 */
function exceeds({ fall, test }: FoundBias, share: number): boolean {
  return share < BOUNDS.nearlyAll
    ? fall.low > share * test
    : fall.value >= BOUNDS.goneShare * test && fall.low >= BOUNDS.goneNats;
}

function whyOf(
  answer: Answer,
  { examples, duplicates, shift, labels, outOfSupport, drop, biases }: Evidence,
  fallen: FoundBias | undefined,
): string {
  const known = outOfSupport !== null && !outOfSupport.atLeast;
  const share = percent(outOfSupport?.low ?? 0);
  const part = known
    ? `About ${percent(outOfSupport.share)} (${share} to ${
      percent(outOfSupport.high)
    })`
    : `At least ${share}`;
  const cause = labels !== null && labels.p <= BOUNDS.labelChance
    ? "classes are differently frequent"
    : fallen === undefined
    ? "labels go with other properties"
    : `${fallen.property} no longer goes with the label as it does in the reference set`;
  switch (answer) {
    case "extrapolation":
      return `${part} of the shifted examples are of a kind that the reference set lacks.${
        labels === null
          ? " Whether there is a bias as well cannot be told without labels of the shifted examples."
          : biases.some(({ counts }) => counts)
          ? ` Classes occur as often, and ${
            biases.filter(({ counts }) => counts).map(({ property }) =>
              property
            )
              .slice(0, 3).join(", ")
          } tell less of them, as they do of new examples: no bias was found beside that.`
          : " No change was found in how often classes occur or in what goes with them."
      }`;
    case "bias":
      return `The shifted examples are of kinds that the reference set has, but ${cause}.`;
    case "both":
      return `${part} of the shifted examples are of a kind that the reference set lacks, and ${cause}.`;
    case "no shift":
      return "The shifted examples look like the reference ones, with the same classes as often, and models are about as often right on them.";
    case "undecidable": {
      const few = Math.min(examples.test, examples.shifted);
      if (few < BOUNDS.examples) {
        return `Only ${few} examples of a set are left${
          duplicates.removed > 0
            ? ` after ${duplicates.removed} were removed because another set has them as well`
            : ""
        }: too few to say anything.`;
      }
      const fewGroups = fewGroupsOf(examples);
      if (fewGroups !== undefined) {
        return `The examples of a set are of ${fewGroups} groups only, and those of one group count as one: too few to say anything.`;
      }
      const area = shift === null ? null : shift.withinClass ?? shift;
      if (labels === null) {
        return area !== null && area.low > 0.5
          ? `The shifted examples look different from the reference ones, but only ${share} of them are surely of a kind that the reference set lacks, and without labels a bias cannot be looked for.`
          : "Without labels of the shifted examples a bias cannot be looked for, and their looks do not decide.";
      }
      if (area !== null && area.low > 0.5 && area.p <= BOUNDS.shiftChance) {
        return (outOfSupport?.low ?? 0) < BOUNDS.outOfSupport
          ? `The shifted examples look different from the reference ones, but it cannot be told whether the reference set lacks such examples or only has fewer of them.`
          : (outOfSupport?.agreement ?? 1) < BOUNDS.agreement
          ? "The shifted examples look different from the reference ones, but two ways to look disagree on which of them are of a kind that the reference set lacks."
          : `${part} of the shifted examples are of a kind that the reference set lacks, but a bias beside that can neither be shown nor excluded.`;
      }
      if (
        biases.some(({ counts }) => counts) || labels.p <= BOUNDS.labelChance
      ) {
        return `Labels occur otherwise than in the reference set, but a change in the examples themselves cannot be excluded${
          area === null ? " without features of them" : ""
        }.`;
      }
      return drop !== null && drop.low > 0.01
        ? "Models are less often right on the shifted examples, but neither a change of the examples nor of what goes with their labels was found that explains it."
        : "No shift was seen, but one that matters cannot be excluded with so few examples.";
    }
  }
}

/** How many examples make an interval as narrow as it has to be: widths fall with the root. */
function needsOf(
  { examples, shift, labels, outOfSupport, drop }: Evidence,
): readonly Need[] {
  const few = Math.min(examples.test, examples.shifted);
  const needs = new Map<string, number>();
  const ask = (what: string, number: number) => {
    if (!Number.isFinite(number)) return;
    // Two digits: it is an estimate.
    const rounded = Number(Math.ceil(number).toPrecision(2));
    needs.set(what, Math.max(needs.get(what) ?? 0, rounded));
  };
  const both = (number: number) => {
    if (number > examples.test) ask("test examples", number);
    if (number > examples.shifted) ask("shifted examples", number);
  };
  if (few < BOUNDS.examples) both(4 * BOUNDS.examples);
  if (fewGroupsOf(examples) !== undefined) {
    ask("groups of examples in each set", 4 * FEWEST_GROUPS);
  } else if (labels === null) {
    ask("labels of shifted examples", Math.max(examples.shifted, 200));
  }
  const area = shift === null ? null : shift.withinClass ?? shift;
  if (area === null && needs.size === 0) {
    ask("rows of features (--features)", examples.test + examples.shifted);
  }
  if (area !== null && area.low <= 0.5) {
    const room = BOUNDS.alike - Math.max(0.5, Math.min(area.auroc, 0.54));
    both(few * Math.max(1, (area.high - area.auroc) / room) ** 2);
  }
  if (
    area !== null && area.low > 0.5 && outOfSupport !== null &&
    outOfSupport.low < BOUNDS.outOfSupport
  ) {
    const gap = outOfSupport.share - BOUNDS.outOfSupport;
    if (gap > 0) {
      both(
        few * Math.max(2, ((outOfSupport.share - outOfSupport.low) / gap) ** 2),
      );
    } else if (!outOfSupport.trained) {
      ask("networks fine-tuned as classifiers (a trial)", 1);
    }
  }
  if (labels !== null && labels.p > BOUNDS.labelChance) {
    const width = labels.distance.high - labels.distance.value;
    both(few * Math.max(1, width / (BOUNDS.sameLabels * 0.75)) ** 2);
  }
  if (drop !== null && drop.high > BOUNDS.openDrop && drop.low <= 0.01) {
    both(few * ((drop.high - drop.low) / 2 / (BOUNDS.openDrop * 0.75)) ** 2);
  }
  if (needs.size === 0) both(4 * few);
  return [...needs].map(([what, number]) => ({ what, number }));
}
