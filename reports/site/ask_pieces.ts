/**
 * Numbers, lines and tables as the evidence of an answer has them.
 *
 * @module
 */
import type { Estimated } from "../../stats/asked/ask_findings.ts";
import type { Block, Column, Line } from "../document/document.ts";
import { formatNumber, formatQuantity } from "../value/quantity.ts";

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

/** A value with its interval. */
export function within(
  { value, low, high }: Estimated,
  show: (value: number) => string,
): string {
  return `${show(value)} (${show(low)} to ${show(high)})`;
}

/** A column of numbers. */
export const numbers = (title: string): Column => ({ title, align: "right" });

/** A table, with what it shows for those who cannot see it. */
export function table(
  label: string,
  columns: readonly (string | Column)[],
  rows: readonly (readonly Line[])[],
): Block {
  return {
    kind: "table",
    layout: "scroll",
    label,
    columns: columns.map((column) =>
      typeof column === "string" ? { title: column } : column
    ),
    rows,
  };
}

/** A table below the words that say what it shows. */
export function told(...parts: Parameters<typeof table>): readonly Block[] {
  return [line(`${parts[0]}:`), table(...parts)];
}

/** A paragraph. */
export function line(text: Line): Block {
  return { kind: "line", text };
}
