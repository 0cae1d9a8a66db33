/**
 * Words that stay on one line.
 *
 * @module
 */
import { type Html, html } from "../text/html.ts";

/** The longest compound that the narrowest page has room for. */
const LONGEST = 20;

/** A compound, or an option. */
const WORD = /((?:[\p{L}\d]+-)+[\p{L}\d]+|(?<!\S)--?\w[\w-]*)/u;

/** A text whose compounds are not broken after their hyphens, nor its options after their dashes. */
export function unbroken(text: string): Html {
  return html`${
    text.split(WORD).map((piece, i) =>
      i % 2 === 0 || piece.length > LONGEST
        ? piece
        : html`<span class="whole">${piece}</span>`
    )
  }`;
}

/** HTML in which a formula keeps the bracket before it and the full stop after it. */
export function wholeFormulas(text: string): string {
  return text.replaceAll(
    /\(?<math>(?:(?!<\/math>)[\s\S])*<\/math>[.,;:)]*/g,
    (piece) =>
      piece.startsWith("<") && piece.endsWith(">")
        ? piece
        : `<span class="whole">${piece}</span>`,
  );
}
