/**
 * The packages that bare import specifiers mean, as deno.json and deno.lock
 * pin them.
 *
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import { digestOfJson } from "./hash.ts";

/** What a lock file says of packages. */
export interface PackageLock {
  /**
   * Version of a package and the start of a digest over it and everything it
   * depends on, e.g. `4.22.0 (sha256 1f0c…)`.
   *
   * @throws {ReferenceError} if the project does not list the package
   */
  versionOf(name: string): string;
}

const configSchema = z.object({
  imports: z.record(z.string(), z.string()).default({}),
});

const lockSchema = z.object({
  specifiers: z.record(z.string(), z.string()).default({}),
  npm: z.record(
    z.string(),
    z.object({
      integrity: z.string(),
      dependencies: z.array(z.string()).default([]),
    }),
  ).default({}),
});

/** The package of a specifier: `@scope/name/path` → `@scope/name`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/**
 * Reads deno.json and deno.lock of a project.
 *
 * @param root folder that holds both
 * @throws {Deno.errors.NotFound} if deno.json is missing; a missing lock file
 * is an empty one
 */
export async function readPackageLock(root: string): Promise<PackageLock> {
  const config = configSchema.parse(
    JSON.parse(await Deno.readTextFile(join(root, "deno.json"))),
  );
  const lock = lockSchema.parse(JSON.parse(await readLock(root)));
  const versions = new Map<string, string>();

  /** Entries of `npm` that a name with or without version stands for. */
  function entryOf(dependency: string): string | undefined {
    if (dependency in lock.npm) return dependency;
    return Object.keys(lock.npm).find((id) => id.startsWith(`${dependency}@`));
  }

  function closureOf(start: string): readonly string[] {
    const seen = new Set<string>();
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const dependency of lock.npm[id]?.dependencies ?? []) {
        const next = entryOf(dependency);
        if (next !== undefined) queue.push(next);
      }
    }
    return [...seen].sort();
  }

  return {
    versionOf(name) {
      const known = versions.get(name);
      if (known !== undefined) return known;
      const specifier = config.imports[name];
      if (specifier === undefined) {
        throw new ReferenceError(
          `Cannot tell the version of package "${name}": deno.json does not import it`,
        );
      }
      const version = lock.specifiers[specifier] ?? specifier;
      const ids = closureOf(`${name}@${version}`);
      const digest = digestOfJson(
        "packages",
        ids.map((id) => [id, lock.npm[id]?.integrity ?? ""]),
      );
      const text = `${version} (sha256 ${digest.slice(0, 12)})`;
      versions.set(name, text);
      return text;
    },
  };
}

async function readLock(root: string): Promise<string> {
  try {
    return await Deno.readTextFile(join(root, "deno.lock"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "{}";
    throw error;
  }
}
