/**
 * Digits whose style of typeface goes with the digit: a bias that nobody paints
 * on, since every image is a plain digit of a real typeface.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";
import type { Groups } from "../images/groups.ts";
import type { Glyphs } from "./glyphs.ts";
import { type Style, typefacesFor } from "./typefaces.ts";

/** The five styles with most families to evaluate on: those of digits 0 and 1, of 2 and 3, and so on. */
export const LINKED_STYLES = [
  "handwriting",
  "script",
  "serif",
  "sans",
  "display",
] as const satisfies readonly Style[];

/** The own style of a digit, by number in {@linkcode LINKED_STYLES}. */
export function ownStyleOf(digit: number): number {
  return Math.floor(digit / 2);
}

/** How to draw images of digits. */
export interface LinkOptions {
  /** Number of images, each of a random digit. */
  readonly n: number;
  /** Probability that a digit gets its own style; otherwise it gets a random one, which may be its own too. */
  readonly p: number;
  readonly seed: number;
  /** What the images are for, e.g. "train": each has draws of its own. */
  readonly subset: string;
}

/** Images drawn of glyphs. */
export interface LinkedDigits {
  /** Position of each image among the glyphs: [n]. */
  readonly indices: Uint32Array;
  /** Each digit in each style. */
  readonly byStyle: Groups;
  /** Each digit in its own style, and in any other. */
  readonly byOwnStyle: Groups;
}

/**
 * Draws digits in typefaces: of the style a family, of the family a face, each
 * as likely as the other. A longer draw begins with the same images, and draws
 * with two values of `p` differ only in the images that get their own style
 * with one of them.
 *
 * @throws {RangeError} if `p` is not in [0, 1], or a digit that is drawn is not among the glyphs in its style
 */
export function linkStyles(
  { images, families }: Pick<Glyphs, "images" | "families">,
  { n, p, seed, subset }: LinkOptions,
): LinkedDigits {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(
      `Cannot link styles to digits with p ${p}: it must lie between 0 and 1`,
    );
  }
  const { classes } = images;
  const cells = facesByCell({ images, families });
  const random = stream(seed, "linked styles", subset);
  const styles = new Int32Array(n);
  const digits = new Int32Array(n);
  const indices = Uint32Array.from({ length: n }, (_, i) => {
    const digit = random.integer(classes.length);
    const other = random.integer(LINKED_STYLES.length);
    const style = random.uniform() < p ? ownStyleOf(digit) : other;
    const [ofFamily, ofFace] = [random.uniform(), random.uniform()];
    const inFamilies = cells[digit * LINKED_STYLES.length + style] ?? [];
    const faces = inFamilies[Math.floor(ofFamily * inFamilies.length)] ?? [];
    const glyph = faces[Math.floor(ofFace * faces.length)];
    if (glyph === undefined) {
      throw new RangeError(
        `Cannot draw a ${classes[digit]} in a typeface of style "${
          LINKED_STYLES[style]
        }": there is none`,
      );
    }
    styles[i] = style;
    digits[i] = digit;
    return glyph;
  });
  return {
    indices,
    byStyle: {
      names: classes.flatMap((digit) =>
        LINKED_STYLES.map((style) => `${digit} in ${style}`)
      ),
      of: digits.map((digit, i) =>
        digit * LINKED_STYLES.length + (styles[i] as number)
      ),
    },
    byOwnStyle: {
      names: classes.flatMap((
        digit,
      ) => [`${digit} in its own style`, `${digit} in another style`]),
      of: digits.map((digit, i) =>
        2 * digit + (styles[i] === ownStyleOf(digit) ? 0 : 1)
      ),
    },
  };
}

/** Positions of the glyphs of each digit in each style, by family. */
function facesByCell(
  { images: { labels, classes }, families }: Pick<
    Glyphs,
    "images" | "families"
  >,
): readonly (readonly (readonly number[])[])[] {
  const styles = new Map<string, Style>(
    typefacesFor("evaluation").map(({ family, style }) => [family, style]),
  );
  return classes.flatMap((_, digit) =>
    LINKED_STYLES.map((style) => {
      const inStyle = families.flatMap((family, i) =>
        labels[i] === digit && styles.get(family) === style
          ? [{ i, family }]
          : []
      );
      return [...Map.groupBy(inStyle, ({ family }) => family).values()]
        .map((faces) => faces.map(({ i }) => i));
    })
  );
}
