/**
 * HTML in which everything put in is escaped, unless it is HTML already.
 *
 * @module
 */
import { escapeHtml } from "./escape.ts";

/** Text that is HTML and must not be escaped again. */
export interface Html {
  readonly html: string;
}

/** What may be put into HTML. */
export type Content = string | number | Html | null | readonly Content[];

/** A template of HTML: strings put in are escaped, lists are joined, null is nothing; how the template is indented is not kept. */
export function html(
  strings: TemplateStringsArray,
  ...contents: readonly Content[]
): Html {
  const text = strings.map((string, i) =>
    (i === 0 ? "" : write(contents[i - 1] ?? null)) +
    string.replaceAll(/\s*\n\s*/g, "\n")
  ).join("");
  return { html: text };
}

/** An attribute of an element, in a line of its own; nothing without a value. */
export function attribute(
  name: string,
  value: string | undefined,
): Html | null {
  return value === undefined
    ? null
    : { html: `\n${name}="${escapeHtml(value)}"\n` };
}

function write(content: Content): string {
  if (content === null) return "";
  if (typeof content === "string") return escapeHtml(content);
  if (typeof content === "number") return String(content);
  return "html" in content ? content.html : content.map(write).join("");
}
