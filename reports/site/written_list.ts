/**
 * `.written.json`: which files of a folder a run has written, and their bytes,
 * so that the next one replaces and removes its own files alone. Of a whole
 * site it says what `manifest.json` says, and nothing else.
 *
 * @module
 */
import type { Digest } from "../../engine/define/hash.ts";
import { readJson } from "../../engine/define/json.ts";
import {
  isDigest,
  isString,
  optional,
  recordOf,
  shapeOf,
} from "../../engine/define/shape.ts";

/** Name of the list among the files of a site. */
export const WRITTEN = ".written.json";

/** The files of a site that a run has written. */
export interface WrittenList {
  /** The digest of each file, by path; the list itself is not in it. */
  readonly files: Readonly<Record<string, Digest>>;
  /** Scale of the runs that the site shows; missing where it shows none. */
  readonly profile?: string | undefined;
}

const isList = shapeOf<WrittenList>({
  files: recordOf(isDigest),
  profile: optional(isString),
});

/** The text of a list. */
export function writtenText({ files, profile }: WrittenList): string {
  const sorted = Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1);
  const list = { profile, files: Object.fromEntries(sorted) };
  return `${JSON.stringify(list, null, 1)}\n`;
}

/** The list that a text is; `undefined` if it is none, or leads out of the folder. */
export function readWritten(text: string): WrittenList | undefined {
  const list = readJson(text, isList);
  return list && Object.keys(list.files).every(isPlainPath) ? list : undefined;
}

/** Whether a path leads to a file below a folder, and is written in the one way. */
export function isPlainPath(path: string): boolean {
  return path.split("/").every((step) =>
    step !== "" && step !== "." && step !== ".."
  );
}
