/**
 * Making HTML in Markdown literal.
 *
 * @module
 */
import markdownIt from "markdown-it";
import { visible } from "./escape.ts";

/** What Markdown reads as one piece: an escaped character, code on a line, a block of code. */
const PIECES =
  /\\[\s\S]|^ {0,3}(?:(`{3,})[^`\n]*\n(?:[\s\S]*?\n)? {0,3}\1`*|(~{3,})[^\n]*\n(?:[\s\S]*?\n)? {0,3}\2~*)[ \t]*$|(?<!`)(`+)(?!`)(?:[^\n]*?[^`\n])?\3(?!`)|`+|<(?=[a-z/!?])/gim;

/** Reads HTML in Markdown as such. */
const READER = markdownIt({ html: true });

/**
 * Markdown whose HTML is made literal; code, and what is escaped already, is as
 * it was. Where that leaves an element live, since lines and blocks end
 * elsewhere than it seems, every "<" is made literal, in code too.
 */
export function withoutTags(markdown: string): string {
  const escaped = visible(markdown)
    .replaceAll(PIECES, (piece) => piece === "<" ? "\\<" : piece);
  const live = READER.parse(escaped, {})
    .flatMap((token) => [token, ...token.children ?? []])
    .some(({ type }) => type === "html_block" || type === "html_inline");
  return live ? escaped.replaceAll(/\\?</g, "&lt;") : escaped;
}
