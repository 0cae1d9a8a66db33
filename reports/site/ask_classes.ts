/**
 * How often classes occur in the sets of a question, as pieces of its page.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import type { Block } from "../document/document.ts";
import { line, numbers, table } from "../document/pieces.ts";
import { formatCount } from "../value/quantity.ts";
import {
  FIRST_ROWS,
  foldedTable,
  isLong,
  othersTitle,
  percent,
  plain,
  within,
} from "./ask_pieces.ts";

/** How far class frequencies lie apart, and examples of each class. */
export function classBlocks(
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
        }.${inSupportText(labels)}`,
      ),
      ...countBlocks(labels),
    ];
}

/** How far they lie apart among the examples in support; "" where that is not known. */
function inSupportText(
  { inSupport }: NonNullable<AskFindings["labels"]>,
): string {
  return inSupport === null || inSupport === undefined
    ? ""
    : ` Those of the shifted examples in support lie ${
      within(inSupport.distance, percent)
    } from the test set’s, p\u00a0=\u00a0${plain(inSupport.p)}.`;
}

/** Which two classes look more like each other than before. */
export function exchangeBlocks(
  labels: AskFindings["labels"],
): readonly Block[] {
  const found = labels?.exchanged ?? null;
  if (found === null) return [];
  const { classes, share, p } = found;
  return [
    line(
      `Of all pairs of classes ${
        classes.join(" and ")
      } stand out most: a linear classifier takes their shifted examples for one another more readily than those of the test set, as if ${
        within(share, percent)
      } of these labels were exchanged; in ${
        percent(p)
      } of random splits some pair stands out as much.`,
    ),
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
