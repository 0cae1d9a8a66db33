/**
 * The tables of a report: numbered ones, and what is smaller than in the paper.
 *
 * @module
 */
import type { TableBlock } from "../document/document.ts";
import { cards, inlineProse, strong } from "../document/pieces.ts";
import { proseMarkdown } from "../value/prose.ts";
import { formatNumber, formatQuantity } from "../value/quantity.ts";
import type { Cell, ScaledDown, Table } from "../value/report.ts";

/** The table: numbers to the right; as cards in a narrow window where its columns go together. What stands before these names the row, in one cell. */
export function tableBlock(
  { id, caption, columns, groups, rows }: Table,
  number: number,
): TableBlock {
  const names = Math.max(1, groups?.findIndex((group) => group !== "") ?? 1);
  const numeric = columns.map((_, column) =>
    rows.some((row) => typeof (row[column] ?? "") !== "string")
  );
  return {
    kind: "table",
    layout: groups === undefined ? "scroll" : "cards",
    label: `Table ${number}`,
    numbered: { id: `table-${id}`, number, caption: proseMarkdown(caption) },
    columns: columns.slice(names - 1).map((title, i) => ({
      title: i === 0 ? columns.slice(0, names).join("; ") : title,
      group: groups?.[i + names - 1] || undefined,
      align: numeric[i + names - 1] === true ? "right" as const : undefined,
    })),
    rows: rows.map((row) => {
      const [first = "", ...texts] = row.map(cellText);
      const name = [
        // What a card is of.
        groups === undefined ? first : strong(first),
        ...texts.slice(0, names - 1).map((text) => `; ${text}`),
      ];
      return [name, ...texts.slice(names - 1)];
    }),
  };
}

/** One row a thing: what the paper used, what is used here. */
export function scaledDownTable(
  rows: readonly ScaledDown[],
  label: string,
): TableBlock {
  return cards(
    label,
    ["setting", "paper", "here"],
    rows.map(({ what, paper, here }) => [
      strong(what),
      inlineProse(paper),
      inlineProse(here),
    ]),
  );
}

function cellText(cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  const text = formatQuantity(cell);
  if (!("low" in cell)) return text;
  const end = (value: number) =>
    formatNumber({ ...cell, value, signed: false });
  const before = cell.after === undefined
    ? ""
    : `${formatQuantity(cell.after)}; `;
  return `${before}${text} (${end(cell.low)},\u00a0${end(cell.high)})`;
}
