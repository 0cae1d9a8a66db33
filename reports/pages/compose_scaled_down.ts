/**
 * What is smaller than in the paper, as a table.
 *
 * @module
 */
import type { Block } from "../document/document.ts";
import { proseMarkdown } from "../value/prose.ts";
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
    columns: ["setting", "paper", "here"].map((title) => ({ title })),
    rows: rows.map(({ what, paper, here }) => [
      { kind: "strong", text: what },
      { kind: "markdown", source: proseMarkdown(paper) },
      { kind: "markdown", source: proseMarkdown(here) },
    ]),
  };
}
