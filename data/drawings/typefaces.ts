/**
 * The typefaces whose characters are drawn: 57 families for digits to evaluate
 * on, 37 others for letters to pre-train on.
 *
 * Every family is an npm package of its own, listed in package.json, with the
 * licence of the typeface beside the files. Families were taken for the breadth
 * of their styles, for small packages, and only where the package states the
 * licence. Relatives by design, such as Jersey 10 and Jersey 15, or Cinzel and
 * Cinzel Decorative, are represented by one family, so that no pre-training
 * family shows the shapes of an evaluation family.
 *
 * @module
 */
import { typefaceFiles } from "./typeface_files.ts";
import type { SourceFile } from "../datasets/dataset.ts";

/** The kinds of typeface, from what is nearest to handwriting. */
export const STYLES = [
  "handwriting",
  "script",
  "serif",
  "sans",
  "slab",
  "blackletter",
  "display",
  "pixel",
  "mono",
] as const;

/** One of {@linkcode STYLES}. */
export type Style = typeof STYLES[number];

/** What a family is used for; never for both. */
export type Role = "evaluation" | "pre-training";

/** A family of typefaces, and the package that it comes in. */
export interface Typeface {
  /** Name of the family, as its fonts have it. */
  readonly family: string;
  /** The npm package that the family comes in. */
  readonly source: string;
  /** Exact version of the package. */
  readonly version: string;
  readonly style: Style;
  readonly role: Role;
  /** Licence of the typeface: an SPDX identifier. */
  readonly licence: string;
  /** Faces of the family: regular first, then boldest, lightest, italic, others. */
  readonly files: readonly SourceFile[];
}

/** Family, package, version, style, role, licence. */
const LISTING = `
Caveat | caveat | 0.4.2 | handwriting | evaluation | OFL-1.1
Gloria Hallelujah | gloria-hallelujah | 0.4.1 | handwriting | evaluation | OFL-1.1
Gochi Hand | gochi-hand | 0.4.2 | handwriting | evaluation | OFL-1.1
Indie Flower | indie-flower | 0.4.1 | handwriting | evaluation | OFL-1.1
Kalam | kalam | 0.4.1 | handwriting | evaluation | OFL-1.1
La Belle Aurore | la-belle-aurore | 0.4.1 | handwriting | evaluation | OFL-1.1
Patrick Hand | patrick-hand | 0.4.1 | handwriting | evaluation | OFL-1.1
Reenie Beanie | reenie-beanie | 0.4.1 | handwriting | evaluation | OFL-1.1
Shadows Into Light | shadows-into-light | 0.4.1 | handwriting | evaluation | OFL-1.1
Homemade Apple | homemade-apple | 0.4.1 | handwriting | evaluation | Apache-2.0
Just Another Hand | just-another-hand | 0.4.1 | handwriting | evaluation | Apache-2.0
Covered By Your Grace | covered-by-your-grace | 0.4.1 | handwriting | evaluation | OFL-1.1
Amatic SC | amatic-sc | 0.4.2 | handwriting | pre-training | OFL-1.1
Permanent Marker | permanent-marker | 0.4.0 | handwriting | pre-training | Apache-2.0
Schoolbell | schoolbell | 0.4.0 | handwriting | pre-training | Apache-2.0
Rock Salt | rock-salt | 0.4.1 | handwriting | pre-training | Apache-2.0
Cedarville Cursive | cedarville-cursive | 0.4.1 | handwriting | pre-training | OFL-1.1
Nothing You Could Do | nothing-you-could-do | 0.4.1 | handwriting | pre-training | OFL-1.1
Allura | allura | 0.4.2 | script | evaluation | OFL-1.1
Dancing Script | dancing-script | 0.4.2 | script | evaluation | OFL-1.1
Great Vibes | great-vibes | 0.4.1 | script | evaluation | OFL-1.1
Marck Script | marck-script | 0.4.1 | script | evaluation | OFL-1.1
Pacifico | pacifico | 0.4.1 | script | evaluation | OFL-1.1
Sacramento | sacramento | 0.4.1 | script | evaluation | OFL-1.1
Lobster | lobster | 0.4.1 | script | evaluation | OFL-1.1
Alex Brush | alex-brush | 0.4.1 | script | pre-training | OFL-1.1
Meow Script | meow-script | 0.4.1 | script | pre-training | OFL-1.1
Satisfy | satisfy | 0.4.1 | script | pre-training | Apache-2.0
Oleo Script | oleo-script | 0.4.1 | script | pre-training | OFL-1.1
Abril Fatface | abril-fatface | 0.4.1 | serif | evaluation | OFL-1.1
Cardo | cardo | 0.4.1 | serif | evaluation | OFL-1.1
Crimson Text | crimson-text | 0.4.0 | serif | evaluation | OFL-1.1
Domine | domine | 0.4.2 | serif | evaluation | OFL-1.1
IM Fell English SC | im-fell-english-sc | 0.4.0 | serif | evaluation | OFL-1.1
PT Serif | pt-serif | 0.4.1 | serif | evaluation | OFL-1.1
Bodoni Moda | bodoni-moda | 0.4.2 | serif | evaluation | OFL-1.1
Sorts Mill Goudy | sorts-mill-goudy | 0.4.1 | serif | pre-training | OFL-1.1
Young Serif | young-serif | 0.4.0 | serif | pre-training | OFL-1.1
Instrument Serif | instrument-serif | 0.4.1 | serif | pre-training | OFL-1.1
DM Serif Display | dm-serif-display | 0.4.2 | serif | pre-training | OFL-1.1
Lora | lora | 0.4.2 | serif | pre-training | OFL-1.1
Anton | anton | 0.4.2 | sans | evaluation | OFL-1.1
Cabin | cabin | 0.4.2 | sans | evaluation | OFL-1.1
Comic Neue | comic-neue | 0.4.1 | sans | evaluation | OFL-1.1
Lato | lato | 0.4.1 | sans | evaluation | OFL-1.1
Quicksand | quicksand | 0.4.1 | sans | evaluation | OFL-1.1
Tenor Sans | tenor-sans | 0.4.1 | sans | evaluation | OFL-1.1
Karla | karla | 0.4.2 | sans | pre-training | OFL-1.1
Oswald | oswald | 0.4.2 | sans | pre-training | OFL-1.1
Questrial | questrial | 0.4.1 | sans | pre-training | OFL-1.1
Varela Round | varela-round | 0.4.1 | sans | pre-training | OFL-1.1
Russo One | russo-one | 0.4.1 | sans | pre-training | OFL-1.1
Besley | besley | 0.4.1 | slab | evaluation | OFL-1.1
Courier Prime | courier-prime | 0.4.1 | slab | evaluation | OFL-1.1
Special Elite | special-elite | 0.4.1 | slab | evaluation | Apache-2.0
Rye | rye | 0.4.1 | slab | evaluation | OFL-1.1
Roboto Slab | roboto-slab | 0.4.2 | slab | pre-training | Apache-2.0
Zilla Slab | zilla-slab | 0.4.1 | slab | pre-training | OFL-1.1
UnifrakturMaguntia | unifrakturmaguntia | 0.4.1 | blackletter | evaluation | OFL-1.1
Pirata One | pirata-one | 0.4.1 | blackletter | evaluation | OFL-1.1
Germania One | germania-one | 0.4.1 | blackletter | evaluation | OFL-1.1
Uncial Antiqua | uncial-antiqua | 0.4.1 | blackletter | evaluation | OFL-1.1
UnifrakturCook | unifrakturcook | 0.4.1 | blackletter | pre-training | OFL-1.1
Grenze Gotisch | grenze-gotisch | 0.4.2 | blackletter | pre-training | OFL-1.1
Metal Mania | metal-mania | 0.4.1 | blackletter | pre-training | OFL-1.1
Audiowide | audiowide | 0.4.1 | display | evaluation | OFL-1.1
Bangers | bangers | 0.4.1 | display | evaluation | OFL-1.1
Bungee | bungee | 0.4.1 | display | evaluation | OFL-1.1
Climate Crisis | climate-crisis | 0.4.2 | display | evaluation | OFL-1.1
Creepster | creepster | 0.4.0 | display | evaluation | OFL-1.1
Finger Paint | finger-paint | 0.4.1 | display | evaluation | OFL-1.1
Monoton | monoton | 0.4.1 | display | evaluation | OFL-1.1
Orbitron | orbitron | 0.4.2 | display | evaluation | OFL-1.1
Cinzel Decorative | cinzel-decorative | 0.4.1 | display | evaluation | OFL-1.1
Bubblegum Sans | bubblegum-sans | 0.4.1 | display | pre-training | OFL-1.1
Carter One | carter-one | 0.4.1 | display | pre-training | OFL-1.1
Chewy | chewy | 0.4.0 | display | pre-training | Apache-2.0
Lilita One | lilita-one | 0.4.1 | display | pre-training | OFL-1.1
Luckiest Guy | luckiest-guy | 0.4.1 | display | pre-training | Apache-2.0
Righteous | righteous | 0.4.1 | display | pre-training | OFL-1.1
Italiana | italiana | 0.4.1 | display | pre-training | OFL-1.1
Syne | syne | 0.4.2 | display | pre-training | OFL-1.1
Press Start 2P | press-start-2p | 0.4.1 | pixel | evaluation | OFL-1.1
Silkscreen | silkscreen | 0.4.2 | pixel | evaluation | OFL-1.1
VT323 | vt323 | 0.4.1 | pixel | evaluation | OFL-1.1
Jersey 10 | jersey-10 | 0.4.1 | pixel | evaluation | OFL-1.1
Pixelify Sans | pixelify-sans | 0.4.2 | pixel | pre-training | OFL-1.1
Tiny5 | tiny5 | 0.4.0 | pixel | pre-training | OFL-1.1
Anonymous Pro | anonymous-pro | 0.4.1 | mono | evaluation | OFL-1.1
PT Mono | pt-mono | 0.4.1 | mono | evaluation | OFL-1.1
Space Mono | space-mono | 0.4.2 | mono | evaluation | OFL-1.1
Share Tech Mono | share-tech-mono | 0.4.1 | mono | evaluation | OFL-1.1
Fragment Mono | fragment-mono | 0.4.2 | mono | pre-training | OFL-1.1
Rubik Mono One | rubik-mono-one | 0.4.1 | mono | pre-training | OFL-1.1
`;

function isStyle(value: string | undefined): value is Style {
  return STYLES.some((style) => style === value);
}

function typefaceOf(line: string): Typeface {
  const [family = "", name = "", version = "", style, role, licence = ""] = line
    .split(" | ");
  if (!isStyle(style) || (role !== "evaluation" && role !== "pre-training")) {
    throw new TypeError(
      `Cannot read typeface "${line}": no such style or role`,
    );
  }
  const files = typefaceFiles.get(name);
  if (files === undefined) {
    throw new TypeError(`Cannot read typeface "${line}": no files are listed`);
  }
  return {
    family,
    source: `@expo-google-fonts/${name}`,
    version,
    style,
    role,
    licence,
    files,
  };
}

/** All families, by style. */
export const typefaces: readonly Typeface[] = LISTING.trim().split("\n")
  .map(typefaceOf);

/** The families of one role. */
export function typefacesFor(role: Role): readonly Typeface[] {
  return typefaces.filter((typeface) => typeface.role === role);
}

/** Some families of one role: the first of every style, then the second of every style, and so on; all where `n` is left out. */
export function someTypefaces(role: Role, n?: number): readonly Typeface[] {
  const byStyle = STYLES.map((style) =>
    typefacesFor(role).filter((typeface) => typeface.style === style)
  );
  const rounds = byStyle.reduce((a, { length }) => Math.max(a, length), 0);
  return Array.from(
    { length: rounds },
    (_, round) => byStyle.flatMap((family) => family[round] ?? []),
  )
    .flat().slice(0, n);
}
