/**
 * The format of a store's folder, so that no version reads what it does not
 * understand.
 *
 * @module
 */
import { join } from "node:path";
import { StoreError, storeError } from "../define/error.ts";
import { STORE_FORMAT } from "../keys/key.ts";
import { readJson } from "../define/json.ts";
import { hasFormat } from "./record_fields.ts";

/**
 * Checks the format of a store, and marks a new one with ours.
 *
 * @throws {StoreError} if it was written by a newer version, leads elsewhere, or cannot be used
 */
export async function checkFormat(folder: string): Promise<void> {
  refuseStrangers(folder);
  let text: string | undefined;
  try {
    text = await readMark(folder);
    // A store that is there may be one that may only be read.
    if (text === undefined) {
      await Deno.mkdir(join(folder, "tmp"), { recursive: true });
    }
    // Another process that opens the store first may sweep our mark away.
    for (let attempt = 1; text === undefined && attempt <= 3; attempt++) {
      await writeMark(folder);
      text = await readMark(folder);
    }
  } catch (error) {
    throw storeError(error, { folder });
  }
  const format = formatOf(text ?? "");
  if (format === undefined) {
    throw new StoreError(
      `Cannot use store "${folder}": its format.json is not readable; name another folder with --store, or remove this one`,
    );
  }
  if (format > STORE_FORMAT) {
    throw new StoreError(
      `Cannot use store "${folder}": it has format ${format} and this version reads up to ${STORE_FORMAT}; update shiftline, or name another folder with --store`,
    );
  }
}

/** Folders of a store that hold folders in which files are removed: by the first characters of a digest, of pieces of runs, of the queue. */
const DEEP = ["objects", "records", "runs", "queue"];

/**
 * Nothing in a store is a link: whoever removes or writes through one would do
 * so in a folder that nobody named. The store itself may be one. What stands
 * for a file that must be opened is one: a named pipe would never answer.
 */
function refuseStrangers(folder: string): void {
  for (const below of ["", ...DEEP]) {
    const link = entriesOf(join(folder, below))
      .find(({ isSymlink }) => isSymlink);
    if (link === undefined) continue;
    throw new StoreError(
      `Cannot use store "${folder}": "${
        join(below, link.name)
      }" in it is a link to elsewhere; remove it, or link the whole store`,
    );
  }
  const stranger = entriesOf(folder)
    .find(({ name, isFile }) => name === "format.json" && !isFile);
  if (stranger === undefined) return;
  throw new StoreError(
    `Cannot use store "${folder}": "${stranger.name}" in it is not a file; remove it`,
  );
}

function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return []; // what is wrong with it is said where it is used
  }
}

async function readMark(folder: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(join(folder, "format.json"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function writeMark(folder: string): Promise<void> {
  const temporary = join(folder, "tmp", crypto.randomUUID());
  try {
    await Deno.writeTextFile(temporary, `{"format":${STORE_FORMAT}}\n`);
    await Deno.rename(temporary, join(folder, "format.json"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The format that a `format.json` says; `undefined` if it is not readable. */
export function formatOf(content: string | Uint8Array): number | undefined {
  const { format = 0 } = readJson(content, hasFormat) ?? {};
  return Number.isInteger(format) && format > 0 ? format : undefined;
}
