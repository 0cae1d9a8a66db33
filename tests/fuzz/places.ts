/** Folders that are made for a moment, with what lies around them. */
import { dirname, join } from "node:path";
import { filesBelow } from "../files_below.ts";

/** Bytes of files by their path. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The files below a folder. */
export function readFiles(folder: string): Files {
  return new Map(
    filesBelow(folder).filter((path) => !/^(alive|leases)\//.test(path))
      .map((path) => [path, Deno.readFileSync(join(folder, path))]),
  );
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeFileSync(file, bytes);
  }
}

/** A folder in a folder in a folder, so that what is written outside is seen. */
export interface Place extends Disposable {
  readonly folder: string;
  /** Says what lies outside the folder. */
  outside(): readonly string[];
}

/** A new place with some files. */
export function placeOf(files: Files): Place {
  const root = Deno.makeTempDirSync({ prefix: "fuzz-" });
  const folder = join(root, "a/b/folder");
  Deno.mkdirSync(folder, { recursive: true });
  writeFiles(folder, files);
  return {
    folder,
    outside: () =>
      filesBelow(root).filter((path) => !path.startsWith("a/b/folder/")),
    [Symbol.dispose]: () => Deno.removeSync(root, { recursive: true }),
  };
}
