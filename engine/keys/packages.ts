/**
 * The packages that bare import specifiers mean, as deno.json and deno.lock
 * pin them.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { digestOfJson, type Json } from "../define/hash.ts";
import {
  type Check,
  isJson,
  isString,
  listOf,
  optional,
  recordOf,
  shapeOf,
} from "../define/shape.ts";

/** A package as a lock file pins it. */
export interface PinnedPackage {
  /** Name, version, and what met its peer dependencies: `a@1.2.3_b@2.0.0`. */
  readonly id: string;
  /** Digest of the archive that was published, `sha512-…`; empty if there is no lock file. */
  readonly integrity: string;
  /** Ids of the packages that it depends on. */
  readonly dependencies: readonly string[];
}

/** What a lock file says of packages. */
export interface PackageLock {
  /**
   * Version of a package and the start of a digest over it and everything it
   * depends on, e.g. `4.22.0 (sha256 1f0c…)`.
   *
   * @throws {ReferenceError} if deno.json does not list the package, or the
   * lock file does not pin it
   */
  versionOf(name: string): string;
  /**
   * A package and everything it depends on; itself first.
   *
   * @throws {ReferenceError} as `versionOf` does
   */
  closureOf(name: string): readonly PinnedPackage[];
}

const strings = recordOf(isString);
const names = optional(listOf(isString));

const isConfig = shapeOf({
  imports: optional(strings),
  importMap: optional(isJson),
  scopes: optional(isJson),
  workspace: optional(isJson),
  links: optional(isJson),
  patch: optional(isJson),
  lock: optional(isJson),
});

const isLockObject = shapeOf({ path: optional(isString) });

const isLock = shapeOf({
  specifiers: optional(strings),
  npm: optional(recordOf(shapeOf({
    integrity: isString,
    dependencies: names,
    optionalDependencies: names,
  }))),
});

/** What lets a specifier mean another module than `imports` says. */
const MOVERS = [
  "scopes",
  "importMap",
  "workspace", // by the imports of its members
  "links",
  "patch", // what "links" was called, and still works
] as const;

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
 * @throws {SyntaxError} if one of them is not what it should be
 */
export async function readPackageLock(root: string): Promise<PackageLock> {
  const config = checked(
    await Deno.readTextFile(join(root, "deno.json")),
    { name: "deno.json", isWhole: isConfig },
  );
  const { imports = {} } = config;
  const moved = MOVERS.find((name) =>
    config[name] !== undefined &&
    // Deno reads no other map beside that of deno.json itself.
    (name !== "importMap" || config.imports === undefined)
  ) ?? Object.keys(imports).find((key) => /^([./]|\w+:)/.test(key));
  if (moved !== undefined) {
    throw new SyntaxError(
      `Cannot read deno.json: by "${moved}" it substitutes other modules for imported ones, which a key does not follow; import those modules directly`,
    );
  }
  if (!isOfDenoLock(config.lock, root)) {
    throw new SyntaxError(
      'Cannot read deno.json: by "lock" it pins packages elsewhere than in deno.lock, which is what a key follows; let the path there be "./deno.lock", or leave "lock" out',
    );
  }
  const text = await readLock(root);
  const { specifiers = {}, npm = {} } = checked(text ?? "{}", {
    name: "deno.lock",
    isWhole: isLock,
  });
  const versions = new Map<string, string>();
  // A lock names a dependency without version where there is only one.
  const byName = new Map(
    Object.keys(npm).map((id) => [id.slice(0, id.indexOf("@", 1)), id]),
  );
  // By the name that it has there, and what stands for it: `a@npm:b@1.0.0`.
  const entryOf = (dependency: string) => {
    const id = dependency.replace(/^.+@npm:/, "");
    return Object.hasOwn(npm, id) ? id : byName.get(id);
  };

  function pinned(id: string): PinnedPackage {
    const { integrity = "", dependencies = [], optionalDependencies = [] } =
      npm[id] ?? {};
    const needed = [...dependencies, ...optionalDependencies];
    return {
      id,
      integrity,
      dependencies: needed.map(entryOf).filter((id) => id !== undefined),
    };
  }

  function closureOf(start: string): readonly PinnedPackage[] {
    const seen = new Map([[start, pinned(start)]]);
    for (const { dependencies } of seen.values()) { // grows while it is walked
      for (const id of dependencies) {
        if (!seen.has(id)) seen.set(id, pinned(id));
      }
    }
    return [...seen.values()];
  }

  function versionIn(name: string): { version: string; start: string } {
    const elsewhere = Object.keys(imports).find((key) =>
      `${key}/`.startsWith(`${name}/`) &&
      (!imports[key]?.startsWith("npm:") ||
        // Another package under the name of a part of this one.
        key !== name &&
          imports[key]?.replace("npm:/", "npm:") !==
            imports[name] + key.slice(name.length))
    );
    if (elsewhere !== undefined) {
      throw new ReferenceError(
        `Cannot tell the code of "${elsewhere}": deno.json says "${
          imports[elsewhere]
        }", and a key can only hold packages from npm; import a file by its path`,
      );
    }
    const specifier = imports[name];
    if (specifier === undefined) {
      throw new ReferenceError(
        `Cannot tell the version of package "${name}": deno.json does not import it`,
      );
    }
    const version = specifiers[specifier] ?? specifier;
    // `npm:@scope/name@1.0.0`: the name in deno.json may be another one.
    const real = specifier.replace(/^npm:(?=.)/, "").replace(
      /(?<=.)@.*$/,
      "",
    );
    const start = `${real}@${version}`;
    if (text !== undefined && !Object.hasOwn(npm, start)) {
      throw new ReferenceError(
        `Cannot tell the version of package "${name}": deno.lock does not pin "${specifier}"`,
      );
    }
    return { version, start };
  }

  return {
    versionOf(name) {
      const known = versions.get(name);
      if (known !== undefined) return known;
      const { version, start } = versionIn(name);
      const integrities = closureOf(start)
        .map(({ id, integrity }) => [id, integrity])
        .sort(([a = ""], [b = ""]) => a < b ? -1 : 1);
      const digest = digestOfJson("packages", integrities);
      const described = `${version} (sha256 ${digest.slice(0, 12)})`;
      versions.set(name, described);
      return described;
    },
    closureOf: (name) => closureOf(versionIn(name).start),
  };
}

function checked<T>(
  text: string,
  { name, isWhole }: { readonly name: string; readonly isWhole: Check<T> },
): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${name}: it is not JSON`, { cause });
  }
  if (isWhole(value)) return value;
  throw new SyntaxError(
    `Cannot read ${name}: it does not list packages as Deno does`,
  );
}

/** Whether what deno.json says of its lock file means deno.lock beside it. */
function isOfDenoLock(lock: Json | undefined, root: string): boolean {
  const { path = "deno.lock" } = isLockObject(lock) ? lock : { path: lock };
  return path === true ||
    isString(path) && resolve(root, path) === resolve(root, "deno.lock");
}

async function readLock(root: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(join(root, "deno.lock"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
