/**
 * Pieces of a page, made by a call each.
 *
 * @module
 */
import type { Picture } from "../value/picture.ts";
import { type Prose, proseMarkdown } from "../value/prose.ts";
import type {
  Block,
  Column,
  Inline,
  Line,
  PictureBlock,
  TableBlock,
} from "./document.ts";

/** A heading of the page; its list of contents names those of level 2. */
export function heading(id: string, text: string, level: 2 | 3 = 2): Block {
  return { kind: "heading", level, id, text };
}

/** Paragraphs in Markdown. */
export function prose(markdown: string): Block {
  return { kind: "prose", markdown };
}

/** A paragraph. */
export function line(text: Line): Block {
  return { kind: "line", text };
}

/** What a reader has to know first, after a few words in bold. */
export function notice(about: string, ...rest: readonly Inline[]): Block {
  return { kind: "notice", text: [strong(about), ...rest] };
}

/** Terms, each with what is said of it. */
export function facts(items: readonly Fact[]): Block {
  return { kind: "facts", items };
}

/** A term and what is said of it. */
export type Fact = readonly [term: string, said: Line];

/** A fact, where there is something to say. */
export function fact(term: string, said: Line | undefined): readonly Fact[] {
  return said === undefined ? [] : [[term, said]];
}

/** Commands for a shell. */
export function commands(text: string): Block {
  return { kind: "code", language: "sh", text };
}

/** What few readers need, which one opens; on paper it takes no room if it is for the screen. */
export function folded(
  summary: string,
  blocks: readonly Block[],
  { onScreen }: { readonly onScreen?: true } = {},
): Block {
  return { kind: "folded", summary, blocks, onScreen };
}

/** A table that scrolls where it is too wide; a column of words is its title. */
export function table(
  label: string,
  columns: readonly (string | Column)[],
  rows: TableBlock["rows"],
): TableBlock {
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

/** A table whose rows are cards in a narrow window. */
export function cards(...parts: Parameters<typeof table>): TableBlock {
  return { ...table(...parts), layout: "cards" };
}

/** A column of numbers. */
export function numbers(title: string): Column {
  return { title, align: "right" };
}

/** A picture whose file lies beside the page. */
export function picture({ id, caption, alt }: Picture): PictureBlock {
  return {
    kind: "picture",
    id: `picture-${id}`,
    caption: proseMarkdown(caption),
    alt,
    src: `./${id}.png`,
  };
}

/** Words in bold. */
export function strong(text: string): Inline {
  return { kind: "strong", text };
}

/** Code in a line. */
export function code(text: string): Inline {
  return { kind: "code", text };
}

/** A link in a line. */
export function link(text: string, href: string): Inline {
  return { kind: "link", text, href };
}

/** Prose of one line. */
export function inlineProse(prose: Prose): Inline {
  return { kind: "markdown", source: proseMarkdown(prose) };
}
