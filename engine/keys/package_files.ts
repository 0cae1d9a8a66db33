/**
 * Whether the files of packages in node_modules are those that were published.
 *
 * A key holds of a package what deno.lock says of it, and so does not see an
 * edit of the files that were installed. deno.lock has the digest of the
 * archive that was published, which nobody keeps; package_files.json has for
 * each package one digest over that and over the files in the archive. See
 * docs/decisions/014-files-of-packages.md.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { cacheFile, type SmallFiles } from "./cache_file.ts";
import { type Digest, digestOf, digestOfJson } from "../define/hash.ts";
import { someOf } from "../define/listed.ts";
import type { PackageLock, PinnedPackage } from "./packages.ts";
import { readJson } from "../define/json.ts";
import { isDigest, isString, recordOf } from "../define/shape.ts";

/** Digest of each file of a package, by its path in it. */
type FileDigests = ReadonlyMap<string, string>;

/** Where packages are pinned and installed. */
interface Installation {
  /** Folder with deno.json, package_files.json and node_modules. */
  readonly root: string;
  readonly lock: PackageLock;
}

/** A package, and the folder that modules which import it get it from. */
interface InstalledPackage extends PinnedPackage {
  readonly name: string;
  /** Name and version, e.g. `zod@4.6.7`. */
  readonly label: string;
  /** `undefined` if there is none. */
  readonly folder: string | undefined;
}

/** What is wrong with an installed package. */
interface Fault {
  readonly name: string;
  readonly why: string;
}

const isPins = recordOf(isDigest);
const isLists = recordOf(recordOf(isString));

/**
 * Compares the files of packages, and of what they depend on, with
 * package_files.json.
 *
 * @param names of packages that deno.json imports
 * @param options.files where the digests of single files are left when all of
 * them are right, as `packages.json`, so that a later call can name the file
 * that is not
 * @returns a line that says which packages package_files.json does not list, if
 * it lacks any
 * @throws {Error} a line that names what is not as it was published, and the
 * way out
 */
export async function checkPackageFiles(
  names: Iterable<string>,
  { files, ...installation }: Installation & { readonly files: SmallFiles },
): Promise<string | undefined> {
  const pins = readPins(installation.root);
  const memory = cacheFile("packages.json", { files, isContent: isLists });
  const known = memory.read() ?? {};
  const right = new Map<Digest, FileDigests>();
  const faults = new Map<string, Fault>();
  const unlisted = new Set<string>();
  for (const one of installed(names, installation)) {
    await setImmediate(); // Ctrl-C is heard, and a lease renewed
    const { name, label, folder } = one;
    const pin = pins[label];
    const now = folder === undefined ? undefined : filesIn(folder);
    if (pin === undefined) unlisted.add(label);
    else if (now === undefined) {
      faults.set(label, { name, why: "not installed" });
    } else if (digestOfFiles(now, one) === pin) right.set(pin, now);
    else faults.set(label, { name, why: difference(known[pin], now) });
  }
  if (faults.size > 0) throw refusalOf(faults);
  const news = [...right].filter(([pin]) => !Object.hasOwn(known, pin))
    .map(([pin, list]) => [pin, Object.fromEntries(list)] as const);
  if (news.length > 0) {
    await memory.write({ ...known, ...Object.fromEntries(news) });
  }
  return unlisted.size === 0
    ? undefined
    : `Cannot check the files of packages: package_files.json does not list ${
      someOf([...unlisted], MOST_NAMED)
    }; run "deno task packages"`;
}

/**
 * What package_files.json says if packages, and what they depend on, are as
 * they were published: a digest by name and version.
 *
 * @throws {Error} if one is not installed
 */
export function pinsOf(
  names: Iterable<string>,
  installation: Installation,
): Readonly<Record<string, Digest>> {
  const pins = new Map<string, Digest>();
  for (const one of installed(names, installation)) {
    if (one.folder === undefined) {
      throw new Error(
        `Cannot list the files of package ${one.label}: it is not installed`,
      );
    }
    pins.set(one.label, digestOfFiles(filesIn(one.folder), one));
  }
  return Object.fromEntries([...pins].sort(([a], [b]) => a < b ? -1 : 1));
}

/** @throws {SyntaxError} if package_files.json is not what it should be; one that is missing lists nothing */
function readPins(root: string): Readonly<Record<string, Digest>> {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(root, "package_files.json"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  const pins = readJson(text, isPins);
  if (pins !== undefined) return pins;
  throw new SyntaxError(
    'Cannot read package_files.json: it is not what "deno task packages" writes',
  );
}

/** Each package once for each folder that an import of it leads to. */
function* installed(
  names: Iterable<string>,
  { root, lock }: Installation,
): Iterable<InstalledPackage> {
  const found = new Set<string>();
  for (const start of names) {
    const closure = lock.closureOf(start);
    const pinned = new Map(closure.map((one) => [one.id, one]));
    const queue = closure.slice(0, 1).map(({ id }) => {
      // Deno takes what the project itself imports from where it unpacked it.
      const unpacked = partsOf(id).label.replace("/", "+");
      return { id, from: join(root, "node_modules/.deno", unpacked) };
    });
    for (const { id, from } of queue) { // grows while it is walked
      const { name, label } = partsOf(id);
      const folder = folderOf(name, from);
      const place = `${id} ${folder}`;
      const one = pinned.get(id);
      if (found.has(place) || one === undefined) continue;
      found.add(place);
      yield { ...one, name, label, folder };
      if (folder === undefined) continue;
      for (const id of one.dependencies) queue.push({ id, from: folder });
    }
  }
}

/** `@a/b@1.2.3_c@4.5.6` → `@a/b` and `@a/b@1.2.3`. */
function partsOf(
  id: string,
): { readonly name: string; readonly label: string } {
  const [label = id, name = id] = /^(.[^@]*)@[^_]*/.exec(id) ?? [];
  return { name, label };
}

/** The folder of a package that modules in some folder import, as Node and Deno resolve it. */
function folderOf(name: string, from: string): string | undefined {
  for (let at = from;; at = dirname(at)) {
    try {
      return Deno.realPathSync(join(at, "node_modules", name));
    } catch (error) {
      const isElsewhere = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory;
      if (!isElsewhere) throw error;
    }
    if (at === dirname(at)) return undefined;
  }
}

/** All files in a folder and below, in order of path. */
function filesIn(folder: string): FileDigests {
  const files: [path: string, digest: string][] = [];
  const walk = (within: string) => {
    for (const one of Deno.readDirSync(`${folder}/${within}`)) {
      const path = within + one.name;
      if (one.isDirectory) walk(`${path}/`);
      else if (one.isFile) {
        files.push([path, digestOf(Deno.readFileSync(`${folder}/${path}`))]);
      } else files.push([path, "a link"]); // packages have none
    }
  };
  walk("");
  return new Map(files.sort(([a], [b]) => a < b ? -1 : 1));
}

function digestOfFiles(
  files: FileDigests,
  { integrity }: PinnedPackage,
): Digest {
  return digestOfJson("package files", [integrity, [...files]]);
}

/** Without `--reload` Deno would install what it has, which may be the same files: it links them. */
function refusalOf(faults: ReadonlyMap<string, Fault>): Error {
  const what = [...faults].map(([label, { why }]) => `${label} (${why})`);
  const names = new Set([...faults.values()].map(({ name }) => `npm:${name}`));
  const reload = names.size > MOST_NAMED ? "npm:" : [...names].join(",");
  return new Error(
    `Cannot use the packages in node_modules: ${
      someOf(what, MOST_NAMED)
    }; remove node_modules and run "deno install --reload=${reload}"`,
  );
}

/** What is not as it was, if that is known. */
function difference(
  list: Readonly<Record<string, string>> | undefined,
  now: FileDigests,
): string {
  if (list === undefined) return "not the files that were published";
  const before = new Map(Object.entries(list));
  const paths = [...new Set([...before.keys(), ...now.keys()])].sort();
  const differences = paths.flatMap((path) => {
    const [was, is] = [before.get(path), now.get(path)];
    if (was === is) return [];
    const how = was === undefined
      ? "was added"
      : is === undefined
      ? "is missing"
      : "was altered";
    return `"${path}" ${how}`;
  });
  return someOf(differences, MOST_NAMED);
}

/** So many packages, or files of one, are named. */
const MOST_NAMED = 3;
