/**
 * Groups of images: in the literature of spurious correlations a class in an
 * attribute, e.g. an airplane in the colour of ships.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** The group of each image. */
export interface Groups {
  /** Names of the groups; some may have no image. */
  readonly names: readonly string[];
  /** Position in the names of the group of each image: [n]. */
  readonly of: Int32Array;
}

/** Number of images in each group. */
export function groupSizes({ names, of }: Groups): readonly number[] {
  const sizes = names.map(() => 0);
  for (const group of of) sizes[group] = (sizes[group] as number) + 1;
  return sizes;
}

/** Codec of groups: a safetensors file with one array, `group` [n], and the names in its metadata. */
export const groups: Codec<Groups> = define(import.meta.url, "groups", {
  name: "groups",
  encode: ({ names, of }) =>
    safetensors.encode({
      arrays: { group: { shape: [of.length], data: of } },
      metadata: { names: JSON.stringify(names) },
    }),
  decode(bytes) {
    const { arrays: { group }, metadata } = safetensors.decode(bytes);
    const names: unknown = JSON.parse(metadata["names"] ?? "null");
    if (
      !(group?.data instanceof Int32Array) || !Array.isArray(names) ||
      group.data.some((value) => !(value >= 0 && value < names.length))
    ) {
      throw new TypeError(
        'Cannot decode groups: the file needs an array "group" [n] of 32-bit positions in its list of names',
      );
    }
    return { names, of: group.data };
  },
});
