/**
 * Sentences without their marks.
 *
 * @module
 */

/** Markdown without its marks; enough for a sentence. */
export function plainText(markdown: string): string {
  return markdown.replaceAll(
    /\\([^\w\s])|[*_`]/g,
    (_, escaped: string | undefined) => escaped ?? "",
  ).replaceAll(
    /\[([^\]]*)\]\([^)]*\)/g,
    "$1",
  );
}
