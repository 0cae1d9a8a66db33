/**
 * One set of images of one's own, as small squares in one safetensors file,
 * with what was known of the files that they were made from.
 *
 * @module
 */
import type { Codec } from "../../../engine/define/codec.ts";
import { define } from "../../../engine/define/definition.ts";
import {
  type NamedArray,
  safetensors,
} from "../../../engine/define/safetensors.ts";

/** Small images of one set; all lists are in the same order. */
export interface PackedSet {
  /** Pixels, 0…255: [n, side, side, 3], row-major. */
  readonly images: Uint8Array;
  /** Side of the images in pixels. */
  readonly side: number;
  /** Class of each, a position in `classes`: [n]; null where no labels are known. */
  readonly labels: Int32Array | null;
  /** Names of classes, sorted; empty without labels. */
  readonly classes: readonly string[];
  /** Group of each (scene, patient, video); null where each is its own. */
  readonly groups: readonly string[] | null;
  /** Properties that a list gave, by name: of each image as it is written, "" where nothing is known. Left out where there are none. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
  /** Name of the file of each, below its folder. */
  readonly names: readonly string[];
  /** Width of each original in pixels, as it is seen upright: [n]. */
  readonly widths: Int32Array;
  /** Height of each original in pixels, as it is seen upright: [n]. */
  readonly heights: Int32Array;
  /** Size of each file in bytes: [n]. */
  readonly bytes: Int32Array;
  /** Kind of each file, a position in `FILE_TYPES` of `image_header.ts`: [n]. */
  readonly types: Uint8Array;
  /** Number of images that the set has, of which those here may be a random draw. */
  readonly found: number;
  /** Files that were left out since they cannot be read, and why: `cat/a.jpg is damaged`. */
  readonly unreadable: readonly string[];
  /** Files that were left out since another has the same bytes: `cat/b.jpg is a copy of cat/a.jpg`. */
  readonly copies: readonly string[];
}

/** What a packed file says in words. */
interface Words extends
  Pick<
    PackedSet,
    | "classes"
    | "groups"
    | "properties"
    | "names"
    | "found"
    | "unreadable"
    | "copies"
  > {}

/**
 * Codec of a packed set: a safetensors file with the arrays `images`
 * [n, side, side, 3], `widths`, `heights`, `bytes`, `types` and, where there
 * are labels, `labels` [n]; names, groups, classes and given properties are in
 * its metadata.
 *
 * @throws {TypeError} on decoding bytes that are not such a file
 */
export const packedSet: Codec<PackedSet> = define(
  import.meta.url,
  "packedSet",
  { name: "packed set", encode, decode },
);

function encode(set: PackedSet): Uint8Array {
  const { images, side, labels, widths, heights, bytes, types } = set;
  const { classes, groups, properties, names, found, unreadable, copies } = set;
  const n = names.length;
  const line = (data: NamedArray["data"]) => ({ shape: [n], data });
  const words: Words = {
    classes,
    groups,
    ...properties && { properties },
    names,
    found,
    unreadable,
    copies,
  };
  return safetensors.encode({
    arrays: {
      images: { shape: [n, side, side, 3], data: images },
      widths: line(widths),
      heights: line(heights),
      bytes: line(bytes),
      types: line(types),
      ...(labels === null ? {} : { labels: line(labels) }),
    },
    metadata: { set: JSON.stringify(words) },
  });
}

function decode(file: Uint8Array): PackedSet {
  const { arrays, metadata } = safetensors.decode(file);
  const words: Words = JSON.parse(metadata["set"] ?? "null");
  const { images, labels, widths, heights, bytes, types } = arrays;
  const n = words?.names.length;
  const isLine = (array: NamedArray | undefined): array is NamedArray & {
    readonly data: Int32Array;
  } => array?.data instanceof Int32Array && array.shape.join() === `${n}`;
  if (
    !(images?.data instanceof Uint8Array && images.shape.length === 4) ||
    images.shape[0] !== n || !isLine(widths) || !isLine(heights) ||
    !isLine(bytes) || !(types?.data instanceof Uint8Array) ||
    types.data.length !== n || !(labels === undefined || isLine(labels))
  ) {
    throw new TypeError(
      "Cannot decode a packed set: arrays or names are missing, or differ in their number; pack it again",
    );
  }
  return {
    ...words,
    images: images.data,
    side: images.shape[1] as number,
    labels: labels?.data ?? null,
    widths: widths.data,
    heights: heights.data,
    bytes: bytes.data,
    types: types.data,
  };
}

/** The images at some positions, in that order. */
export function takePacked(
  set: PackedSet,
  positions: readonly number[],
): PackedSet {
  const size = set.side * set.side * 3;
  const images = new Uint8Array(positions.length * size);
  positions.forEach((from, to) => {
    images.set(set.images.subarray(from * size, (from + 1) * size), to * size);
  });
  const words = (all: readonly string[]) =>
    positions.map((i) => all[i] as string);
  const numbers = (all: Int32Array) =>
    Int32Array.from(positions, (i) => all[i] as number);
  return {
    ...set,
    images,
    labels: set.labels && numbers(set.labels),
    groups: set.groups && words(set.groups),
    ...set.properties && {
      properties: Object.fromEntries(
        Object.entries(set.properties).map((
          [name, cells],
        ) => [name, words(cells)]),
      ),
    },
    names: words(set.names),
    widths: numbers(set.widths),
    heights: numbers(set.heights),
    bytes: numbers(set.bytes),
    types: Uint8Array.from(positions, (i) => set.types[i] as number),
  };
}

/** How many images were drawn of a set, those that were left out afterwards among them. */
export function numberTaken(
  { names, unreadable, copies }: Pick<
    PackedSet,
    "names" | "unreadable" | "copies"
  >,
): number {
  return names.length + unreadable.length + copies.length;
}
