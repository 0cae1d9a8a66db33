/**
 * Facts of files that were read before, by this process or an earlier one, and
 * are read again only when the file may have changed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type FileFacts, type ReadFacts, readFacts } from "./file_facts.ts";
import { identityOf } from "./file_identity.ts";
import { digestOf } from "../define/hash.ts";
import {
  type Check,
  isDigest,
  isString,
  listOf,
  recordOf,
  shapeOf,
} from "../define/shape.ts";

/** Facts of files, remembered by the identity of each. */
export interface FactsCache {
  /**
   * The facts of a file.
   *
   * @param url a file URL; its query is not looked at
   */
  of(url: string): FileFacts | Promise<FileFacts>;
  /** Keeps them for the next process. A store that cannot be written is no error: they are found again. */
  save(): Promise<void>;
}

/** Where they are kept: small files by name, as a store has them. */
export interface CacheFiles {
  /** The bytes of one, or `undefined` if there is none. */
  readSmall(name: string): Uint8Array | undefined;
  /** Writes one, or replaces it. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

interface Known extends ReadFacts {
  readonly identity: string;
}

/** The file that they are kept in: a line with the digest of the next, which is JSON. */
const FILE = "code.json";

const isKnown: Check<Known> = shapeOf<Known>({
  identity: isString,
  bytes: isDigest,
  facts: shapeOf<Omit<FileFacts, "failure">>({
    digest: isDigest,
    next: listOf(isString),
    bare: listOf(isString),
  }),
});

const isKept = shapeOf({ reader: isString, files: recordOf(isKnown) });

/**
 * A cache in which nothing is yet but what an earlier process kept.
 *
 * @param files where it is kept
 * @param clock milliseconds since 1970, as the file system tells them
 */
export function factsCache(
  files: CacheFiles,
  clock: () => number = Date.now,
): FactsCache {
  const reader = readerName();
  const known = new Map(Object.entries(load(files, reader)));
  let changed = false;

  async function read(path: string, identity: string): Promise<FileFacts> {
    const found = await readFacts(path, known.get(path));
    const now = identityOf(path, clock());
    if (now.settled && now.text === identity) {
      known.set(path, { identity, ...found });
      changed = true;
    } else if (now.kind !== "file") known.delete(path);
    return found.facts;
  }

  return {
    of(url) {
      const path = fileURLToPath(url);
      const { text } = identityOf(path, clock());
      const found = known.get(path);
      return found?.identity === text ? found.facts : read(path, text);
    },

    async save() {
      if (!changed || reader === undefined) return;
      changed = false;
      const kept = [...known]
        .filter(([, { facts }]) => facts.failure === undefined);
      const content = JSON.stringify({
        reader,
        files: Object.fromEntries(kept),
      });
      const text = `${digestOf(encoder.encode(content))}\n${content}`;
      await files.write(FILE, encoder.encode(text)).catch(() => {});
    },
  };
}

const encoder = new TextEncoder();

/** What is kept, if nothing has happened to it and it was read as we read. */
function load(
  files: CacheFiles,
  reader: string | undefined,
): Readonly<Record<string, Known>> {
  try {
    const text = new TextDecoder().decode(files.readSmall(FILE));
    const [digest = "", content = ""] = text.split("\n");
    if (digest !== digestOf(encoder.encode(content))) return {};
    const kept: unknown = JSON.parse(content);
    return isKept(kept) && kept.reader === reader ? kept.files : {};
  } catch {
    return {};
  }
}

/** Whatever the facts of a module depend on besides its text; `undefined` where that cannot be told. */
function readerName(): string | undefined {
  const modules = [
    new URL("./syntax.ts", import.meta.url),
    new URL("./named_files.ts", import.meta.url),
    new URL("./file_facts.ts", import.meta.url),
  ];
  try {
    return [
      Deno.version.deno,
      import.meta.resolve("acorn"),
      ...modules.map((module) => digestOf(Deno.readFileSync(module))),
    ].join(" ");
  } catch {
    return undefined;
  }
}
