/**
 * Somebody's own images: folders of files with a folder for each class, as
 * small square images, and everything that is wrong with them found in one
 * pass.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Images } from "../images/images.ts";
import type { ImageDecoder } from "../asked/pictures/image_decoder.ts";
import { type SetName, SETS } from "./packed_images.ts";

/** How to read the folders. */
export interface ReadImageSetsOptions {
  /** Side of the images in pixels. What is not square is cut to its middle. */
  readonly side: number;
  /** Decodes to that side. */
  readonly decoder: ImageDecoder;
  /** Whether files that cannot be read are left out, and named. */
  readonly skipUnreadable: boolean;
  readonly signal: AbortSignal;
}

/** Images of one's own, or a sentence for each thing that keeps them from being used. */
export type ImageSets =
  | {
    readonly kind: "read";
    readonly sets: Readonly<Record<SetName, Images>>;
    /** Files that were left out, and why: `test/cat/a.jpg is damaged`. */
    readonly leftOut: readonly string[];
  }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/** A file below a class. */
interface ImageFile {
  readonly set: SetName;
  readonly label: number;
  /** Path below the folder of all sets, with `/`. */
  readonly path: string;
}

/** What was found so far. */
interface Found {
  readonly problems: string[];
  readonly leftOut: string[];
}

/**
 * The images in `folder/SET/CLASS/` for each set, classes and files by name.
 * Files whose names start with a point are passed over, and of several copies
 * in one class all but the first are left out. A copy in another class or
 * another set is refused: what is tested would have been trained on.
 *
 * @throws {Error} if the decoder cannot start
 */
export async function readImageSets(
  folder: string,
  { side, decoder, skipUnreadable, signal }: ReadImageSetsOptions,
): Promise<ImageSets> {
  const found: Found = { problems: [], leftOut: [] };
  const firsts = new Map<string, ImageFile>();
  const sets: Partial<Record<SetName, Images>> = {};
  const missing = await missingIn(folder);
  if (missing.length > 0) {
    found.problems.push(
      `Cannot read images: ${missing.join(" and ")} ${
        missing.length === 1 ? "is" : "are"
      } missing`,
    );
  }
  for (const set of SETS.filter((set) => !missing.includes(set))) {
    const names = await namesIn(folder, { path: set, kind: "folder", found });
    const classes = checkClasses(set, { classes: names, found }) ? names : [];
    const files = await filesOf(folder, { set, classes, found });
    const images: Uint8Array[] = [];
    const labels: number[] = [];
    for (const file of files) {
      signal.throwIfAborted();
      const bytes = await bytesOf(join(folder, file.path));
      const isNew = typeof bytes === "string" ||
        checkCopy(file, { bytes, firsts, found });
      if (!isNew) continue;
      const pixels = typeof bytes === "string"
        ? bytes
        : await decoder.decode(bytes);
      if (typeof pixels !== "string") {
        images.push(pixels.pixels);
        labels.push(file.label);
      } else if (skipUnreadable) found.leftOut.push(`${file.path} ${pixels}`);
      else found.problems.push(`Cannot read image: ${file.path} ${pixels}`);
    }
    for (const [label, name] of classes.entries()) {
      const isThere = labels.includes(label) ||
        !skipUnreadable && files.some((file) => file.label === label);
      if (!isThere) {
        found.problems.push(
          `Cannot use class: ${set}/${name} has no images that can be read`,
        );
      }
    }
    sets[set] = {
      images: joined(images, side * side * 3),
      labels: Uint8Array.from(labels),
      shape: [side, side, 3],
      classes,
    };
  }
  const { problems, leftOut } = found;
  return problems.length > 0
    ? { kind: "refused", problems }
    : { kind: "read", sets: sets as Record<SetName, Images>, leftOut };
}

/** The sets of which there is no folder. */
async function missingIn(folder: string): Promise<readonly SetName[]> {
  const missing: SetName[] = [];
  for (const set of SETS) {
    try {
      await Deno.stat(join(folder, set));
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) missing.push(set);
    }
  }
  return missing;
}

function joined(images: readonly Uint8Array[], size: number): Uint8Array {
  const result = new Uint8Array(images.length * size);
  images.forEach((image, i) => result.set(image, i * size));
  return result;
}

/** Whether the classes of a set can be used. */
function checkClasses(
  set: SetName,
  { classes, found: { problems } }: {
    readonly classes: readonly string[];
    readonly found: Found;
  },
): boolean {
  const state = classes.length === 0
    ? "has no folders, but needs one for each class"
    : classes.length > 256
    ? `has ${classes.length} folders, but there may be at most 256 classes`
    : undefined;
  const isSaid = problems.some((problem) => problem.includes(`: ${set} `));
  if (state !== undefined && !isSaid) {
    problems.push(`Cannot read images: ${set} ${state}`);
  }
  return state === undefined;
}

async function filesOf(
  folder: string,
  { set, classes, found }: {
    readonly set: SetName;
    readonly classes: readonly string[];
    readonly found: Found;
  },
): Promise<readonly ImageFile[]> {
  const files: ImageFile[] = [];
  for (const [label, name] of classes.entries()) {
    const path = `${set}/${name}`;
    for (
      const nested of await namesIn(folder, { path, kind: "folder", found })
    ) {
      found.problems.push(
        `Cannot use folder: ${path}/${nested} lies within a class; move its files to ${path}`,
      );
    }
    for (const file of await namesIn(folder, { path, kind: "file", found })) {
      files.push({ set, label, path: `${path}/${file}` });
    }
  }
  return files;
}

/** What is in a folder, sorted by name. */
async function namesIn(
  folder: string,
  { path, kind, found: { problems } }: {
    readonly path: string;
    readonly kind: "file" | "folder";
    readonly found: Found;
  },
): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (
      const { name, isDirectory } of Deno.readDir(join(folder, path))
    ) {
      if (!name.startsWith(".") && isDirectory === (kind === "folder")) {
        names.push(name);
      }
    }
  } catch (cause) {
    problems.push(`Cannot read images: ${path} ${stateOf(cause)}`);
  }
  return names.sort();
}

function stateOf(cause: unknown): string {
  return cause instanceof Deno.errors.NotFound
    ? "is missing"
    : `cannot be read (${cause instanceof Error ? cause.message : cause})`;
}

/** The bytes of a file, or why there are none. */
async function bytesOf(path: string): Promise<Uint8Array | string> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    return stateOf(cause);
  }
}

/** Whether no file before has the same bytes. */
function checkCopy(
  file: ImageFile,
  { bytes, firsts, found }: {
    readonly bytes: Uint8Array;
    readonly firsts: Map<string, ImageFile>;
    readonly found: Found;
  },
): boolean {
  const digest = createHash("sha256").update(bytes).digest("base64");
  const first = firsts.get(digest);
  if (first === undefined) {
    firsts.set(digest, file);
    return true;
  }
  if (first.set === file.set && first.label === file.label) {
    found.leftOut.push(`${file.path} is a copy of ${first.path}`);
  } else {
    found.problems.push(
      `Cannot use image: ${file.path} is a copy of ${first.path}; keep it in one set and one class`,
    );
  }
  return false;
}
