/**
 * What is smaller than in the paper, as a table.
 *
 * @module
 */
import { type Block, inlineProse, textColumns } from "../document/document.ts";
import type { ScaledDown } from "../value/report.ts";

/** One row a thing: what the paper used, what is used here. */
export function scaledDownTable(
  rows: readonly ScaledDown[],
  label: string,
): Block {
  return {
    kind: "table",
    layout: "cards",
    label,
    columns: textColumns("setting", "paper", "here"),
    rows: rows.map(({ what, paper, here }) => [
      { kind: "strong", text: what },
      inlineProse(paper),
      inlineProse(here),
    ]),
  };
}
