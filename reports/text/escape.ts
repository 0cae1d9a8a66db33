/**
 * Making text from data literal in HTML and in Markdown.
 *
 * @module
 */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text whose control characters are seen: XML has no place for them, terminals
 * act on them, and those that turn the direction of text around turn what
 * follows, too. Those of ASCII become their pictures (␛), others their
 * numbers (\u009b). Tabs and line breaks stay.
 */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(
    /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 0x20
        ? String.fromCharCode(0x2400 + code)
        : code === 0x7f
        ? "\u2421"
        : `\\u${code.toString(16).padStart(4, "0")}`;
    },
  );
}

/** Text for an element or a quoted attribute of HTML or XML. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
);

/** The text that {@linkcode escapeHtml} was given. */
export function unescapeHtml(html: string): string {
  return html.replaceAll(
    /&(?:lt|gt|quot|#39|amp);/g,
    (entity) => CHARACTERS.get(entity) ?? "",
  );
}

/** Text for a line of Markdown: markup is made literal, line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return visible(text.replaceAll(/\s+/g, " "))
    .replaceAll(/[\\`*_[\]<>|~#&$]/g, "\\$&");
}

/** Text as a block of code in Markdown, in a fence that is longer than any within. */
export function fenced(text: string, language: string): string {
  const fence = ticks(visible(text), 3);
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}

/** Text as code in a line of Markdown, between more backticks than it has in a row. */
export function codeSpan(text: string): string {
  const code = visible(text).replaceAll(/\s+/g, " ");
  const fence = ticks(code, 1);
  const room = /^`|`$/.test(code) ? " " : "";
  return fence + room + code + room + fence;
}

/** More backticks than a text has in a row, and so many at least. */
function ticks(text: string, least: number): string {
  const runs = (text.match(/`+/g) ?? []).map(({ length }) => length + 1);
  return "`".repeat(runs.reduce((a, b) => Math.max(a, b), least));
}

/** An address that a page may link to: relative, http, https or mailto; else "#". */
export function safeUrl(address: string): string {
  const url = address.replaceAll(/[\t\n\r]/g, ""); // as browsers read it
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const allowed = scheme === undefined ||
    ["http", "https", "mailto"].includes(scheme);
  return allowed && !/^\s*[/\\]{2}/.test(url) ? url : "#";
}
