/**
 * How a stage comes to depend on some code: the imports from its task to it.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { readFacts } from "./file_facts.ts";
import { packageOf } from "./packages.ts";

/** The file or package that a chain of imports is to lead to. */
export type ImportTarget =
  | {
    readonly kind: "file";
    /** Path of the file, relative to the root. */
    readonly path: string;
  }
  | { readonly kind: "package"; readonly name: string };

/**
 * A shortest chain of imports from one of some modules to a file, or to a
 * module that imports a package.
 *
 * @param modules file URLs
 * @param root folder that paths are relative to
 * @returns the paths of the chain, both ends included; nothing if there is none
 */
export async function importChain(
  modules: readonly string[],
  { root, to }: { readonly root: string; readonly to: ImportTarget },
): Promise<readonly string[]> {
  const pathOf = (url: string) => relative(root, fileURLToPath(url));
  const from = new Map<string, string | undefined>(
    modules.map((url) => [url, undefined]),
  );
  for (const [url] of from) { // grows while it is walked, nearest first
    const { facts: { next, bare } } = await readFacts(fileURLToPath(url));
    const isFound = to.kind === "file"
      ? pathOf(url) === to.path
      : bare.some((specifier) => packageOf(specifier) === to.name);
    if (isFound) {
      const chain: string[] = [];
      for (
        let at: string | undefined = url;
        at !== undefined;
        at = from.get(at)
      ) chain.unshift(pathOf(at));
      return chain;
    }
    for (const name of next) {
      const target = new URL(name, url).href;
      if (!from.has(target)) from.set(target, url);
    }
  }
  return [];
}
