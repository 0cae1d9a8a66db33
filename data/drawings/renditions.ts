/**
 * Renditions: the classes of CIFAR-10 as icons and emoji, in the format of its
 * images.
 *
 * @module
 */
import { cifar10 } from "../datasets/cifar10.ts";
import type { Drawing, Raster } from "./drawing.ts";
import { drawingOf, readIcons } from "./icon_drawing.ts";
import { iconSets, type Look } from "./icon_sets.ts";
import { type Images, take } from "../images/images.ts";
import { distinct } from "../images/near_duplicates.ts";
import { startRasteriser } from "./rasteriser.ts";
import { renditionNames } from "./rendition_names.ts";

const [SIDE] = cifar10.shape;

/** Drawings that differ by less than this are one, see {@linkcode distinct}. */
const LEAST_DIFFERENCE = 0.04;

/** Drawings of one look. */
export interface Renditions {
  /** Set after set; labels are those of CIFAR-10. */
  readonly images: Images;
  /** Name of each image, e.g. "noto:cat". */
  readonly names: readonly string[];
  /** How many drawings were left out because another looks nearly the same. */
  readonly duplicates: number;
  /** Drawings that could not be made, and why. */
  readonly skipped: readonly {
    readonly name: string;
    readonly reason: string;
  }[];
}

/**
 * Draws the listed icons and emoji of one look on white, black where they have
 * no colour of their own, and removes near-duplicates.
 *
 * @throws {Error} if a file of a package is missing or altered; the message says what to run
 * @throws {RangeError} if a set lacks a drawing that is listed
 */
export async function drawRenditions(look: Look): Promise<Renditions> {
  using rasteriser = startRasteriser();
  const drawings: Drawing[] = [];
  const labels: number[] = [];
  for (const set of iconSets.filter((set) => set.look === look)) {
    const from = await readIcons(set);
    for (const listed of renditionNames) {
      if (listed.set !== set.prefix) continue;
      for (const name of listed.names) {
        drawings.push(
          drawingOf(name, { from, side: SIDE, background: "white" }),
        );
        labels.push(cifar10.classes.indexOf(listed.label));
      }
    }
  }
  const drawn = await rasteriser.draw(drawings);
  const kept = drawn.flatMap((one, i) =>
    one.kind === "drawn" ? [{ ...one, label: labels[i] as number }] : []
  );
  const size = SIDE * SIDE * 3;
  const pixels = new Uint8Array(kept.length * size);
  for (const [i, { raster }] of kept.entries()) {
    pixels.set(withoutAlpha(raster), i * size);
  }
  const all: Images = {
    images: pixels,
    labels: Uint8Array.from(kept, ({ label }) => label),
    shape: cifar10.shape,
    classes: cifar10.classes,
  };
  const chosen = distinct(all, LEAST_DIFFERENCE);
  return {
    images: take(all, chosen),
    names: chosen.map((i) => kept[i]?.name ?? ""),
    duplicates: kept.length - chosen.length,
    skipped: drawn.flatMap((one) =>
      one.kind === "skipped" ? [{ name: one.name, reason: one.reason }] : []
    ),
  };
}

function withoutAlpha({ pixels }: Raster): Uint8Array {
  return pixels.filter((_, i) => i % 4 !== 3);
}
