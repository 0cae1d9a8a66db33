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

/** Spaces after which a line would begin with what makes no sense alone: in `n = 4`, `± 2`, `figure 3`, `3 min`. */
const KEPT =
  /(?<=(?<![\p{L}\d])\p{L}²?) (?=[=≥≤<>] [\d.−])|(?<=[=≥≤<>±]) (?=[\d.−])|(?<=\b(?:[Ff]igure|[Tt]able|[Ss]ection|[Aa]ppendix)) (?=[A-Z]?\.?\d|[A-Z]\b)|(?<=\d) (?=(?:kB|MB|GB|ms|s|min|h)\b)/gu;

/** A text whose quantities, and names of figures and tables, stay whole. */
export function kept(text: string): string {
  return text.replaceAll(KEPT, "\u00a0");
}

/** A number with its interval at the end of a text; its unit is captured. */
const ESTIMATE = /\S+ \(\S+ to \S+\)( \S+)?$/;

/** The longest of them that the columns of claims have room for with its unit. */
const LONGEST_ESTIMATE = 30;

/** An estimate whose number stays on one line with its interval and, if that is not too long, its unit. */
export function keptEstimate(text: string): string {
  const [number = "", unit = ""] = ESTIMATE.exec(text) ?? [];
  const whole = number.length > LONGEST_ESTIMATE
    ? number.slice(0, number.length - unit.length)
    : number;
  const at = text.length - number.length;
  return kept(text.slice(0, at)) + whole.replaceAll(" ", "\u00a0") +
    text.slice(at + whole.length);
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
