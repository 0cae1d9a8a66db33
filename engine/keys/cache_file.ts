/**
 * A file in which a process leaves to the next what it has found, as a line
 * with the digest of the next line, which is JSON. It is a copy: a file that is
 * missing, damaged or of another shape counts as none.
 *
 * @module
 */
import { digestOf } from "../define/hash.ts";
import { readJson } from "../define/json.ts";
import type { Check } from "../define/shape.ts";

/** Small files by name, as a store has them. */
export interface SmallFiles {
  /** The bytes of a file, or `undefined` if there is none of that name. */
  readSmall(name: string): Uint8Array | undefined;
  /** Writes a file, or replaces it. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** A file of which the content is a `T`. */
export interface CacheFile<T> {
  /** What the file holds, if nothing has happened to it. */
  read(): T | undefined;
  /** Replaces what the file holds. A store that cannot be written is no error. */
  write(content: T): Promise<void>;
}

/** The file of that name, whose content is what `isContent` says it is. */
export function cacheFile<T>(
  name: string,
  { files, isContent }: {
    readonly files: SmallFiles;
    readonly isContent: Check<T>;
  },
): CacheFile<T> {
  const encoder = new TextEncoder();
  return {
    read() {
      try {
        const text = new TextDecoder().decode(files.readSmall(name));
        const [digest, json = ""] = text.split("\n");
        if (digest !== digestOf(encoder.encode(json))) return undefined;
        return readJson(json, isContent);
      } catch {
        return undefined;
      }
    },

    async write(content) {
      const json = JSON.stringify(content);
      const text = `${digestOf(encoder.encode(json))}\n${json}`;
      await files.write(name, encoder.encode(text)).catch(() => {});
    },
  };
}
