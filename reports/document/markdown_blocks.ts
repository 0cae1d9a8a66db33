/**
 * A page that is written as Markdown, as blocks.
 *
 * @module
 */
import markdownIt, { type Token } from "markdown-it";
import type { Block, Inline, TableBlock } from "./document.ts";
import { headingId } from "./markdown.ts";

const READER = markdownIt({ html: false });

/** What a page written as Markdown says. */
export interface MarkdownPage {
  /** Its first heading. */
  readonly title: string;
  /** The paragraph below that. */
  readonly lead: string;
  readonly blocks: readonly Block[];
}

/**
 * Reads a page that begins with a title and a paragraph without markup.
 *
 * @param addressOf where a link leads on the page; its text stands alone without one
 */
export function readMarkdownPage(
  markdown: string,
  addressOf: (href: string) => string | undefined,
): MarkdownPage {
  const tokens = READER.parse(markdown, {});
  const lines = markdown.split("\n");
  const [title = "", lead = ""] = tokens.filter(({ type }) => type === "inline")
    .map(({ content }) => content.replaceAll("\n", " "));
  const blocks: Block[] = [];
  let section = title;
  tokens.forEach((token, i) => {
    const { type, tag, level, nesting, map } = token;
    if (level > 0 || nesting < 0 || map === null) return;
    if (type === "heading_open") {
      section = tokens[i + 1]?.content.replaceAll("`", "") ?? "";
      blocks.push({
        kind: "heading",
        level: tag === "h3" ? 3 : 2,
        id: headingId(section),
        text: section,
      });
    } else if (type === "fence") {
      const { info: language, content } = token;
      blocks.push({ kind: "code", language, text: content.trimEnd() });
    } else if (type === "table_open") {
      const end = tokens.findIndex(({ type }, at) =>
        at > i && type === "table_close"
      );
      const cell = ({ content }: Token): Inline => ({
        kind: "markdown",
        source: withAddresses(content, addressOf),
      });
      blocks.push(tableOf(tokens.slice(i, end), { label: section, cell }));
    } else {
      const source = lines.slice(...map).join("\n").trimEnd();
      blocks.push({
        kind: "prose",
        markdown: withAddresses(source, addressOf),
      });
    }
  });
  // Those of the title and of the lead stand at the head of a page.
  return { title, lead, blocks: blocks.slice(2) };
}

function tableOf(
  tokens: readonly Token[],
  { label, cell }: {
    readonly label: string;
    readonly cell: (token: Token) => Inline;
  },
): TableBlock {
  const rows: Token[][] = [];
  for (const token of tokens) {
    if (token.type === "tr_open") rows.push([]);
    else if (token.type === "inline") rows.at(-1)?.push(token);
  }
  const [head = [], ...body] = rows;
  return {
    kind: "table",
    layout: "cards",
    label,
    columns: head.map(({ content }) => ({ title: content })),
    rows: body.map((row) => row.map(cell)),
  };
}

/** Code on a line, or a link: its text, and where it leads. */
const CODE_OR_LINK = /(`+)[^`]*\1|\[([^\]]*)\]\(([^)\s]+)\)/g;

function withAddresses(
  markdown: string,
  addressOf: (href: string) => string | undefined,
): string {
  return markdown.replaceAll(
    CODE_OR_LINK,
    (piece, _, text?: string, href?: string) => {
      if (href === undefined) return piece;
      const address = addressOf(href);
      return address === undefined ? text ?? "" : `[${text}](${address})`;
    },
  );
}
