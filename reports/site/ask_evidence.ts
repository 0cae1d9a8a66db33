/**
 * The evidence of an answer as pieces of its page, in the order in which it is
 * weighed. Long, since it is a list of such pieces, each by itself.
 *
 * @module
 */
import { FEWEST_GROUPS } from "../../stats/asked/ask_findings.ts";
import type {
  AskFindings,
  BoundedShare,
  FoundShift,
  FoundSupport,
  Need,
} from "../../stats/asked/ask_findings_schemas.ts";
import type { FoundGain, TrialGroup } from "../../stats/asked/found_trial.ts";
import { areContradicted } from "../../stats/asked/contradicted.ts";
import { CLASS_SPLITS } from "../../stats/asked/rule_bounds.ts";
import type { Block } from "../document/document.ts";
import {
  code,
  folded,
  line,
  notice,
  numbers,
  table,
} from "../document/pieces.ts";
import { formatCount, formatCounts } from "../value/quantity.ts";
import { counted } from "../value/wording.ts";
import {
  FIRST_ROWS,
  firstOf,
  foldedTable,
  isLong,
  othersTitle,
  percent,
  plain,
  points,
  told,
  within,
} from "./ask_pieces.ts";

/** What would decide an open question, beside what there is: `about 1,200 test examples instead of 300` */
export function needsText({ needs }: AskFindings): string {
  return needs.map(({ what, number, there, or, to }) =>
    `${needText({ what, number, there })}${
      or === undefined ? "" : `, or ${or}`
    }${to === undefined ? "" : `, ${to}`}`
  ).join("; and ");
}

function needText(
  { what, number, there }: Pick<Need, "what" | "number" | "there">,
): string {
  // "other" is the one that begins with a vowel.
  if (number === 1) {
    return what.startsWith("other ") ? `an${what}` : `a ${what}`;
  }
  const [then, now] = formatCounts([Math.ceil(number), there ?? 0]);
  // Before a comma: "instead of" belongs to the number.
  const [first = what, ...rest] = what.split(/(?=, )/);
  return `about ${then} ${first}${
    there === undefined ? "" : ` instead of ${now}`
  }${rest.join("")}`;
}

/** What the needs of an answer are for. */
export function needsTitle(
  { answer, trial }: AskFindings,
): string {
  if (answer !== "undecidable") return "What would tell more";
  return trial === null
    ? "What would decide it"
    : "The trial did not decide it; what would";
}

/** What would decide an open question, or tell what a decided one leaves open. */
export function needBlocks(findings: AskFindings): readonly Block[] {
  return findings.needs.length === 0
    ? []
    : [notice(`${needsTitle(findings)}:`, ` ${needsText(findings)}.`)];
}

/** Every condition of the rule, and whether it holds. */
export function ruleBlocks({ rule }: AskFindings): readonly Block[] {
  const summary =
    "The rule, fixed beforehand, and whether each condition holds";
  return [folded(summary, [table(
    summary,
    ["condition", "holds"],
    rule.map(({ condition, holds }) => [
      condition,
      holds === null ? "cannot be told" : holds ? "yes" : "no",
    ]),
  )])];
}

/** How well the sets are told apart, and how their classes differ. */
export function shiftBlocks(
  { shift, labels, examples }: AskFindings,
): readonly Block[] {
  const { test, shifted } = examples.groups;
  if (Math.min(test, shifted) < FEWEST_GROUPS) {
    return [line("There are too few examples to tell the sets apart.")];
  }
  if (shift === null) {
    return [
      line(
        "Without features of the examples the sets cannot be told apart by their looks.",
      ),
      ...labelBlocks(labels, examples),
    ];
  }
  const of = (name: string, area: FoundShift["withinClass"]) =>
    area === null ? [] : [[
      name,
      within({ ...area, value: area.auroc }, plain),
      plain(area.placebo),
      plain(area.p),
    ]];
  const beside = [
    ...(shift.ofEachClass ?? null) !== null ? ["of each class by itself"] : [],
    ...(shift.ofSecondOrder ?? null) !== null
      ? ["of how far features lie from their class’s mean"]
      : [],
  ];
  const rows = [
    ...of("all features", shift),
    ...of("all features, within classes", shift.withinClass),
    ...of("all features, each class by itself", shift.ofEachClass ?? null),
    ...of(
      "spread of all features, within classes",
      shift.ofSecondOrder ?? null,
    ),
    // One kind of features is all of them.
    ...Object.entries("all" in shift.bySet ? shift.bySet : {}).flatMap((
      [name, area],
    ) =>
      name === "all" ? [] : [
        ...of(featuresText(name), area.marginal),
        ...of(`${featuresText(name)}, within classes`, area.withinClass),
      ]
    ),
  ];
  return [
    line(
      `A classifier learns to tell ${
        formatCount((examples.reference ?? 0) + examples.test)
      } reference from ${
        formatCount(examples.shifted)
      } shifted examples, and is asked about examples that it did not see: 0.5 is chance, 1 tells every two apart. ${shift.placebos} random splits of the same examples say what chance alone gives${
        beside.length === 0
          ? ""
          : `, ${
            Math.min(CLASS_SPLITS, shift.placebos)
          } of them for classifiers ${beside.join(" and ")}`
      }.${
        "network" in shift.bySet && "pixels" in shift.bySet
          ? " It does so by what a network trained on COCO makes of an image (“network”), by statistics of its colours and edges (“pixels”), and by both."
          : ""
      }`,
    ),
    ...firstOf(
      "How well the sets are told apart",
      [
        "by",
        numbers("AUROC (95% interval)"),
        numbers("95% of random splits stay below"),
        numbers("p"),
      ],
      rows,
      { others: "rows" },
    ),
    ...remainderBlocks(shift),
    ...labelBlocks(labels, examples),
  ];
}

/** Whether a test set that was given is like the reference set; nothing where none was. */
export function testShiftBlocks(
  { testShift }: AskFindings,
): readonly Block[] {
  if (testShift === undefined) return [];
  return [
    line(
      testShift === null
        ? "Whether the test images are like the reference images cannot be told: they are too few."
        : `The test images that were given beside the reference images, told apart within classes in the same way: AUROC ${
          within({ ...testShift, value: testShift.auroc }, plain)
        }, which ${
          percent(testShift.p)
        } of random splits reach; 95% stay below ${
          plain(testShift.placebo)
        }. Class frequencies differ as much by chance in ${
          percent(testShift.labelChance)
        } of cases${
          testShift.labelDistance === undefined
            ? ""
            : ` (a distance of up to ${plain(testShift.labelDistance)})`
        }${
          testShift.lost.length === 0
            ? (testShift.gained ?? []).length === 0
              ? ", and no property tells less of the label, or more, for sure"
              : `, and ${testShift.gained?.join(", ")} ${
                testShift.gained?.length === 1 ? "goes" : "go"
              } with the label newly, or more closely`
            : `, and ${testShift.lost.join(", ")} ${
              testShift.lost.length === 1 ? "tells" : "tell"
            } less of the label`
        }.`,
    ),
  ];
}

/** What is left of the shift among examples that are alike in a property. */
function remainderBlocks({ remainders }: FoundShift): readonly Block[] {
  return remainders.length === 0 ? [] : [
    line(
      "If the two sets differ only in how often a property has which value, little is left among examples of one class that are alike in it, and the reference set has the values of nearly all shifted examples.",
    ),
    ...firstOf(
      "What is left among examples that are alike",
      [
        "alike in",
        numbers("AUROC (95% interval)"),
        numbers(
          "shifted examples whose values the reference set has a fifth as often at least, for sure",
        ),
      ],
      remainders.map(({ property, reached, ...area }) => [
        property,
        within({ ...area, value: area.auroc }, plain),
        percent(reached),
      ]),
      { others: "properties" },
    ),
  ];
}

/** Whether some of the examples that are left without duplicates were drawn, and not all. */
export function areDrawn(
  { examples: { given, ...examples }, duplicates }: AskFindings,
): boolean {
  return (["test", "shifted"] as const).some((set) =>
    examples[set] < given[set] - duplicates[set]
  );
}

/** A kind of features in a sentence; that of a single table goes by the name of all. */
function featuresText(name: string): string {
  if (name === "features") return "the features";
  return name === "all" ? "all features" : `“${name}” features`;
}

function labelBlocks(
  labels: AskFindings["labels"],
  examples: AskFindings["examples"],
): readonly Block[] {
  return labels === null
    ? [line("Without labels, classes are not compared.")]
    : [
      line(
        `Class frequencies${
          isPartOf(labels, examples)
            ? ` of the ${formatCount(examples.test)} test and ${
              formatCount(examples.shifted)
            } shifted examples that were drawn`
            : ""
        } lie ${
          within(labels.distance, percent)
        } apart (total variation, less what chance gives), p\u00a0=\u00a0${
          plain(labels.p)
        }.`,
      ),
      ...countBlocks(labels),
    ];
}

/** Examples of each class; of many classes first those whose shares of the sets differ most. */
function countBlocks(
  { counts }: NonNullable<AskFindings["labels"]>,
): readonly Block[] {
  const label = "Examples of each class";
  const columns = ["class", numbers("test"), numbers("shifted")];
  const cells = (row: typeof counts[number]) => [
    row.class,
    formatCount(row.test),
    formatCount(row.shifted),
  ];
  const rows = counts.map(cells);
  if (!isLong(counts)) return [table(label, columns, rows)];
  const many = `${formatCount(counts.length)} classes`;
  const ofSet = (set: "test" | "shifted") =>
    Math.max(1, counts.reduce((sum, row) => sum + row[set], 0));
  const [test, shifted] = [ofSet("test"), ofSet("shifted")];
  const apart = (row: typeof counts[number]) =>
    Math.abs(row.test / test - row.shifted / shifted);
  if (counts.every((row) => apart(row) === 0)) {
    return [
      line(`Each of the ${many} has the same share of both sets.`),
      foldedTable(`Examples of each of the ${many}`, columns, rows),
    ];
  }
  const first = new Set(
    counts.toSorted((a, b) => apart(b) - apart(a)).slice(0, FIRST_ROWS),
  );
  return [
    line(
      `Of the ${many} the ${FIRST_ROWS} whose shares of the two sets differ most:`,
    ),
    table(label, columns, Array.from(first, cells)),
    // As the classes are numbered: there one is looked up.
    foldedTable(
      othersTitle(counts.length - FIRST_ROWS, "classes"),
      columns,
      counts.filter((row) => !first.has(row)).map(cells),
    ),
  ];
}

/** Whether more examples were counted than were drawn to compare. */
function isPartOf(
  { counts }: NonNullable<AskFindings["labels"]>,
  examples: AskFindings["examples"],
): boolean {
  return (["test", "shifted"] as const).some((set) =>
    counts.reduce((sum, row) => sum + row[set], 0) > examples[set]
  );
}

function shareText(
  { share, low, high }: BoundedShare,
  { atLeast }: Pick<FoundSupport, "atLeast">,
): string {
  return atLeast
    ? low === 0
      ? share === 0
        ? "none"
        : `no certain share (best estimate ${percent(share)})`
      : `at least ${percent(low)} (best estimate ${percent(share)})`
    : `${percent(share)} (${percent(low)} to ${percent(high)})`;
}

/** What was asked for, and could have been. */
export interface AskedFor {
  /** Whether networks could have been trained for this, and nobody asked for it. */
  readonly canTrain: boolean;
}

/** The share out of support, and that by networks which the rule did not read. */
export function supportBlocks(
  { outOfSupport, trainedSupport }: AskFindings,
  { canTrain }: AskedFor,
): readonly Block[] {
  if (outOfSupport === null) {
    return [line("It cannot be told which part is out of support.")];
  }
  const areAlone = !trainedSupport;
  const shares = shareBlocks(outOfSupport, { canTrain, areAlone });
  return areAlone ? shares : [
    ...shares,
    line(
      "Two networks were fine-tuned to tell the sets apart, besides. The answer does not rest on them: how often it would be false was not tried. Without labels, a class that only became more frequent may look new to them, and what is new within classes alone may escape them, so that their share has no upper end.",
    ),
    ...shareBlocks(trainedSupport, { canTrain: false, areAlone: false }),
  ];
}

/** A share; none where two ways to look contradict each other. */
function shareBlocks(
  found: FoundSupport,
  { canTrain, areAlone }: AskedFor & {
    /** Whether nobody else looked. */
    readonly areAlone: boolean;
  },
): readonly Block[] {
  const { atLeast, trained, epsilon, features, agreement, others = [], sweep } =
    found;
  if (agreement !== null && areContradicted(found)) {
    return [line(
      `How many of the shifted examples are out of support cannot be said: of those that one of two ${
        trained ? "networks" : "kinds of features"
      } puts there, the one which sees fewer, the other does so with only ${
        percent(agreement)
      }.`,
    )];
  }
  return [
    line(
      `Out of support is what is less than ${
        plain(epsilon, 2)
      } times as dense in the reference as in the shifted set: ${
        shareText(found, { atLeast })
      } of the shifted examples, by ${
        trained
          ? `a network pre-trained on ${
            features === "photo" ? "photographs" : features
          } and fine-tuned to tell the sets apart`
          : featuresText(features)
      }${
        others.map((other) =>
          `; ${
            trained
              ? "the other of the two puts"
              : `${featuresText(other.features)} alone put`
          } ${shareText(other, other)} out of support`
        ).join("")
      }.${
        agreement === null
          ? ""
          : ` Of those that the ${
            trained ? "network" : "kind of features"
          } which sees fewer puts there, the other puts ${
            percent(agreement)
          } there, too; where nearly all are out, that means little.`
      }${
        !trained
          ? ` ${
            areAlone ? "Only linear" : "Linear"
          } classifiers looked, which see weak or mixed shifts in part, so more may be out of support${
            canTrain ? "; without --quick networks are fine-tuned to look" : ""
          }.`
          : atLeast && areAlone
          ? " More may be: what looks in support to it is not like the reference set either."
          : ""
      }`,
    ),
    ...sweep.every(({ share }) => share === 0) ? [] : told(
      "The share as the bound moves",
      [numbers("bound ε"), numbers("out of support")],
      sweep.map((one) => [plain(one.epsilon, 2), shareText(one, { atLeast })]),
    ),
    ...sweep.every(({ low }, i) => low >= (sweep[i - 1]?.low ?? 0)) ? [] : [
      line(
        "What is out of support at one bound is so at all looser ones. Where the lower end falls all the same, that is no smaller share: each row has a cut of its own.",
      ),
    ],
  ];
}

/** Mean effective robustness on all shifted examples, with its interval, in points. */
export function wholeText({ all: { mean, low, high } }: TrialGroup): string {
  return `${within({ value: mean, low, high }, points)} points`;
}

function gainText(gain: FoundGain): string {
  return "tooFew" in gain
    ? gain.tooFew === 0
      ? "no examples"
      : `only ${counted(gain.tooFew, "example")}`
    : `${within(gain, points)} points${
      gain.lineHolds ? "" : ", over a line that does not hold"
    }`;
}

/** Effective robustness of the networks of a trial, or why there is none. */
export function trialBlocks(
  { trial, trainedSupport, drop }: AskFindings,
  { canTrain }: AskedFor,
): readonly Block[] {
  if (trial === null) {
    if (canTrain) {
      return [line(
        "No network was trained (--quick). The trial trains baselines on shares of the reference images, fine-tunes pre-trained networks, and measures effective robustness.",
      )];
    }
    const areSeveral = typeof drop?.models === "number" && drop.models > 1;
    return [
      line(
        `No network was trained${
          trainedSupport === undefined ? "" : " to classify"
        }: that takes labelled images of both sets, and enough of them.`,
      ),
      ...areSeveral
        ? [line([
          "Effective robustness of models of your own, some of them baselines, is measured in a table of accuracies: ",
          code("deno task er --table FILE"),
          ".",
        ])]
        : [],
    ];
  }
  if ("noLine" in trial) {
    return [line(
      `Nothing is measured over networks from scratch. ${trial.noLine}.`,
    )];
  }
  return [
    ...trial.lineHolds ? [] : [
      notice(
        "The line does not hold:",
        ` r² ${
          plain(trial.line.r2)
        }. Shifted accuracy hardly follows reference accuracy here, and effective robustness means little.`,
      ),
    ],
    ...told(
      `Mean effective robustness over networks from scratch, in points, of fine-tunings of one pre-trained network each; intervals of ${
        percent(trial.level)
      }, so that all pre-trainings together have 95%`,
      [
        "pre-training",
        numbers("fine-tunings"),
        numbers("all shifted images"),
        numbers("in support"),
        numbers("out of support"),
      ],
      trial.groups.map((group) => [
        group.name,
        formatCount(group.points.length),
        wholeText(group),
        gainText(group.inSupport),
        gainText(group.outOfSupport),
      ]),
    ),
  ];
}
