/**
 * Icon concepts as pre-training images, in the format of CIFAR-10.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";
import { cifar10 } from "../datasets/cifar10.ts";
import { colouredDrawings } from "./coloured_drawings.ts";
import type { Raster } from "./drawing.ts";
import { type IconConcept, iconConcepts } from "./icon_concepts.ts";
import { drawingOf, readIcons } from "./icon_drawing.ts";
import { iconSets, type Look } from "./icon_sets.ts";
import type { Images } from "../images/images.ts";
import { onGround } from "./on_ground.ts";
import { startRasteriser } from "./rasteriser.ts";

const [SIDE] = cifar10.shape;

/** Which concepts, and in how many colours. */
export interface DrawnIconsOptions {
  /** Seed of the colours. */
  readonly seed: number;
  /** How many sets must draw a concept. */
  readonly leastSets: number;
  /** How often each drawing is there, in other colours each time. */
  readonly colourings: number;
}

/** Icons, one class a concept. */
export interface DrawnIcons {
  readonly images: Images;
  /** Name of each drawing, e.g. "noto:anchor"; its images follow each other. */
  readonly names: readonly string[];
  /** Drawings that could not be made, and why. */
  readonly skipped: readonly {
    readonly name: string;
    readonly reason: string;
  }[];
}

/**
 * Draws every icon of the concepts that many sets have, each a few times: black
 * ones in a random ink on a random ground, like sketches, and those that have
 * colours on a random ground.
 *
 * @throws {Error} if a file of a package is missing or altered; the message says what to run
 */
export async function drawnIcons(
  { seed, leastSets, colourings }: DrawnIconsOptions,
): Promise<DrawnIcons> {
  const files = await Promise.all(iconSets.map(readIcons));
  const concepts = iconConcepts(files, { leastSets });
  const listed = concepts.flatMap(({ name: concept, drawings }, label) =>
    drawings.flatMap(({ set, name }) => {
      const [from, { look } = { look: "colour" as Look }] = [
        files[set],
        iconSets[set],
      ];
      return from === undefined ? [] : [{
        drawing: drawingOf(name, { from, side: SIDE }),
        concept,
        label,
        look,
      }];
    })
  );
  using rasteriser = startRasteriser();
  const drawn = await rasteriser.draw(listed.map(({ drawing }) => drawing));
  const made = drawn.flatMap((one, i) => {
    const { look = "colour", label = 0 } = listed[i] ?? {};
    return one.kind === "drawn" ? [{ ...one, look, label }] : [];
  });
  const size = SIDE * SIDE * 3;
  const pixels = new Uint8Array(made.length * colourings * size);
  for (const [i, { name, raster, look }] of made.entries()) {
    for (let k = 0; k < colourings; k++) {
      const random = stream(seed, "icons", name, k);
      pixels.set(
        look === "colour"
          ? onGround(raster.pixels, random)
          : colouredDrawings(inkOf(raster), {
            side: SIDE,
            size: SIDE,
            random,
          }),
        (i * colourings + k) * size,
      );
    }
  }
  return {
    images: {
      images: pixels,
      labels: Int32Array.from(
        { length: made.length * colourings },
        (_, i) => made[Math.floor(i / colourings)]?.label ?? 0,
      ),
      shape: cifar10.shape,
      classes: concepts.map(classOf),
    },
    names: made.map(({ name }) => name),
    skipped: drawn.flatMap((one) =>
      one.kind === "skipped" ? [{ name: one.name, reason: one.reason }] : []
    ),
  };
}

/** Sketches have classes of the same names. */
function classOf({ name }: IconConcept): string {
  return `icon of ${name}`;
}

/** Where a black drawing has ink, 0…255. */
function inkOf({ pixels }: Raster): Uint8Array {
  return pixels.filter((_, i) => i % 4 === 3);
}
