/**
 * A set of images made small, in one pass and on all cores; of the originals
 * nothing is kept.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ImageDecoder, SmallPicture } from "../pictures/image_decoder.ts";
import { FILE_TYPES } from "../pictures/image_header.ts";
import { drawImages } from "./draw_images.ts";
import { type ListedImage, type Listing, type ReadImage } from "./listing.ts";
import type { PackedSet } from "./packed_set.ts";

/** How to pack a set. */
export interface PackSetOptions {
  /** What messages call the set: `reference`. */
  readonly name: string;
  /** Decodes to the side of the small images. */
  readonly decoder: ImageDecoder;
  /** Side of the small images in pixels: that of the decoder. */
  readonly side: number;
  /** The most images; of more, so many are drawn, in whole groups. */
  readonly most: number;
  /** How many files may be unreadable; 1 % of them, if it is not given. */
  readonly allowUnreadable?: number | "all" | undefined;
  readonly signal: AbortSignal;
  /** Told how many images are read, of how many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** A packed set; or lists of what keeps it from being one: how many files cannot be read, or have several labels, and what to do about it, then a sentence for each of them. */
export type Packing =
  | { readonly kind: "packed"; readonly set: PackedSet }
  | {
    readonly kind: "refused";
    readonly problems: readonly (readonly string[])[];
    /** What could be read. */
    readonly read: PackedSet;
    /** The set as it would be if all files could be read and had one label, without pixels: its classes and groups can be looked at. */
    readonly mended: PackedSet;
  };

/** Share of files that may be unreadable, unless said otherwise, or have copies with another label. */
const UNUSABLE = 0.01;

/** An image that was read. */
interface Kept {
  readonly image: ListedImage;
  readonly picture: SmallPicture;
  /** Size of its file. */
  readonly bytes: number;
}

/** An image whose file has the same bytes as that of one before. */
interface Copy {
  readonly image: ListedImage;
  readonly first: ListedImage;
}

/**
 * Packs the images of a list, in its order. Of several files with the same
 * bytes all but the first are left out, and the first as well where their labels
 * differ; they are named like those that cannot be read. More of the latter, or
 * of those with several labels, than may be stop it.
 *
 * @throws {Error} if the decoder cannot start
 */
export async function packSet(
  listing: Listing,
  options: PackSetOptions,
): Promise<Packing> {
  const { name, side, most } = options;
  const positions = drawImages(listing.images, { most, name });
  const { kept, copies, unreadable, lost } = await readAll(listing, {
    ...options,
    positions,
  });
  const contested = new Set(
    copies.filter(isOfOtherLabel).map(({ first }) => first),
  );
  const [other, same] = [true, false].map((is) =>
    copies.filter(({ first }) => contested.has(first) === is).map(copyState)
  ) as [string[], string[]];
  for (const { name } of contested) {
    other.push(`${name} has a copy with another label`);
  }
  const set = setOf(kept.filter(({ image }) => !contested.has(image)), {
    listing,
    name,
    side,
    unreadable,
    copies: [...same, ...other],
  });
  const few = Math.floor(UNUSABLE * positions.length);
  const { allowUnreadable = few } = options;
  const isTooMuch = allowUnreadable !== "all" &&
    unreadable.length > allowUnreadable;
  const isUnread = isTooMuch || kept.length === 0;
  if (isUnread || other.length > few) {
    // Without all of its files it is no set.
    const wayOut = kept.length === 0
      ? "repair them"
      : `repair or remove them, or leave them out with --allow-unreadable ${unreadable.length}, or however many there are with --allow-unreadable all ("allowUnreadable" in the file of a question)`;
    const all = kept.concat(lost.map((image) => ({ image, ...BLANK })));
    return {
      kind: "refused",
      problems: [
        ...isUnread
          ? [[
            `Cannot use ${name}: ${unreadable.length} of ${positions.length} files cannot be read; ${wayOut}`,
            ...unreadable.map((line) => `Cannot read image: ${line}`),
          ]]
          : [],
        ...other.length > few
          ? [[
            `Cannot use ${name}: ${other.length} of ${positions.length} files are the same as others with another label; give each image one label, or remove those of which it is not known`,
            ...other.map((line) => `Cannot tell label: ${line}`),
          ]]
          : [],
      ],
      read: { ...set, copies: same },
      mended: setOf(all, {
        listing,
        name,
        side: 0,
        copies: same,
        unreadable: [],
      }),
    };
  }
  return { kind: "packed", set };
}

/** What stands for a file that cannot be read. */
const BLANK: Pick<Kept, "picture" | "bytes"> = {
  picture: { type: "PNG", width: 0, height: 0, pixels: new Uint8Array() },
  bytes: 0,
};

/** A set of images that were kept, in their order; of side 0 if pixels do not matter. */
function setOf(
  kept: readonly Kept[],
  { listing, name, side, copies, unreadable }:
    & Pick<PackSetOptions, "name" | "side">
    & Pick<PackedSet, "copies" | "unreadable">
    & { readonly listing: Listing },
): PackedSet {
  const pixels = side * side * 3;
  const images = new Uint8Array(kept.length * pixels);
  if (side > 0) {
    kept.forEach(({ picture }, i) => images.set(picture.pixels, i * pixels));
  }
  const labels = kept.map(({ image: { label } }) => label);
  const classes = [...new Set(labels)].filter((label) => label !== null).sort();
  const positionsOf = new Map(classes.map((label, i) => [label, i]));
  const hasGroups = kept.some(({ image: { group } }) => group !== null);
  const properties = propertiesOf(listing);
  const numbers = (of: (one: Kept) => number) => Int32Array.from(kept, of);
  return {
    images,
    side,
    labels: classes.length === 0
      ? null
      : Int32Array.from(labels, (label) => positionsOf.get(label ?? "") ?? 0),
    classes,
    groups: hasGroups
      ? kept.map(({ image }) =>
        image.group ?? `alone in ${name}: ${image.name}`
      )
      : null,
    ...properties.length === 0 ? {} : {
      properties: Object.fromEntries(
        properties.map((property) => [
          property,
          kept.map(({ image }) => image.properties?.[property] ?? ""),
        ]),
      ),
    },
    names: kept.map(({ image }) => image.name),
    widths: numbers(({ picture }) => picture.width),
    heights: numbers(({ picture }) => picture.height),
    bytes: numbers(({ bytes }) => bytes),
    types: Uint8Array.from(
      kept,
      ({ picture }) => FILE_TYPES.indexOf(picture.type),
    ),
    found: listing.images.length,
    unreadable,
    copies,
  };
}

/** Names of the properties that a list gives. */
function propertiesOf({ images }: Pick<Listing, "images">): readonly string[] {
  return Object.keys(images[0]?.properties ?? {});
}

/** Raised when the same files would be packed to other bytes. */
const FORMAT = 9;

/** A digest that changes where files of a list do, where they are, or how they are packed. */
export function packStamp(
  listing: Listing,
  { place, side, most, allowUnreadable }:
    & Pick<PackSetOptions, "side" | "most" | "allowUnreadable">
    & {
      /** Path of the set, without links. */
      readonly place: string;
    },
): string {
  const { stamp } = listing;
  const how = [
    FORMAT,
    place,
    stamp,
    side,
    most,
    allowUnreadable ?? null,
    ...propertiesOf(listing),
  ];
  return createHash("sha256").update(JSON.stringify(how)).digest("hex");
}

/** Reads and decodes, so many files at a time as there are decoders and as many again. */
async function readAll(
  listing: Listing,
  { positions, decoder, signal, onProgress }: PackSetOptions & {
    readonly positions: readonly number[];
  },
): Promise<{
  readonly kept: readonly Kept[];
  readonly copies: readonly Copy[];
  readonly unreadable: readonly string[];
  /** The images of the unreadable files. */
  readonly lost: readonly ListedImage[];
}> {
  const kept: Kept[] = [];
  const copies: Copy[] = [];
  const unreadable: string[] = [];
  const lost: ListedImage[] = [];
  const firsts = new Map<
    string,
    {
      readonly image: ListedImage;
      readonly decoded: Promise<SmallPicture | string>;
    }
  >();
  const waiting: Promise<() => void>[] = [];
  let done = 0;
  async function next(): Promise<void> {
    const settle = await waiting.shift();
    settle?.();
    onProgress?.(++done, positions.length);
  }
  async function decodeOne({ position, bytes }: ReadImage) {
    const image = listing.images[position] as ListedImage;
    const lose = (why: string) => () => {
      unreadable.push(`${image.name} ${why}`);
      lost.push(image);
    };
    if (typeof bytes === "string") return lose(bytes);
    const digest = createHash("sha256").update(bytes).digest("base64");
    const first = firsts.get(digest);
    const decoded = first?.decoded ?? decoder.decode(bytes);
    if (first === undefined) firsts.set(digest, { image, decoded });
    const picture = await decoded;
    return typeof picture === "string"
      ? lose(picture)
      : first === undefined
      ? () => void kept.push({ image, picture, bytes: bytes.length })
      : () => void copies.push({ image, first: first.image });
  }
  try {
    for await (const read of listing.read(positions)) {
      signal.throwIfAborted();
      const decoded = decodeOne(read);
      decoded.catch(() => {}); // it may fail before its turn, in which that is thrown
      waiting.push(decoded);
      if (waiting.length >= 2 * decoder.workers) await next();
    }
    while (waiting.length > 0) await next();
  } finally {
    await Promise.allSettled(waiting);
  }
  return { kept, copies, unreadable, lost };
}

function isOfOtherLabel({ image, first }: Copy): boolean {
  return image.label !== first.label;
}

function copyState(copy: Copy): string {
  const [{ name }, { name: first }] = [copy.image, copy.first];
  const [is, other] = name === first
    ? ["is listed twice", "with two labels"]
    : [`is a copy of ${first}`, "which has another label"];
  return `${name} ${is}${isOfOtherLabel(copy) ? `, ${other}` : ""}`;
}
