/**
 * Modules that are loaded when they are first needed, so that whoever only
 * looks at a pipeline does not load what its stages compute with.
 *
 * @module
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * A module to be loaded later.
 *
 * ```ts ignore
 * const training = later<typeof import("../../models/training/train.ts")>(
 *   import.meta.resolve("../../models/training/train.ts"),
 * );
 * const { train } = await training();
 * ```
 *
 * Its code belongs to that of the module that names it, as if it were imported
 * there: a key sees `import.meta.resolve("…")`. Deno does not: what stands in
 * `import("…")` it reads at once, with all that it imports.
 *
 * @param url from `import.meta.resolve`, with the specifier written out
 */
export function later<Module>(url: string): () => Promise<Module> {
  return () => import(url);
}

/**
 * A package to be loaded later as CommonJS, for code that cannot wait: as
 * {@linkcode later}, but what comes of it is there at once.
 *
 * @param url from `import.meta.resolve`, with the specifier written out
 */
export function requireLater<Exports>(url: string): () => Exports {
  // By its name, since the URL is that of its ES module, where it has one.
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return () => createRequire(url)(name ?? fileURLToPath(url));
}
