/**
 * A distribution shift as three files of labelled images, and what a report
 * must say of them.
 *
 * @module
 */
import type { Definition } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";
import { type Images, images as codec } from "../images/images.ts";

/** The sets of a shift, in the order in which they are packed. */
export const SETS = ["reference", "test", "shifted"] as const;

/** Name of a packed set. */
export type SetName = typeof SETS[number];

/** A shift in files, named by `new URL(…, import.meta.url)` so that their bytes are in the key. */
export interface PackedImages extends Definition {
  /** Name for readers. */
  readonly title: string;
  /** Images to train on, to test on, and to test on under the shift. */
  readonly files: Readonly<Record<SetName, URL>>;
}

/** A set as the bytes of a file, with the files of its images that were left out. */
export function encodePacked(
  images: Images,
  { leftOut }: { readonly leftOut: readonly string[] },
): Uint8Array {
  const { arrays, metadata } = safetensors.decode(codec.encode(images));
  return safetensors.encode({
    arrays,
    metadata: { ...metadata, leftOut: JSON.stringify(leftOut) },
  });
}

/** Number of files that were left out when the sets were packed. */
export async function leftOutOf(
  { files }: Pick<PackedImages, "files">,
): Promise<number> {
  let number = 0;
  for (const name of SETS) {
    const { metadata } = safetensors.decode(await Deno.readFile(files[name]));
    number += JSON.parse(metadata["leftOut"] ?? "[]").length;
  }
  return number;
}

/**
 * All sets of a shift.
 *
 * @throws {TypeError} if they differ in classes or size
 */
export async function readPacked(
  { title, files }: Pick<PackedImages, "title" | "files">,
): Promise<Readonly<Record<SetName, Images>>> {
  const [reference, test, shifted] = await Promise.all(
    SETS.map(async (name) => codec.decode(await Deno.readFile(files[name]))),
  ) as [Images, Images, Images];
  const sets = { reference, test, shifted };
  checkAlike(title, sets);
  return sets;
}

/**
 * @throws {TypeError} if sets differ in classes or size
 */
export function checkAlike(
  title: string,
  sets: Readonly<Record<SetName, Images>>,
): void {
  const { classes, shape } = sets.reference;
  for (const name of SETS) {
    const other = sets[name];
    const lacks = classes.find((one) => !other.classes.includes(one));
    const more = other.classes.find((one) => !classes.includes(one));
    const state = lacks !== undefined
      ? `"${name}" has no class "${lacks}", which "reference" has`
      : more !== undefined
      ? `"${name}" has a class "${more}", which "reference" lacks`
      : other.shape.join() !== shape.join()
      ? `images of "${name}" are ${
        other.shape.join(" × ")
      }, those of "reference" ${shape.join(" × ")}`
      : undefined;
    if (state !== undefined) {
      throw new TypeError(`Cannot use the images of "${title}": ${state}`);
    }
  }
}
