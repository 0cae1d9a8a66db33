/**
 * The code a task or definition depends on: every module in the import closure
 * of its file, and the packages that those import.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Digest, digestOf } from "./hash.ts";
import { type PackageLock, packageOf } from "./packages.ts";
import { type ModuleSyntax, readSyntax } from "./syntax.ts";

/** Digests of all code that one module depends on, itself included. */
export interface CodeClosure {
  /** Digest by path relative to the project's root, modules and the files they name. */
  readonly files: Readonly<Record<string, Digest>>;
  /** Version and digest by package name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** Reads closures and remembers what it read. */
export interface CodeReader {
  /**
   * The closure of a module.
   *
   * @param module a file URL
   * @throws {SyntaxError} if a module does not parse
   * @throws {Deno.errors.NotFound} if an imported file is missing
   */
  closureOf(module: string): Promise<CodeClosure>;
}

interface FileFacts {
  readonly path: string;
  readonly digest: Digest;
  readonly next: readonly string[];
  readonly packages: readonly string[];
}

/**
 * A reader that reads each file once. Make a new one to see what has changed.
 *
 * @param root folder of the project
 * @param lock the packages that bare specifiers mean
 */
export function codeReader(root: string, lock: PackageLock): CodeReader {
  const files = new Map<string, Promise<FileFacts>>();
  const closures = new Map<string, Promise<CodeClosure>>();

  async function read(url: string): Promise<FileFacts> {
    const path = relative(root, fileURLToPath(url));
    const bytes = await Deno.readFile(new URL(url));
    if (!/\.[cm]?[jt]s$/.test(path)) {
      return { path, digest: digestOf(bytes), next: [], packages: [] };
    }
    const syntax = parseModule(new TextDecoder().decode(bytes), path);
    const local = syntax.imports.filter((name) => /^\.{1,2}\//.test(name));
    return {
      path,
      digest: syntax.digest,
      next: [...local, ...syntax.assets].map((name) => new URL(name, url).href),
      packages: syntax.imports.filter((name) =>
        !/^(\.{1,2}\/|node:)/.test(name)
      )
        .map(packageOf),
    };
  }

  function facts(url: string): Promise<FileFacts> {
    let found = files.get(url);
    if (found === undefined) files.set(url, found = read(url));
    return found;
  }

  async function walk(module: string): Promise<CodeClosure> {
    const seen = new Map<string, FileFacts>();
    const queue = [module];
    for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
      if (seen.has(url)) continue;
      const found = await facts(url);
      seen.set(url, found);
      queue.push(...found.next);
    }
    const found = [...seen.values()];
    const names = new Set(found.flatMap(({ packages }) => packages));
    return {
      files: sorted(found.map(({ path, digest }) => [path, digest])),
      packages: sorted([...names].map((name) => [name, lock.versionOf(name)])),
    };
  }

  return {
    closureOf(module) {
      const url = module.startsWith("file:")
        ? module
        : pathToFileURL(module).href;
      let found = closures.get(url);
      if (found === undefined) closures.set(url, found = walk(url));
      return found;
    },
  };
}

/** Parsing is the cost of a closure, and one text is met again and again: the last few hundred are kept. */
const parsed = new Map<Digest, ModuleSyntax>();

function parseModule(text: string, path: string): ModuleSyntax {
  const digest = digestOf(new TextEncoder().encode(text));
  let syntax = parsed.get(digest);
  if (syntax === undefined) {
    try {
      syntax = readSyntax(text);
    } catch (cause) {
      throw new SyntaxError(`Cannot read the code of ${path}`, { cause });
    }
    if (parsed.size > 500) parsed.clear();
    parsed.set(digest, syntax);
  }
  return syntax;
}

function sorted<T>(
  entries: readonly (readonly [string, T])[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => a < b ? -1 : 1));
}
