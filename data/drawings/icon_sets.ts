/**
 * The icon and emoji sets that drawings come from, each an npm package of its
 * own: those with the most drawings of CIFAR-10's classes for their size, under
 * licences that ask for attribution at most. Sets whose licence asks that works
 * made from them be shared alike (OpenMoji, EmojiOne 1) are left out, as are
 * those that must not be used commercially.
 *
 * @module
 */
import type { SourceFile } from "../datasets/dataset.ts";

/** Whether drawings are in many colours, or in black. */
export type Look = "colour" | "monochrome";

/** A set of drawings. */
export interface IconSet {
  /** Prefix of its names, e.g. "noto". */
  readonly prefix: string;
  /** Title of the set. */
  readonly title: string;
  /** Whether its drawings are in colour. */
  readonly look: Look;
  /** Licence: an SPDX identifier. */
  readonly licence: string;
  /** Who made the set. */
  readonly author: string;
  /** The npm package that the set comes in. */
  readonly source: string;
  /** Exact version of the package. */
  readonly version: string;
  /** The one file of the package that is read. */
  readonly files: readonly [SourceFile];
}

const SETS = [
  {
    prefix: "emojione",
    title: "EmojiOne 2",
    version: "1.2.3",
    look: "colour",
    licence: "CC-BY-4.0",
    author: "Emoji One",
    bytes: 2_976_514,
    sha256: "e9a865faed523a7c3535b5319ae533d09fac1a62b4e96920eb178bb60e707e80",
  },
  {
    prefix: "emojione-monotone",
    title: "EmojiOne 2, monotone",
    version: "1.2.1",
    look: "monochrome",
    licence: "CC-BY-4.0",
    author: "Emoji One",
    bytes: 2_809_388,
    sha256: "7b5627535a13e2aac637dcb8817e65554266da1682b3867050eff3db9862d072",
  },
  {
    prefix: "fluent-emoji-flat",
    title: "Fluent Emoji, flat",
    version: "1.2.6",
    look: "colour",
    licence: "MIT",
    author: "Microsoft Corporation",
    bytes: 8_958_092,
    sha256: "f5f4cf457c0db2ad5a2e42e033e02e0c87d10e43d0164cfffb3bb84914970a63",
  },
  {
    prefix: "fluent-emoji-high-contrast",
    title: "Fluent Emoji, high contrast",
    version: "1.2.6",
    look: "monochrome",
    licence: "MIT",
    author: "Microsoft Corporation",
    bytes: 2_765_031,
    sha256: "c522fb74fef65ccef67b38dfdbf0f3dcd4353339e4b8faec4aa45faf83ed4739",
  },
  {
    prefix: "game-icons",
    title: "Game Icons",
    version: "1.2.4",
    look: "monochrome",
    licence: "CC-BY-3.0",
    author: "GameIcons",
    bytes: 6_463_192,
    sha256: "b948029964d549d0ae3b17afead9c9d6f019ddcbdc34f52cb915dc460575c4cd",
  },
  {
    prefix: "hugeicons",
    title: "Huge Icons",
    version: "1.2.35",
    look: "monochrome",
    licence: "MIT",
    author: "Hugeicons",
    bytes: 3_464_040,
    sha256: "8d76e777b9a32a3bc17badc6c8213cd4b8155ea3bb7578828e40cf9d6d40385f",
  },
  {
    prefix: "mdi",
    title: "Material Design Icons",
    version: "1.2.3",
    look: "monochrome",
    licence: "Apache-2.0",
    author: "Pictogrammers",
    bytes: 3_096_165,
    sha256: "f38bcea6e945f01004384c1dbb66ddb2a538d81b7f6af3cf6b95fc603603833a",
  },
  {
    prefix: "noto",
    title: "Noto Emoji",
    version: "1.2.9",
    look: "colour",
    licence: "Apache-2.0",
    author: "Google Inc",
    bytes: 25_233_364,
    sha256: "9eac6ef4e7ec122b6f0e7ac281d61008afdbc720d0ce861e398b939daaa347c6",
  },
  {
    prefix: "noto-v1",
    title: "Noto Emoji 1",
    version: "1.2.5",
    look: "colour",
    licence: "Apache-2.0",
    author: "Google Inc",
    bytes: 8_273_516,
    sha256: "ce70d8aa90345cf389875c3571ecd245bd943401822a0c5a0f62336bf8487333",
  },
  {
    prefix: "ph",
    title: "Phosphor",
    version: "1.2.2",
    look: "monochrome",
    licence: "MIT",
    author: "Phosphor Icons",
    bytes: 4_566_288,
    sha256: "cf75b3541b06b3bb40f9e40880d4fb34a648c02c4bc8181f49b7db40e0f53d3c",
  },
  {
    prefix: "streamline-emojis",
    title: "Streamline Emojis",
    version: "1.2.4",
    look: "colour",
    licence: "CC-BY-4.0",
    author: "Streamline",
    bytes: 2_585_337,
    sha256: "d3cb7afee48544af5657a92951cff18ffef7b150a13b3df1bb54b8c0757bfad6",
  },
  {
    prefix: "tabler",
    title: "Tabler Icons",
    version: "1.2.41",
    look: "monochrome",
    licence: "MIT",
    author: "Paweł Kuna",
    bytes: 2_134_102,
    sha256: "86699edb64f904a978988b4abe5892820e30da6cfc8a4ff1390dd0adf6bcce00",
  },
  {
    prefix: "twemoji",
    title: "Twemoji",
    version: "1.2.5",
    look: "colour",
    licence: "CC-BY-4.0",
    author: "Twitter",
    bytes: 10_187_099,
    sha256: "5d5d820790565b764f2728675d487c9ee4c1fc83916d8567d5aca8ba7527c242",
  },
] as const;

/** Name of the file with the drawings in each package. */
const FILE = "icons.json";

/** All sets, by prefix. */
export const iconSets: readonly IconSet[] = SETS.map(
  ({ prefix, bytes, sha256, ...set }) => ({
    ...set,
    prefix,
    source: `@iconify-json/${prefix}`,
    files: [{ name: FILE, bytes, sha256 }],
  }),
);
