/**
 * What a place names as a set of images, before their bytes are read.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { messageOf } from "../../../engine/define/message_of.ts";

/** An image by its name. */
export interface ListedImage {
  /** Path below the folder of the set, or its name in an archive or table. */
  readonly name: string;
  /** Name of its class; null where it has no label. */
  readonly label: string | null;
  /** Name of its group; null where it is its own. */
  readonly group: string | null;
  /** Properties by name as they are written, "" where nothing is known: of all images of a list the same ones, or left out of all. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The bytes of an image, or why there are none, after its name. */
export interface ReadImage {
  /** Position in the list. */
  readonly position: number;
  readonly bytes: Uint8Array | string;
}

/** A set of images that can be read. */
export interface Listing {
  readonly kind: "listed";
  readonly images: readonly ListedImage[];
  /** Changes where a file of the set does: a digest of paths, sizes and times. */
  readonly stamp: string;
  /** What one should know of how it was read, a sentence each. */
  readonly remarks: readonly string[];
  /**
   * Reads images one after the other, keeping none.
   *
   * @param positions in ascending order
   */
  read(positions: readonly number[]): AsyncIterable<ReadImage>;
}

/** A sentence for each thing that keeps a set from being used. */
export interface Refused {
  readonly kind: "refused";
  readonly problems: readonly string[];
  /** Images that were found all the same: whether they can be read is told as well. */
  readonly found?: Listing;
}

/** Says that a set cannot be used. */
export function refused(
  problems: readonly string[],
  found?: Listing,
): Refused {
  return { kind: "refused", problems, ...found && { found } };
}

/** What a file was when it was looked at. Two files that change places may have one size and one `mtime`, as from an archive. */
export interface FileState
  extends Pick<Deno.FileInfo, "size" | "mtime" | "ctime" | "ino"> {
  readonly path: string;
}

/** What a file is, or nothing of one that cannot be looked at: what is wrong with it is said where it is read. */
export function stateOfFile(
  path: string,
  info: Omit<FileState, "path"> | undefined,
): FileState {
  const { size = 0, mtime = null, ctime = null, ino = null } = info ?? {};
  return { path, size, mtime, ctime, ino };
}

/** A digest of what files are: paths, sizes, times and numbers in the file system. */
export function stampOf(files: readonly FileState[]): string {
  const hash = createHash("sha256");
  for (const { path, size, mtime, ctime, ino } of files) {
    const times = [mtime, ctime].map((time) => time?.getTime() ?? null);
    hash.update(JSON.stringify([path, size, ...times, ino]));
  }
  return hash.digest("hex");
}

/** So large a file is read at once, and not larger. */
const MOST_BYTES = 256_000_000;

/** Why a file of so many bytes is not read, after its name. */
export function sizeState(size: number): string | undefined {
  return size > MOST_BYTES
    ? `is ${Math.round(size / 1e6)} MB, and ${
      MOST_BYTES / 1e6
    } are the most; make it smaller`
    : undefined;
}

/** Says so where some images have a label and others have none. */
export function checkLabels(
  place: string,
  images: readonly ListedImage[],
): readonly string[] {
  if (images.length === 0) {
    return [`Cannot read images: ${place} names none`];
  }
  const bare = images.filter(({ label }) => label === null || label === "");
  return bare.length === 0 || bare.length === images.length ? [] : [
    `Cannot read images: ${bare.length} of ${images.length} in ${place} have no label, the first is ${
      bare[0]?.name
    }; label all or none`,
  ];
}

/** The bytes of a file, or why there are none. */
export async function bytesOf(path: string): Promise<Uint8Array | string> {
  try {
    const { isFile, size } = await Deno.stat(path);
    // A pipe or a device may have no end.
    if (!isFile) return "is no file";
    return sizeState(size) ?? await Deno.readFile(path);
  } catch (cause) {
    return stateOf(path, cause);
  }
}

/** What is said of a file that does not exist, after its name. */
export const NOT_THERE = "is not there";

/** Why a file could not be read, after its name. In names, Deno puts U+FFFD for what is no UTF-8, and then finds no such file. */
export function stateOf(path: string, cause: unknown): string {
  if (path.includes("\uFFFD")) {
    return "has a name that is not in UTF-8; rename it";
  }
  return cause instanceof Deno.errors.NotFound
    ? NOT_THERE
    : `cannot be read (${messageOf(cause)})`;
}
