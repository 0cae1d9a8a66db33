/**
 * Prose in which any number may be a result.
 *
 * @module
 */
import { formatQuantity, type Quantity } from "./quantity.ts";

/**
 * Markdown, whole or in pieces; a piece may be a number, so that a pipeline can
 * write `["a gain of ", { value: gain.get("mean"), unit: "points" }, "."]`.
 */
export type Prose = string | readonly (string | Quantity)[];

/** The Markdown of prose, numbers written out. */
export function proseMarkdown(prose: Prose): string {
  if (typeof prose === "string") return prose;
  return prose.map((piece) =>
    typeof piece === "string" ? piece : formatQuantity(piece)
  ).join("");
}
