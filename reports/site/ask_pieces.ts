/**
 * Numbers, lines and tables as the evidence of an answer has them.
 *
 * @module
 */
import type {
  AskFindings,
  Estimated,
} from "../../stats/asked/ask_findings_schemas.ts";
import type { Block, Column, Line } from "../document/document.ts";
import { folded, line, table } from "../document/pieces.ts";
import { span } from "../figures/drawing/columns.ts";
import {
  formatCount,
  formatNumber,
  formatQuantity,
} from "../value/quantity.ts";

/** A fraction in percent. */
export const percent = (value: number): string =>
  formatQuantity({ value, unit: "percent" });
/** A fraction in percentage points, with its sign. */
export const points = (value: number): string =>
  formatNumber({ value, unit: "points", digits: 1 });
/** A number as it is. */
export const plain = (value: number, digits = 3): string =>
  formatQuantity({ value, unit: "plain", digits });

/** Points that are lost: a fall has no sign. */
export const lost = (value: number): string => points(value).replace("+", "");

/** What stands on the page, and the files beside it that it leads to, by name; nothing of both where there is nothing to show. */
export interface WithFiles {
  readonly blocks: readonly Block[];
  readonly files: readonly (readonly [string, string])[];
}

/** A value with its interval. */
export function within(
  { value, ...interval }: Estimated,
  show: (value: number) => string,
): string {
  return `${show(value)} (${span(interval, show)})`;
}

/** So many rows of a long table are shown unasked. */
export const FIRST_ROWS = 10;

/** So many rows are shown all: to fold two would save no room. */
const MOST_ROWS = 12;

/** Whether a table of so many rows shows the first of them alone. */
export function isLong({ length }: readonly unknown[]): boolean {
  return length > MOST_ROWS;
}

/** What the rows are called that are folded: `The other 990 classes`. */
export function othersTitle(n: number, things: string): string {
  return `The other ${formatCount(n)} ${things}`;
}

/** A table that is opened by its words; on paper it would take sheets. */
export function foldedTable(...parts: Parameters<typeof table>): Block {
  return folded(parts[0], [table(...parts)], { onScreen: true });
}

/**
 * A table of which, if it is long, the first rows are shown and the others
 * folded.
 *
 * @param options.others what these are: "properties"
 */
export function firstOf(
  label: string,
  columns: readonly (string | Column)[],
  rows: readonly (readonly Line[])[],
  { others }: { readonly others: string },
): readonly Block[] {
  if (!isLong(rows)) return [table(label, columns, rows)];
  const rest = rows.slice(FIRST_ROWS);
  return [
    table(label, columns, rows.slice(0, FIRST_ROWS)),
    foldedTable(othersTitle(rest.length, others), columns, rest),
  ];
}

/** A table below the words that say what it shows. */
export function told(...parts: Parameters<typeof table>): readonly Block[] {
  return [line(`${parts[0]}:`), table(...parts)];
}

/** A path as one may type it in a shell: where it has control characters, quoted with these escaped. */
export function shownPath(path: string): string {
  if (!/\p{Cc}/u.test(path)) return path;
  const escaped = path.replaceAll(/[\\']/g, "\\$&").replaceAll(
    /\p{Cc}/gu,
    (character) =>
      `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
  return `$'${escaped}'`;
}

/** A kind of features in a sentence; that of a single table goes by the name of all. */
export function featuresText(name: string): string {
  if (name === "features") return "the features";
  return name === "all" ? "all features" : `“${name}” features`;
}

/** Whether some of the examples that are left without duplicates were drawn, and not all. */
export function areDrawn(
  { examples: { given, ...examples }, duplicates }: AskFindings,
): boolean {
  return (["test", "shifted"] as const).some((set) =>
    examples[set] < given[set] - duplicates[set]
  );
}
