/**
 * Images that are in two sets of a question.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type SetName, SETS } from "../question.ts";
import type { PackedSets } from "./align_classes.ts";
import type { PackedSet } from "./packed_set.ts";

/** An example of a set, by its name: an image by its path below its folder. */
export interface NamedExample {
  readonly set: SetName;
  readonly name: string;
}

/** Two examples of different sets that are the same, in the order of the sets. */
export type NamedPair = readonly [NamedExample, NamedExample];

/**
 * Pairs of files with the same picture in different sets, in the order of the
 * sets: equal small pixels, of files of one kind, of as many bytes and as large
 * a picture. Whatever is only alike is not told.
 */
export function sharedImages(
  sets: Partial<PackedSets>,
): readonly NamedPair[] {
  const firsts = new Map<string, NamedExample>();
  return SETS.flatMap((set) => {
    const packed = sets[set];
    return packed === undefined
      ? []
      : packed.names.flatMap((name, i): NamedPair[] => {
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
