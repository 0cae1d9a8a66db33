/**
 * How well the sets of a question are told apart, as pieces of its page.
 *
 * @module
 */
import { FEWEST_GROUPS } from "../../stats/asked/ask_findings.ts";
import type {
  AskFindings,
  FoundShift,
  FoundTestShift,
} from "../../stats/asked/ask_findings_schemas.ts";
import { areaOf, BOUNDS, CLASS_SPLITS } from "../../stats/asked/rule_bounds.ts";
import type { Block } from "../document/document.ts";
import { line, numbers } from "../document/pieces.ts";
import { formatCount } from "../value/quantity.ts";
import { classBlocks, exchangeBlocks } from "./ask_classes.ts";
import { featuresText, firstOf, percent, plain, within } from "./ask_pieces.ts";

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
      ...classBlocks(labels, examples),
    ];
  }
  return [
    line(howText(shift, examples)),
    ...firstOf(
      "How well the sets are told apart",
      [
        "by",
        numbers("AUROC (95% interval)"),
        numbers("95% of random splits stay below"),
        numbers("p"),
      ],
      areaRows(shift),
      { others: "rows" },
    ),
    ...remainderBlocks(shift),
    ...classBlocks(labels, examples),
    // Of examples that look otherwise nothing follows from that.
    ...(areaOf(shift)?.high ?? 1) > BOUNDS.alike ? [] : exchangeBlocks(labels),
  ];
}

/** How the sets are told apart. */
function howText(
  { bySet, placebos, ofEachClass, ofSecondOrder }: FoundShift,
  { reference, test, shifted }: AskFindings["examples"],
): string {
  const beside = [
    ...(ofEachClass ?? null) !== null ? ["of each class by itself"] : [],
    ...(ofSecondOrder ?? null) !== null
      ? ["of how far features lie from their class’s mean"]
      : [],
  ];
  return `A classifier learns to tell ${
    formatCount((reference ?? 0) + test)
  } reference from ${
    formatCount(shifted)
  } shifted examples, and is asked about examples that it did not see: 0.5 is chance, 1 tells every two apart. ${placebos} random splits of the same examples say what chance alone gives${
    beside.length === 0
      ? ""
      : `, ${Math.min(CLASS_SPLITS, placebos)} of them for classifiers ${
        beside.join(" and ")
      }`
  }.${
    "network" in bySet && "pixels" in bySet
      ? " It does so by what a network trained on COCO makes of an image (“network”), by statistics of its colours and edges (“pixels”), and by both."
      : ""
  }`;
}

/** A row for each classifier. */
function areaRows(shift: FoundShift): readonly (readonly string[])[] {
  const { bySet } = shift;
  const of = (name: string, area: FoundShift["withinClass"] | undefined) =>
    area === null || area === undefined ? [] : [[
      name,
      within({ ...area, value: area.auroc }, plain),
      plain(area.placebo),
      plain(area.p),
    ]];
  return [
    ...of("all features", shift),
    ...of("all features, within classes", shift.withinClass),
    ...of("all features, each class by itself", shift.ofEachClass),
    ...of("spread of all features, within classes", shift.ofSecondOrder),
    ...of(
      `both, within classes, of ${
        formatCount(shift.redrawn?.drawn ?? 0)
      } reference examples drawn as often as their likes are among the shifted ones`,
      shift.redrawn?.left,
    ),
    // One kind of features is all of them.
    ...Object.entries("all" in bySet ? bySet : {}).flatMap(([name, area]) =>
      name === "all" ? [] : [
        ...of(featuresText(name), area.marginal),
        ...of(`${featuresText(name)}, within classes`, area.withinClass),
      ]
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
        }${changedText(testShift)}.`,
    ),
  ];
}

/** Which properties tell otherwise of the label in a test set. */
function changedText({ lost, gained = [] }: FoundTestShift): string {
  return lost.length > 0
    ? `, and ${lost.join(", ")} ${
      lost.length === 1 ? "tells" : "tell"
    } less of the label`
    : gained.length > 0
    ? `, and ${gained.join(", ")} ${
      gained.length === 1 ? "goes" : "go"
    } with the label newly, or more closely`
    : ", and no property tells less of the label, or more, for sure";
}
