import assert from "node:assert/strict";

type Files = ReadonlyMap<string, string | Uint8Array>;

/** The text of a file that a site must have. */
export function textOf(files: Files, path: string): string {
  const text = files.get(path);
  assert.equal(typeof text, "string", path);
  return text as string;
}

/** The same in one line, wherever its lines break. */
export function wordsOf(files: Files, path: string): string {
  return textOf(files, path).replaceAll(/\s+/g, " ");
}
