/**
 * Facts of files that were read before, by this process or an earlier one, and
 * are read again only when the file may have changed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { cacheFile, type SmallFiles } from "./cache_file.ts";
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
   * The facts of a file, and the digest of the bytes that they are read from.
   *
   * @param url a file URL; its query is not looked at
   */
  of(url: string): ReadFacts | Promise<ReadFacts>;
  /** Leaves the facts to the next process. A store that cannot be written is no error: they are found again. */
  save(): Promise<void>;
}

interface IdentifiedFacts extends ReadFacts {
  readonly identity: string;
}

const isIdentified: Check<IdentifiedFacts> = shapeOf<IdentifiedFacts>({
  identity: isString,
  bytes: isDigest,
  facts: shapeOf<Omit<FileFacts, "failure">>({
    digest: isDigest,
    next: listOf(isString),
    bare: listOf(isString),
  }),
});

const isContent = shapeOf({ reader: isString, files: recordOf(isIdentified) });

/**
 * A cache in which nothing is yet but what an earlier process left.
 *
 * @param files among which it leaves that, as `code.json`
 * @param clock milliseconds since 1970, as the file system tells them
 */
export function factsCache(
  files: SmallFiles,
  clock: () => number = Date.now,
): FactsCache {
  const reader = readerName();
  const file = cacheFile("code.json", { files, isContent });
  const before = file.read();
  const facts = new Map(
    Object.entries(before?.reader === reader ? before?.files ?? {} : {}),
  );
  let changed = false;

  async function read(path: string, identity: string): Promise<ReadFacts> {
    const found = await readFacts(path, facts.get(path));
    const now = identityOf(path, clock());
    if (now.settled && now.text === identity) {
      facts.set(path, { identity, ...found });
      changed = true;
    } else if (now.kind !== "file") facts.delete(path);
    return found;
  }

  return {
    of(url) {
      const path = fileURLToPath(url);
      const { text } = identityOf(path, clock());
      const found = facts.get(path);
      return found?.identity === text ? found : read(path, text);
    },

    async save() {
      if (!changed || reader === undefined) return;
      changed = false;
      const readable = [...facts]
        .filter(([, { facts }]) => facts.failure === undefined);
      await file.write({ reader, files: Object.fromEntries(readable) });
    },
  };
}

/** Whatever the facts of a module depend on besides its text; `undefined` where that cannot be told. */
function readerName(): string | undefined {
  const modules = [
    new URL("./bindings.ts", import.meta.url),
    new URL("./file_facts.ts", import.meta.url),
    new URL("./hidden_code.ts", import.meta.url),
    new URL("./named_files.ts", import.meta.url),
    new URL("./syntax.ts", import.meta.url),
    new URL("./syntax_node.ts", import.meta.url),
    new URL("./texts_for_readers.ts", import.meta.url),
    // Says which texts are for readers.
    new URL("../define/definition.ts", import.meta.url),
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
