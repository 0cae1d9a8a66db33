/**
 * What a site on disk was made from, as the store has it: a run that changes
 * nothing then leaves the site alone without making its content anew. It is
 * believed for as long as each file of the site, and each file of the code that
 * made it or its results, and git's index, is the very same file; a site that
 * has just been written, while its files have the digests of its list.
 *
 * @module
 */
import { join } from "node:path";
import { identityOf } from "../engine/keys/file_identity.ts";
import type { Digest } from "../engine/define/hash.ts";
import { isString, recordOf, shapeOf } from "../engine/define/shape.ts";
import { storeFiles } from "../engine/store/store_files.ts";
import { digestIfAsListed } from "./site_folder.ts";

/** What a site was made from that was found to be what its results say. */
export interface SiteOrigin {
  /** Path of the folder of the site. */
  readonly folder: string;
  /** Digest of the results, and of whatever else its content follows from. */
  readonly basis: Digest;
  /** Digest of the ids of the runs in the history that had ended then. */
  readonly runs: Digest;
  /** Digest of the list of the files of the site, which has the digest of each. */
  readonly list: Digest;
  /** Identity of each file of the site, by path in the folder; none as long as one may still change without a trace. */
  readonly site: Readonly<Record<string, string>>;
  /** Identity of each file of the code that made the site or its results, and of git's index, by path. */
  readonly code: Readonly<Record<string, string>>;
}

/** The file in the store. It may be deleted: then the next run makes the site again. */
const FILE = "site.json";

const strings = recordOf(isString);
const isSiteOrigin = shapeOf<SiteOrigin>({
  folder: isString,
  basis: isString,
  runs: isString,
  list: isString,
  site: strings,
  code: strings,
});

/** What the site in `folder` was made from, if a store says so and no file of the site or of its code has changed. */
export function readSiteOrigin(
  store: string,
  folder: string,
): SiteOrigin | undefined {
  try {
    const bytes = storeFiles(store).readSmall(FILE);
    const origin: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isSiteOrigin(origin) || origin.folder !== folder) return undefined;
    const { site, list, code } = origin;
    const isSame = Object.keys(site).length > 0
      ? areSame(site, folder)
      : digestIfAsListed(folder) === list;
    return isSame && areSame(code) ? origin : undefined;
  } catch {
    return undefined; // as if there were no file
  }
}

/** Whether each file is the very one that it was. */
function areSame(
  identities: Readonly<Record<string, string>>,
  folder = "",
): boolean {
  return Object.entries(identities).every(([path, identity]) =>
    identityOf(join(folder, path), 0).text === identity
  );
}

/** Writes down what a site was made from. A store that cannot be written is no error. */
export async function writeSiteOrigin(
  store: string,
  origin: SiteOrigin,
): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(origin));
  await storeFiles(store).write(FILE, bytes).catch(() => {});
}

/**
 * The identity of each file; that a file is missing is one too. `undefined` if
 * one has changed since shortly before `now`: then what was read of it may be
 * what it was.
 *
 * @param now milliseconds since 1970, before any of them was read
 */
export function settledIdentities(
  paths: readonly string[],
  { folder = "", now }: { readonly folder?: string; readonly now: number },
): Readonly<Record<string, string>> | undefined {
  const identities: Record<string, string> = {};
  for (const path of paths) {
    const { text, kind, settled } = identityOf(join(folder, path), now);
    if (kind !== "missing" && !settled) return undefined;
    identities[path] = text;
  }
  return identities;
}
