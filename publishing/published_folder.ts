/**
 * The folder of a published site: what is in it, and how it is replaced as a
 * whole. Nothing that no site wrote is ever lost.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { folderState } from "../engine/define/folder_state.ts";
import { messageOf } from "../engine/define/message_of.ts";
import {
  digestOfFile,
  type DiskEntry,
  entriesBelow,
} from "../engine/store/disk_entry.ts";
import { SIGNATURES } from "../provenance/attest/check_site.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../reports/site/manifest.ts";
import { WRITTEN } from "../reports/site/written_list.ts";
import { openAlone } from "../engine/store/open_alone.ts";

/** What lies in a folder that is to be published to. */
export type Published =
  | { readonly kind: "nothing" }
  | { readonly kind: "site"; readonly manifest: SiteManifest };

/** A folder holds what nobody published. */
export class ForeignFolderError extends Error {}

/**
 * The site in a folder.
 *
 * @throws {ForeignFolderError} if the folder holds anything that is not part of
 * a site, or a file of a site that was changed since
 */
export async function publishedIn(named: string): Promise<Published> {
  const folder = realPathOf(named);
  const look = () => lookInto(folder, named);
  // What a replacement left is moved or removed, unless it goes on.
  return await isThere(besides(folder).old) ? await alone(named, look) : look();
}

async function lookInto(folder: string, named: string): Promise<Published> {
  const refuse = (state: string) =>
    new ForeignFolderError(`Cannot publish to "${named}": ${state}`);
  await bringBack(folder);
  const entries = await entriesIn(folder).catch((cause) => {
    throw publishError(named, cause);
  });
  const others = entries.filter(({ kind }) => kind !== "folder");
  const [first] = others;
  if (first === undefined) return { kind: "nothing" };
  const kindOf = (path: string) =>
    entries.find((entry) => entry.path === path)?.kind;
  if (kindOf(WRITTEN) !== undefined) {
    throw refuse("reproduce keeps its site there; name another folder");
  }
  if (kindOf(MANIFEST) !== "file") {
    throw refuse(
      `it holds "${first.path}" and no site; name another folder, or an empty one`,
    );
  }
  let manifest: SiteManifest;
  try {
    manifest = readManifest(await Deno.readTextFile(join(folder, MANIFEST)));
  } catch {
    throw refuse(
      `its "${MANIFEST}" is not the manifest of a site; name another folder`,
    );
  }
  const stranger = strangerIn(folder, { entries, manifest });
  if (stranger !== undefined) {
    throw refuse(`${stranger}; move it away, or name another folder`);
  }
  await removeAll(besides(folder).old); // left of a replacement that was done
  return { kind: "site", manifest };
}

/** Whether a desktop put a file there to remember how it shows the folder. */
function isOfDesktop(path: string): boolean {
  return /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(path);
}

/** What in a folder is not the site that a manifest tells of, with what it is; nothing where all is. */
function strangerIn(
  folder: string,
  { entries, manifest }: {
    readonly entries: readonly DiskEntry[];
    /** Undefined where there was no site. */
    readonly manifest: SiteManifest | undefined;
  },
): string | undefined {
  const listed = new Map(Object.entries(manifest?.files ?? {}));
  for (const { path, kind, bytes } of entries) {
    const own = listed.get(path);
    // Signatures are of the site that is there; a new one needs new ones.
    const isKnown = own !== undefined ||
      manifest !== undefined && (path === MANIFEST || path === SIGNATURES);
    if (!isKnown && (kind === "folder" || isOfDesktop(path))) continue;
    const state = !isKnown
      ? "is there and is not part of the site"
      : kind !== "file"
      ? `is a ${kind}, which nobody published`
      : own !== undefined &&
          (own.bytes !== bytes ||
            own.sha256 !== digestOfFile(join(folder, path)))
      ? "was changed since it was published"
      : undefined;
    if (state !== undefined) return `"${path}" ${state}`;
  }
  return undefined;
}

/**
 * Puts files in the place of whatever site is in the folder. The new site is
 * written beside the old one, and then takes its place by two renames; if it is
 * stopped between them, the next call of {@linkcode publishedIn} brings the old
 * one back. Where something else has come into the folder since that looked,
 * the old one stays; where it came between the renames, beside it. A link to a
 * folder stays a link.
 *
 * @param files content by path; a `file:` URL is a file to copy
 * @param before what {@linkcode publishedIn} found there
 * @throws {Error} while another process publishes to the folder
 */
export async function replaceSite(
  named: string,
  files: ReadonlyMap<string, string | Uint8Array | URL>,
  before: Published,
): Promise<void> {
  const manifest = before.kind === "site" ? before.manifest : undefined;
  await alone(named, async (folder) => {
    const { part, old } = besides(folder);
    try {
      await bringBack(folder); // another process may have died meanwhile
      await removeAll(part);
      await writeAll(part, files);
      await Deno.mkdir(folder, { recursive: true });
      await Deno.rename(folder, old);
      const stranger = strangerIn(old, {
        entries: await entriesIn(old),
        manifest,
      });
      if (stranger !== undefined) {
        throw new Error(`${stranger}; move it away, or name another folder`);
      }
      await Deno.rename(part, folder);
    } catch (error) {
      await bringBack(folder).catch(() => {}); // else the next time
      await removeAll(part).catch(() => {});
      throw publishError(
        named,
        await isThere(old).catch(() => false)
          ? new Error(
            `something else is in its place; move it away and publish again; the site that was there is kept in "${old}"`,
            { cause: error },
          )
          : error,
      );
    }
    await removeAll(old).catch(() => {}); // else the next time
  });
}

/** Writes files into a folder, and sees to it that they, and nothing else, are in it then. */
async function writeAll(
  folder: string,
  files: Parameters<typeof replaceSite>[1],
): Promise<void> {
  const changed = (path: string) =>
    new Error(`Cannot go on: "${path}" was changed meanwhile; publish again`);
  const sizes = new Map<string, number>();
  for (const [path, content] of files) {
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true });
    if (content instanceof URL) {
      await Deno.copyFile(content, target);
      sizes.set(path, (await Deno.stat(content)).size);
    } else {
      const bytes = typeof content === "string"
        ? new TextEncoder().encode(content)
        : content;
      await Deno.writeFile(target, bytes);
      sizes.set(path, bytes.length);
    }
  }
  const strange = (await entriesIn(folder))
    .find(({ path, kind }) =>
      kind !== "folder" && !isOfDesktop(path) && !sizes.has(path)
    )?.path;
  for (const [path, size] of sizes) {
    const { isFile, size: now } = await Deno.lstat(join(folder, path));
    if (!isFile || size !== now) throw changed(path);
  }
  if (strange !== undefined) throw changed(strange);
}

/** Does what moves a site while no other process does. */
async function alone<T>(
  named: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = realPathOf(named);
  const { lock } = besides(folder);
  using file = await openAlone(lock).catch(async (error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(folder, { recursive: true });
    return await openAlone(lock);
  }).catch((cause) => {
    throw publishError(named, cause);
  });
  if (file === undefined) {
    throw new Error(
      `Cannot publish to "${named}": another process publishes to it now; publish again when that has ended`,
    );
  }
  try {
    return await work(folder);
  } finally {
    await Deno.remove(lock).catch(() => {}); // else the next time
  }
}

/** A folder by its own name, whatever links lead to it, or will once it is there; one that cannot be looked at, as it is named. */
export function realPathOf(folder: string): string {
  try {
    return Deno.realPathSync(folder);
  } catch (error) {
    const above = dirname(folder);
    return error instanceof Deno.errors.NotFound && above !== folder
      ? join(realPathOf(above), basename(folder))
      : folder;
  }
}

/** Where the new site and the old one are while one replaces the other, and the file of the process that does it. */
export function besides(
  folder: string,
): { readonly part: string; readonly old: string; readonly lock: string } {
  const beside = (what: string) =>
    join(dirname(folder), `.${basename(folder)}.shiftline-${what}`);
  return { part: beside("new"), old: beside("old"), lock: beside("lock") };
}

/** Undoes half of a replacement. */
async function bringBack(folder: string): Promise<void> {
  const { old } = besides(folder);
  if (!await isThere(folder) && await isThere(old)) {
    await Deno.rename(old, folder);
  }
}

/** Everything below a folder, sorted; nothing if there is no such folder. */
async function entriesIn(folder: string): Promise<readonly DiskEntry[]> {
  if (!await isThere(folder)) return [];
  return Array.from(entriesBelow(folder))
    .sort((a, b) => a.path < b.path ? -1 : 1);
}

function isThere(path: string): Promise<boolean> {
  return Deno.lstat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}

async function removeAll(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

function publishError(folder: string, error: unknown): Error {
  const state = folderState(error, {
    whenFull: "what was there is as it was",
  }) ?? messageOf(error);
  return new Error(`Cannot publish to "${folder}": ${state}`, { cause: error });
}
