/**
 * Sentences without their marks.
 *
 * @module
 */

/** A link, code, an escaped character, and marks; an underscore within a word is a letter. */
const MARKS =
  /\[((?:\\.|[^\]\\])*)\]\([^)]*\)|`([^`]*)`|\\([!-/:-@[-`{-~])|[*`]|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu;

/** Markdown without its marks, escaped characters as themselves; enough for a sentence. */
export function plainText(markdown: string): string {
  return markdown.replaceAll(
    MARKS,
    (_, link?: string, code?: string, escaped?: string) =>
      link === undefined ? code ?? escaped ?? "" : plainText(link),
  );
}
