/**
 * The format of a store's folder, so that no version reads what it does not
 * understand.
 *
 * @module
 */
import { join } from "node:path";
import { StoreError, storeError } from "../define/error.ts";
import { STORE_FORMAT } from "../keys/key.ts";
import { isNumber, shapeOf } from "../define/shape.ts";

const isMark = shapeOf({ format: isNumber });

/**
 * Checks the format of a store, and marks a new one with ours.
 *
 * @throws {StoreError} if it was written by a newer version, or cannot be used
 */
export async function checkFormat(folder: string): Promise<void> {
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

function formatOf(text: string): number | undefined {
  try {
    const mark: unknown = JSON.parse(text);
    return isMark(mark) && Number.isInteger(mark.format)
      ? mark.format
      : undefined;
  } catch {
    return undefined;
  }
}
