/**
 * The code a task or definition depends on: every module in the import closure
 * of its file, and the packages that those import.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Digest } from "../define/hash.ts";
import type { FactsCache } from "./facts_cache.ts";
import { type FileFacts, isModule, type ReadFacts } from "./file_facts.ts";
import { type PackageLock, packageOf } from "./packages.ts";

/** Digests of all code that one module depends on, itself included. */
export interface CodeClosure {
  /** Digest by path relative to the project's root, modules and the files they name. */
  readonly files: Readonly<Record<string, Digest>>;
  /** Version and digest of each package, by name. */
  readonly packages: Readonly<Record<string, string>>;
}

const NO_MODULE =
  "a key can only hold the code of .ts, .mts, .js and .mjs files; use one of these";

/** A file of closures. */
interface ModuleCode extends Omit<FileFacts, "next"> {
  /** Relative to the project's root. */
  readonly path: string;
  /** Digest of its bytes. */
  readonly bytes: Digest;
  /** URLs of the modules and files that it names. */
  readonly targets: readonly string[];
}

/** Reads closures and remembers what it read. */
export interface CodeReader {
  /** Digests of the bytes of all files that were read, by path relative to the project's root. */
  readonly bytes: ReadonlyMap<string, Digest>;
  /**
   * The closure of a module.
   *
   * @param module a file URL
   * @throws {SyntaxError} if a module does not parse, or names what cannot be read
   * @throws {ReferenceError} if a package is not pinned by the project
   */
  closureOf(module: string): Promise<CodeClosure>;
}

/**
 * A reader that looks at each file once. Make a new one to see what has changed.
 *
 * @param root folder of the project
 */
export function codeReader(
  root: string,
  { lock, cache }: {
    /** The packages that bare specifiers mean. */
    readonly lock: Pick<PackageLock, "versionOf">;
    readonly cache: FactsCache;
  },
): CodeReader {
  const modules = new Map<string, ModuleCode | Promise<ModuleCode>>();
  const closures = new Map<string, Promise<CodeClosure>>();
  const bytes = new Map<string, Digest>();

  /** One module, whose names and URLs are resolved once for all closures that it is in. */
  function moduleAt(url: string): ModuleCode | Promise<ModuleCode> {
    let found = modules.get(url);
    if (found === undefined) {
      const read = cache.of(url);
      found = read instanceof Promise
        ? read.then((read) => moduleOf(url, read))
        : moduleOf(url, read);
      modules.set(url, found);
    }
    return found;
  }

  function moduleOf(url: string, { facts, bytes }: ReadFacts): ModuleCode {
    const { next, ...rest } = facts;
    return {
      ...rest,
      bytes,
      path: relative(root, fileURLToPath(url)),
      targets: next.map((name) => new URL(name, url).href),
    };
  }

  async function walk(module: string): Promise<CodeClosure> {
    const digests = new Map<string, Digest>();
    const packages = new Set<string>();
    const seen = new Map([[module, ""]]);
    for (const [url, from] of seen) { // grows while it is walked
      const found = moduleAt(url);
      const one = found instanceof Promise ? await found : found;
      const { path, digest, bare, failure, targets } = one;
      // Whatever is named as code by a module is one: it refuses all else.
      const state = url === module && !isModule(path) ? NO_MODULE : failure;
      if (state !== undefined) {
        throw new SyntaxError(
          `Cannot read the code of "${path}"${from}: ${state}`,
        );
      }
      digests.set(path, digest);
      bytes.set(path, one.bytes);
      for (const name of bare) packages.add(packageOf(name));
      for (const target of targets) {
        if (!seen.has(target)) seen.set(target, `, named by "${path}"`);
      }
    }
    return {
      files: sorted([...digests]),
      packages: sorted(
        [...packages].map((name) => [name, lock.versionOf(name)]),
      ),
    };
  }

  return {
    bytes,
    closureOf(module) {
      const url = module.startsWith("file:")
        ? module
        : pathToFileURL(module).href;
      return closures.getOrInsertComputed(url, walk);
    },
  };
}

function sorted<T>(
  entries: readonly (readonly [string, T])[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => a < b ? -1 : 1));
}
