/**
 * Images that are in two sets of a question.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type SetName, SETS } from "../question.ts";
import type { PackedSets } from "./align_classes.ts";
import type { PackedSet } from "./packed_set.ts";

/** An image of a set, by the name of its file. */
export interface NamedImage {
  readonly set: SetName;
  readonly name: string;
}

/**
 * Pairs of files with the same picture in different sets, in the order of the
 * sets: equal small pixels, of files of one kind, of as many bytes and as large
 * a picture. Whatever is only alike is not told.
 */
export function sharedImages(
  sets: Partial<PackedSets>,
): readonly (readonly [NamedImage, NamedImage])[] {
  const firsts = new Map<string, NamedImage>();
  return SETS.flatMap((set) => {
    const packed = sets[set];
    return packed === undefined
      ? []
      : packed.names.flatMap((name, i): [NamedImage, NamedImage][] => {
        const digest = digestAt(packed, i);
        const first = firsts.get(digest);
        if (first === undefined) firsts.set(digest, { set, name });
        return first === undefined || first.set === set
          ? []
          : [[first, { set, name }]];
      });
  });
}

function digestAt(
  { images, side, types, bytes, widths, heights }: PackedSet,
  i: number,
): string {
  const size = side * side * 3;
  return createHash("sha256")
    .update([types[i], bytes[i], widths[i], heights[i]].join())
    .update(images.subarray(i * size, (i + 1) * size))
    .digest("base64");
}
