/**
 * Characters of typefaces as images in the format of MNIST: the ink fitted into
 * 20×20 pixels with its proportions kept, in grey levels, and its centre of
 * mass in the middle of 28×28.
 *
 * @module
 */
import { centreByMass } from "./centre_by_mass.ts";
import type { SourceFile } from "../datasets/dataset.ts";
import type { Drawing, Raster } from "./drawing.ts";
import type { Images } from "../images/images.ts";
import { readPackageFile } from "../datasets/package_file.ts";
import { startRasteriser } from "./rasteriser.ts";
import type { Typeface } from "./typefaces.ts";

const INK_SIDE = 20;
const SIDE = 28;

/** Characters of several faces, drawn. */
export interface Glyphs {
  /** Face by face, its characters in their order; a label is the place of a character. */
  readonly images: Images;
  /** Family of each image. */
  readonly families: readonly string[];
  /** Drawings that are missing, and why. */
  readonly skipped: readonly {
    readonly name: string;
    readonly reason: string;
  }[];
}

/** Which characters to draw, and in how many faces. */
export interface GlyphOptions {
  readonly characters: readonly string[];
  /** Faces of each family: the first that it lists. */
  readonly facesPerFamily: number;
}

/**
 * Draws characters of every typeface. A character that looks to the pixel like
 * an earlier one of its face is left out: faces without small letters show
 * capitals in their place, under two labels.
 *
 * @throws {Error} if a font file is missing or altered; the message says what to run
 */
export async function drawGlyphs(
  typefaces: readonly Typeface[],
  { characters, facesPerFamily }: GlyphOptions,
): Promise<Glyphs> {
  using rasteriser = startRasteriser();
  const pictures: Uint8Array[] = [];
  const labels: number[] = [];
  const families: string[] = [];
  const skipped: Glyphs["skipped"][number][] = [];
  for (const typeface of typefaces) {
    for (const file of typeface.files.slice(0, facesPerFamily)) {
      const font = await readPackageFile(file.name, { dataset: typeface });
      const drawings = characters.map((character) =>
        drawingOf(character, { typeface, file })
      );
      const seen = new Set<string>();
      const drawn = await rasteriser.draw(drawings, { font });
      for (const [label, drawing] of drawn.entries()) {
        const { name } = drawing;
        if (drawing.kind === "skipped") {
          skipped.push({ name, reason: drawing.reason });
          continue;
        }
        const picture = pictureOf(drawing.raster);
        const look = picture.join();
        if (seen.has(look)) {
          skipped.push({ name, reason: "it looks like another of its face" });
          continue;
        }
        seen.add(look);
        pictures.push(picture);
        labels.push(label);
        families.push(typeface.family);
      }
    }
  }
  const images = new Uint8Array(pictures.length * SIDE * SIDE);
  for (const [i, picture] of pictures.entries()) {
    images.set(picture, i * SIDE * SIDE);
  }
  return {
    images: {
      images,
      labels: Uint8Array.from(labels),
      shape: [SIDE, SIDE, 1],
      classes: characters,
    },
    families,
    skipped,
  };
}

function drawingOf(
  character: string,
  { typeface, file }: {
    readonly typeface: Typeface;
    readonly file: SourceFile;
  },
): Drawing {
  const face = file.name.replace(/^.*\//, "").replace(/\.ttf$/, "");
  return {
    name: `${face} "${character}"`,
    content:
      `<text font-family="${typeface.family}" font-size="1000">${character}</text>`,
    view: "ink",
    side: INK_SIDE,
  };
}

/** How much of each pixel is ink: the alpha of a drawing without background. */
function pictureOf({ pixels, side }: Raster): Uint8Array {
  const ink = Uint8Array.from(
    { length: side * side },
    (_, i) => pixels[4 * i + 3] ?? 0,
  );
  return centreByMass(ink, { side, size: SIDE });
}
