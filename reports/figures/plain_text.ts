/**
 * Sentences without their marks.
 *
 * @module
 */

/** Markdown without its marks; enough for a sentence. */
export function plainText(markdown: string): string {
  return markdown.replaceAll(/[*_`]/g, "").replaceAll(
    /\[([^\]]*)\]\([^)]*\)/g,
    "$1",
  );
}
