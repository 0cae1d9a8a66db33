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

/** Text for an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
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

/** Text for XML, which has no place for most control characters. */
export function escapeXml(text: string): string {
  return escapeHtml(
    text.replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, "\ufffd"),
  );
}

/** Text for a line of Markdown: markup is made literal, line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_[\]<>|~#&$]/g, "\\$&");
}

/** An address that a page may link to: relative, http, https or mailto; else "#". */
export function safeUrl(url: string): string {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const allowed = scheme === undefined ||
    ["http", "https", "mailto"].includes(scheme);
  return allowed && !/^\s*[/\\]{2}/.test(url) ? url : "#";
}
