/**
 * What lies in a folder that others may have written to: nothing but plain
 * files is ever opened. A link leads elsewhere, and whoever reads a named pipe
 * or a device waits, or never comes to an end.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Digest } from "../define/hash.ts";

/** Something in a folder. */
export interface DiskEntry {
  /** Path below the folder, e.g. `theory/index.html`. */
  readonly path: string;
  /** What it is; nothing looks through a link. */
  readonly kind:
    | "file"
    | "folder"
    | "link"
    | "named pipe"
    | "socket"
    | "device";
  /** Size of a file. */
  readonly bytes: number;
}

/**
 * What lies at a path below a folder; of what keeps anything from lying there,
 * such as a link or a file where a folder should be, that. `undefined` if
 * nothing does.
 *
 * @param path steps that go down, with `/` between them
 * @throws what the file system says, if it cannot be looked at
 */
export function entryAt(folder: string, path: string): DiskEntry | undefined {
  for (
    let end = path.indexOf("/");
    end !== -1;
    end = path.indexOf("/", end + 1)
  ) {
    const above = lookAt(folder, path.slice(0, end));
    if (above?.kind !== "folder") return above;
  }
  return lookAt(folder, path);
}

/** Whether a path leads to a folder. */
export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return false;
    throw error;
  }
}

/** Whether a plain file lies at a path below a folder. */
export function isFileAt(folder: string, path: string): boolean {
  const entry = entryAt(folder, path);
  return entry?.kind === "file" && entry.path === path;
}

/**
 * Everything below a folder, folders included; links are not followed.
 *
 * @throws what the file system says, if a folder cannot be read
 */
export function* entriesBelow(
  folder: string,
  below = "",
): Generator<DiskEntry> {
  for (const { name } of Deno.readDirSync(`${folder}/${below}`)) {
    const entry = lookAt(folder, below === "" ? name : `${below}/${name}`);
    if (entry === undefined) continue; // it is gone again
    yield entry;
    if (entry.kind === "folder") yield* entriesBelow(folder, entry.path);
  }
}

function lookAt(folder: string, path: string): DiskEntry | undefined {
  return unlessGone(() => {
    const info = Deno.lstatSync(`${folder}/${path}`);
    return { path, kind: kindOf(info), bytes: info.size };
  });
}

function kindOf(info: Deno.FileInfo): DiskEntry["kind"] {
  if (info.isFile) return "file";
  if (info.isDirectory) return "folder";
  if (info.isSymlink) return "link";
  if (info.isFifo) return "named pipe";
  return info.isSocket ? "socket" : "device";
}

/**
 * The digest of a file of any size, piece by piece.
 *
 * @throws what the file system says, if it cannot be read
 */
export function digestOfFile(path: string): Digest {
  const hash = createHash("sha256");
  for (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest("hex");
}

/**
 * The bytes of a file, piece by piece; each is overwritten by the next.
 *
 * @throws what the file system says, if it cannot be read
 */
export function* piecesOf(path: string): Generator<Uint8Array> {
  using file = Deno.openSync(path);
  const buffer = new Uint8Array(1 << 16);
  for (let n = file.readSync(buffer); n !== null; n = file.readSync(buffer)) {
    yield buffer.subarray(0, n);
  }
}

/** Where a file is while it is written: under a name that nobody else gives, for a browser calls half a download `.part`. */
export function partOf(file: string): string {
  return `${file}.shiftline-part`;
}

/** Whether a file is not there any more; of one that another machine has removed a network file system says ESTALE: 116 on Linux, 70 on macOS. */
export function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Error && /\bos error (116|70)\b/.test(error.message);
}

/** What `act` gives; nothing where a file is gone. What else goes wrong is thrown: it does not tell that it is. */
export function unlessGone<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
