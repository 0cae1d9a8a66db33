/**
 * Where accuracy is lost, as pieces of the page of an answer: by the user's
 * models, by the networks of a trial, or else by a linear classifier.
 *
 * @module
 */
import {
  FEWEST_GROUPS,
  LEAST_SHARED,
  MODELS_FOR_DIFFICULTY,
  type TERM_NAMES,
} from "../../stats/asked/ask_findings.ts";
import type {
  AskFindings,
  FoundDrop,
} from "../../stats/asked/ask_findings_schemas.ts";
import type { Block, Column } from "../document/document.ts";
import { line, numbers, table } from "../document/pieces.ts";
import { span } from "../figures/drawing/columns.ts";
import { formatCount } from "../value/quantity.ts";
import { areDrawn, lost, percent, points, told, within } from "./ask_pieces.ts";

/** A drop, and words that say whose it is. */
interface OwnedDrop {
  readonly drop: FoundDrop;
  /** Begins a sentence: "The mean of 3 models". */
  readonly owner: string;
  /** What the networks of a trial are; left out of all others. */
  readonly kind?: "from scratch" | "fine-tuned";
}

/** Whether models are judged on examples that were drawn, and on the others as well. */
interface OfAll {
  readonly isOfAll: boolean;
}

/** Whether the drop is of networks of a trial. */
export function isOfNetworks(
  { drop, trial }: AskFindings,
): boolean {
  return trial !== null && drop !== null && drop.models !== "probe";
}

/** What intervals of a linear classifier hold beside the draw of what it is asked about. */
const OF_CLASSIFIERS =
  "Another draw of the reference set would give another classifier. That is in these intervals; classifiers without a quarter of the set tell how much it is.";

/** The same where nothing tells how much. */
const OF_ONE_CLASSIFIER =
  "These intervals are of this one classifier: that another draw of the reference set would give another one is not in them, since the set is of fewer than four groups.";

/** The term that has what linear classifiers do not see of the others. */
const OTHER_LABELS: typeof TERM_NAMES[number] =
  "other labels for the same examples";

/** Accuracies, and what a drop is made of. */
export function dropBlocks(
  findings: AskFindings,
): readonly Block[] {
  const { drop, examples } = findings;
  if (drop === null) {
    const { groups, given } = examples;
    return [
      line(
        examples.shifted === 0 && given.shifted > 0
          ? "No shifted examples are left that no other set has: there is no drop to explain."
          : Math.min(groups.test, groups.shifted) < FEWEST_GROUPS
          ? "There are too few examples to explain a drop."
          : "Without labels and predictions of the shifted set there is no drop to explain.",
      ),
    ];
  }
  // Networks of a trial are judged on those alone that were drawn.
  const isOfAll = drop.models !== "probe" && !isOfNetworks(findings) &&
    areDrawn(findings);
  const all = dropsOf(findings, drop);
  const whole = isOfAll ? `, all ${leftText(findings)}` : "";
  return [
    ...all.map(({ owner, drop: { total, low, high, placebo } }) => {
      const isGain = total < 0;
      const change = isGain
        ? `is right more often on the shifted than on the reference set, by ${
          within({ value: -total, low: -high, high: -low }, lost)
        } points of accuracy`
        : `loses ${
          within({ value: total, low, high }, lost)
        } points of accuracy from the reference to the shifted set`;
      const chance = placebo === null || !isGain
        ? placebo
        : { low: -placebo.high, high: -placebo.low };
      return line(
        `${owner} ${change}${whole}${
          chance === null
            ? ""
            : `; random splits${isOfAll ? " of those drawn" : ""} give ${
              span(chance, lost)
            }`
        }.`,
      );
    }),
    accuracyTable(all, { isOfAll }),
    ...termBlocks(all, { isOfAll }),
    ...drop.models !== "probe"
      ? []
      : [line(drop.taughtAnew === true ? OF_CLASSIFIERS : OF_ONE_CLASSIFIER)],
    ...all.flatMap(controlledBlocks),
    ...uncontrolledBlocks(all, findings),
  ];
}

function dropsOf(
  findings: AskFindings,
  drop: FoundDrop,
): readonly OwnedDrop[] {
  const { models } = drop;
  if (models === "probe") {
    return [{
      drop,
      owner:
        "A linear classifier on the features, trained on other reference examples,",
    }];
  }
  if (!isOfNetworks(findings)) {
    const owner = models === 1 ? "The model" : `The mean of ${models} models`;
    return [{ drop, owner }];
  }
  const { fineTunedDrop } = findings;
  return [
    {
      drop,
      owner:
        `The mean of ${models} networks from scratch, trained on shares of the reference images,`,
      kind: "from scratch",
    },
    ...fineTunedDrop === undefined ? [] : [{
      drop: fineTunedDrop,
      owner:
        `The mean of ${fineTunedDrop.models} pre-trained networks, fine-tuned on all reference images,`,
      kind: "fine-tuned" as const,
    }],
  ];
}

function accuracyTable(
  all: readonly OwnedDrop[],
  { isOfAll }: OfAll,
): Block {
  const drawn = isOfAll ? ", of those drawn" : "";
  const rows: readonly (readonly [string, keyof FoundDrop["accuracy"]])[] = [
    ["reference", "reference"],
    ["shifted", "shifted"],
    ...all.some(({ drop }) => drop.sharedMass === null) ? [] : [
      [`shifted, in support${drawn}`, "inSupport"] as const,
      [`shifted, out of support${drawn}`, "outOfSupport"] as const,
    ],
  ];
  return table(
    "Accuracies",
    ["on", ...all.map((one) => columnOf(one, "accuracy (95% interval)"))],
    rows.map(([name, part]) => [
      name,
      ...all.map(({ drop: { accuracy: { [part]: value } } }) =>
        value === null ? "too few examples" : within(value, percent)
      ),
    ]),
  );
}

/** The terms of the drops; of one question they share as much, and are there or not. */
function termBlocks(
  all: readonly OwnedDrop[],
  { isOfAll }: OfAll,
): readonly Block[] {
  const { drop } = all[0] as OwnedDrop;
  const { terms, sharedMass, effectiveSizes } = drop;
  if (terms.length === 0) {
    return [line(
      sharedMass === null
        ? "Without features of the examples the drop cannot be taken apart."
        : `${
          sharedMass < LEAST_SHARED
            ? `The sets share too little (${percent(sharedMass)} of their mass)`
            : "Too few shifted examples are in support"
        } for the drop to be taken apart: nearly all of it would be attributed to other labels, wrongly.`,
    )];
  }
  return told(
    `${
      isOfAll
        ? `The drop of the examples that were drawn, ${
          lost(drop.ofDrawn)
        } points, taken apart in terms that add up to it`
        : all.length > 1
        ? "The drops taken apart, each in terms that add up to it"
        : "The drop taken apart, in terms that add up to it"
    }; the sets share ${percent(sharedMass ?? 0)} of their mass, worth ${
      formatCount(Math.round(effectiveSizes.test))
    } test and ${
      formatCount(Math.round(effectiveSizes.shifted))
    } shifted examples; what linear classifiers do not tell apart counts as other labels`,
    [
      "because of",
      ...all.flatMap((one) => [
        columnOf(one, "points (95% interval)"),
        columnOf(one, "random splits give"),
      ]),
    ],
    terms.map(({ name }, k) => [
      name === OTHER_LABELS ? `${name}, or part of the others` : name,
      ...all.flatMap(({ drop: { terms: { [k]: term } } }) =>
        term === undefined ? ["", ""] : [
          within(term, points),
          span(term.placebo, points),
        ]
      ),
    ]),
  );
}

/** A column of numbers, of one of several drops. */
function columnOf({ kind }: OwnedDrop, title: string): Column {
  return numbers(kind === undefined ? title : `${kind}: ${title}`);
}

function controlledBlocks(
  { drop: { difficultyControlled }, kind }: OwnedDrop,
): readonly Block[] {
  if (difficultyControlled === null) return [];
  const { difference, placebo, covered } = difficultyControlled;
  const found = kind === undefined
    ? "of the same difficulty, accuracy out of support is lower by"
    : kind === "from scratch"
    ? "that other networks from scratch get wrong equally often, networks from scratch are right less often out of support than in support, by"
    : "that networks from scratch get wrong equally often, fine-tuned networks are right less often out of support than in support, by";
  return [line(
    `Among examples ${found} ${
      within(difference, lost)
    } points; random parts as large and as difficult give ${
      span(placebo, lost)
    }${
      covered < 1
        ? `. Of the examples in support ${
          percent(covered)
        } have their like out of support`
        : ""
    }.`,
  )];
}

/** Why nothing is compared at equal difficulty; where no features tell parts, that is said already. */
function uncontrolledBlocks(
  all: readonly OwnedDrop[],
  { trial }: AskFindings,
): readonly Block[] {
  const { drop: { models, sharedMass } } = all[0] as OwnedDrop;
  const isThere = all.some(({ drop }) => drop.difficultyControlled !== null);
  if (isThere || sharedMass === null) return [];
  const there = models === "probe"
    ? `one linear classifier${
      trial === null ? "; without --quick a trial trains networks" : ""
    }`
    : models;
  return [line(
    `Examples in support and out of it are not compared at equal difficulty: ${
      models === "probe" || models < MODELS_FOR_DIFFICULTY
        ? `which are difficult is told by the mistakes of at least ${MODELS_FOR_DIFFICULTY} models (here: ${there})`
        : "one of the parts is empty, or has none as difficult as those of the other"
    }.`,
  )];
}

/** Numbers of examples that are left without duplicates, before any are drawn. */
function leftText(
  { examples: { given }, duplicates }: AskFindings,
): string {
  return `${formatCount(given.test - duplicates.test)} and ${
    formatCount(given.shifted - duplicates.shifted)
  } examples`;
}
