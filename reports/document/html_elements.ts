/**
 * The elements of a page, as its own writer leaves them.
 *
 * @module
 */
import { unescapeHtml } from "../text/escape.ts";

/** An opening tag. */
export interface HtmlElement {
  /** Name in lower case. */
  readonly name: string;
  /** Values by name, entities read; "" for an attribute without a value. */
  readonly attributes: ReadonlyMap<string, string>;
}

const TAG =
  /<([a-zA-Z][\w:-]*)((?:\s+[^\s=>/"'<]+(?:\s*=\s*"[^"]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s=>/"'<]+)(?:\s*=\s*"([^"]*)")?/g;

/**
 * Every opening tag of a page in order. Not a parser of any HTML: values of
 * attributes must stand in double quotes, which is how pages are written here.
 */
export function htmlElements(page: string): readonly HtmlElement[] {
  const text = page.replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, "$1");
  return [...text.matchAll(TAG)].map(([, name = "", attributes = ""]) => ({
    name: name.toLowerCase(),
    attributes: new Map(
      [...attributes.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [
        name.toLowerCase(),
        unescapeHtml(value),
      ]),
    ),
  }));
}
