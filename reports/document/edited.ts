/**
 * What is said beside a commit of files that differ from it.
 *
 * @module
 */
import type { Inline, Line } from "./document.ts";
import { code } from "./pieces.ts";

/** How many files are named; the others are counted. */
const MOST_NAMED = 3;

/** `a.ts, b.ts, c.ts and 2 more` */
export function editedText(edited: readonly string[]): string {
  const more = edited.length - MOST_NAMED;
  return more > 0
    ? `${edited.slice(0, MOST_NAMED).join(", ")} and ${more} more`
    : edited.join(", ");
}

/** The start of a commit's hash, and whether files differ from it. */
export function commitInline(
  { commit, edited = [] }: {
    readonly commit: string;
    readonly edited?: readonly string[] | undefined;
  },
): readonly Inline[] {
  return [
    code(commit.slice(0, 12)),
    ...edited.length === 0 ? [] : [", edited"],
  ];
}

/** A commit, and the files that differ from it. */
export function commitLine(
  { commit, edited = [] }: {
    readonly commit: string | null;
    readonly edited?: readonly string[] | undefined;
  },
): Line {
  return commit === null ? "not in a checkout" : [
    code(commit),
    ...edited.length === 0 ? [] : [`, edited: ${editedText(edited)}`],
  ];
}
