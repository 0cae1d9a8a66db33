/**
 * Where everything lies in the folder of a store.
 *
 * @module
 */
import { type Digest, digestOfJson } from "../define/hash.ts";
import { thisMachine } from "./machine.ts";

/** Where an artifact lies, below the folder of the store. */
export function objectPath(digest: Digest): string {
  return `objects/${digest.slice(0, 2)}/${digest}`;
}

/** Where the record of a key lies, below the folder of the store. */
export function recordPath(key: Digest): string {
  return `records/${key.slice(0, 2)}/${key}.json`;
}

/** Where the unfinished work of the stage of a key lies, below the folder of the store. */
export function scratchPath(key: Digest): string {
  return `scratch/${key}`;
}

/** Folder of the code that a run on this machine loads: of those at the same time one has 0, one 1, and so on. */
export function codePath(number: number): string {
  return `code/${digestOfJson("machine", thisMachine()).slice(0, 8)}-${number}`;
}

/** Name of the lease of whoever writes the last keys of a `PIPELINE.PROFILE`. */
export function turnOfLastKeys(pipeline: string): string {
  return `last-keys-${pipeline.replaceAll(/[^\w-]/g, "-")}`;
}

/** Folders of a store. */
const FOLDERS =
  /^((objects|records)(\/[0-9a-f]{2})?|stages|runs(\/keys)?|scratch|tmp|alive|leases|queue(\/(jobs|ended|toil|code))?)$/;

/** Files of a store, by their paths. */
const FILES = {
  artifact: /^objects\/([0-9a-f]{2})\/(?<name>\1[0-9a-f]{62})$/,
  record: /^records\/([0-9a-f]{2})\/(?<name>\1[0-9a-f]{62})\.json$/,
  lastKeys: /^stages\/(?<name>[^/]+)\.json$/,
  run: /^runs\/(?<name>[^/]+)\.json$/,
  piece: /^runs\/keys\/(?<name>[0-9a-f]{64})\.json$/,
  unfinished: /^scratch\/(?<name>[0-9a-f]{64})$/,
  queued: /^queue\/(jobs|ended|toil|code)\/(?<name>[^/]+)$/,
  halfWritten: /^tmp\/(?<name>[^/]+)$/,
  copy: /^(?<name>(code|records|packages|site|ended_runs|names)\.json)$/,
  /** Folders that whoever writes them looks after, and `gc`: copies of code, and what Slurm was asked for. */
  code: /^(?<name>code|slurm)$/,
  /** The last two are of versions in which one run at a time used a store. */
  own:
    /^(?<name>format\.json|alive\/[^/]+\.json|leases\/[\w-]+\.\d+|lease\.json|lock)$/,
} as const;

/** What a file of a store is for. */
export type FileKind = keyof typeof FILES;

/** A file of a store. */
export interface NamedFile {
  readonly kind: FileKind;
  /** Its digest, id or name, without folder and ending. */
  readonly name: string;
}

/** The file of a store that has a path; `undefined` if none has. */
export function fileAt(path: string): NamedFile | undefined {
  for (const [kind, pattern] of Object.entries(FILES)) {
    const name = pattern.exec(path)?.groups?.["name"];
    if (name !== undefined) return { kind: kind as FileKind, name };
  }
  return undefined;
}

/** Whether a store has a folder of that path. */
export function isFolderOfStore(path: string): boolean {
  return FOLDERS.test(path);
}
