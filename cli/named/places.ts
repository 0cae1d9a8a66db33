/**
 * Folders, files and addresses that a command line names.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { pathBelow } from "../../engine/define/path_below.ts";
import { type ProfileName, PROFILES } from "../../engine/define/pipeline.ts";
import {
  type RemoteOptions,
  withoutCredentials,
} from "../../engine/store/remote_store.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { profileOfSite } from "../../publishing/site_folder.ts";
import type { Shell } from "../shell/shell.ts";

/**
 * The folder of the store that the command line names; `.store` in the project if it names none.
 *
 * @throws {UsageError} if that is a link to where Deno may not write
 */
export function storeFolderOf(
  { root, folder }: Shell,
  store: string | undefined,
): string {
  if (store !== undefined) return resolve(folder, store);
  const own = join(root, ".store");
  refuseLink(own, "store");
  return own;
}

/**
 * Refuses a folder of the project that is a link to where Deno may not write, of which no
 * permission is asked, since no line names it.
 */
function refuseLink(path: string, option: "store" | "site"): void {
  const target = linkedTo(path);
  if (target === undefined) return;
  const { state } = Deno.permissions.querySync({ name: "write", path: target });
  if (state === "granted") return;
  throw new UsageError(
    `Cannot use the ${option} "${
      basename(path)
    }": it is a link to "${target}", which Deno may not write; name that with --${option}`,
  );
}

/** Where a link leads; nothing for what is none, or cannot be looked at. */
export function linkedTo(path: string): string | undefined {
  try {
    return resolve(dirname(path), Deno.readLinkSync(path));
  } catch {
    return undefined;
  }
}

/** The folder of the site that the command line names; `site` in the project if it names none. */
export function siteFolderOf(shell: Shell, site: string | undefined): string {
  return site === undefined
    ? join(shell.root, "site")
    : resolve(shell.folder, site);
}

/**
 * The folder that a run writes its site to: a site belongs to a profile. That of a larger one
 * stays, and this one is written beside it.
 *
 * @throws {UsageError} if a folder is named that has the site of a larger profile, or a file is there, or a link to where Deno may not write
 */
export function siteFolderFor(
  shell: Shell,
  { site, profile, replace }: {
    readonly site: string | undefined;
    readonly profile: ProfileName;
    /** Whether the site of a larger profile may go. */
    readonly replace: boolean;
  },
): string {
  const path = siteFolderOf(shell, site);
  if (site === undefined) refuseLink(path, "site");
  if (isFileAt(path)) {
    throw new UsageError(
      `Cannot write the site to "${
        pathFrom(shell.folder, path)
      }": it is a file; name another folder with --site`,
    );
  }
  const there = PROFILES.find((name) => name === profileOfSite(path));
  const isLarger = there !== undefined &&
    PROFILES.indexOf(there) > PROFILES.indexOf(profile);
  if (!isLarger || replace) return path;
  if (site === undefined) return `${path}-${profile}`;
  throw new UsageError(
    `Cannot write the site to "${
      pathFrom(shell.folder, path)
    }": it holds the site of profile ${there}, which a run at ${profile} would replace; name another folder with --site, or add --replace`,
  );
}

/**
 * The folder with copies of published files, from the command line or else
 * from SHIFTLINE_MIRROR.
 *
 * @throws {UsageError} if it is no folder
 */
export async function mirrorFolderOf(
  { folder, mirror }: Shell,
  named: string | undefined,
): Promise<string | undefined> {
  const name = named ?? mirror;
  if (name === undefined || (named === undefined && name === "")) {
    return undefined;
  }
  const path = resolve(folder, name);
  if (await isFolderAt(path)) return path;
  throw new UsageError(
    `Cannot use mirror "${name}"${
      named === undefined ? ", which SHIFTLINE_MIRROR names" : ""
    }: ${whyNoFolder(path)}`,
  );
}

/** Whether there is something at a path that is no folder. */
export function isFileAt(path: string): boolean {
  try {
    return !Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Why a path leads to no folder. */
export function whyNoFolder(path: string): string {
  return isFileAt(path) ? "it is a file" : "there is no such folder";
}

/** Whether a path leads to a folder that can be looked at. */
export async function isFolderAt(path: string): Promise<boolean> {
  return await Deno.stat(path).then(
    ({ isDirectory }) => isDirectory,
    () => false,
  );
}

/** A path as somebody in `folder` would write it. */
export function pathFrom(folder: string, path: string): string {
  return pathBelow(folder, path) || path;
}

/**
 * The folder of the store that the command line names.
 *
 * @throws {UsageError} if there is no store
 */
export async function existingStore(
  shell: Shell,
  named: string | undefined,
): Promise<string> {
  const folder = storeFolderOf(shell, named);
  const isStore = await Deno.stat(join(folder, "format.json"))
    .then(({ isFile }) => isFile, () => false);
  if (isStore) return folder;
  throw new UsageError(
    `Cannot use store "${pathFrom(shell.folder, folder)}": ${
      isFileAt(folder)
        ? "it is a file; --store names a folder"
        : "there is none yet; deno task reproduce creates one, --store names another"
    }`,
  );
}

/**
 * The folder of a store that is only looked at: one that is named has to be
 * there; without a name, a project may have none yet.
 *
 * @throws {UsageError} if a store that is named is not there
 */
export async function storeToRead(
  shell: Shell,
  named: string | undefined,
): Promise<string> {
  return named === undefined
    ? storeFolderOf(shell, named)
    : await existingStore(shell, named);
}

/**
 * The remote, if one is named and Deno may connect to it.
 *
 * @throws {UsageError} if it is no address, or its host is not in the permissions
 */
export async function remoteOf(
  { remote, push }: {
    readonly remote: string | undefined;
    readonly push: boolean;
  },
): Promise<RemoteOptions | undefined> {
  if (remote === undefined) {
    if (!push) return undefined;
    throw new UsageError(
      'Cannot use option "--push": it needs --remote, which says where to',
    );
  }
  const name = withoutCredentials(remote);
  const url = URL.parse(remote);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      `Cannot use remote "${name}": it is not an address that starts with http:// or https://`,
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new UsageError(
      `Cannot use remote "${name}": the address of a folder has no "?" and no "#"`,
    );
  }
  const { state } = await Deno.permissions.query({
    name: "net",
    host: url.host,
  });
  if (state !== "granted") {
    throw new UsageError(
      `Cannot use remote "${name}": Deno may not connect to it; add "${url.host}" to permissions.default.net in deno.json`,
    );
  }
  return { url: remote, push };
}

/**
 * Sees to it that the words of a run may be written down, as those of a run
 * that goes on as a job are, in the store.
 *
 * @throws {UsageError} if its remote has a user or a password in its address
 */
export function checkRecordable(
  { remote }: { readonly remote: string | undefined },
): void {
  if (remote === undefined) return;
  const name = withoutCredentials(remote);
  if (name === remote) return;
  throw new UsageError(
    `Cannot use remote "${name}" with --detach: its user and password would be written into the store; leave out --detach, or name a remote that needs none`,
  );
}

/**
 * The text of a key that somebody has named.
 *
 * @throws {UsageError} if it cannot be read
 */
export async function textOfKey(
  name: string,
  { folder }: Pick<Shell, "folder">,
): Promise<string> {
  try {
    return await Deno.readTextFile(resolve(folder, name));
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotFound
      ? "there is no such file"
      : cause instanceof Deno.errors.PermissionDenied
      ? "permission denied"
      : cause instanceof Error && /\(os error 21\)/.test(cause.message)
      ? "it is a folder"
      : "it cannot be read";
    throw new UsageError(`Cannot read key "${name}": ${state}`, { cause });
  }
}
