/**
 * What a site on disk was made from, kept in the store: a run that changes
 * nothing then leaves the site alone without making its content anew. It is
 * believed for as long as each file of the site, and each file of the code that
 * made it, is the very same file.
 *
 * @module
 */
import { join } from "node:path";
import { identityOf } from "../engine/keys/file_identity.ts";
import type { Digest } from "../engine/define/hash.ts";
import { isString, recordOf, shapeOf } from "../engine/define/shape.ts";
import { storeFiles } from "../engine/store/store_files.ts";

/** A site that was found to be what its results say. */
export interface SiteOrigin {
  /** Path of its folder. */
  readonly folder: string;
  /** Digest of what it follows from. */
  readonly basis: Digest;
  /** Digest of the ids of the runs in the history then. */
  readonly runs: Digest;
  /** Identity of each file of it, by path in the folder. */
  readonly site: Readonly<Record<string, string>>;
  /** Identity of each file of the code that made it, by path. */
  readonly code: Readonly<Record<string, string>>;
}

/** The file in the store. It is a copy, and may be deleted. */
const FILE = "site.json";

const strings = recordOf(isString);
const isKnownSite = shapeOf<SiteOrigin>({
  folder: isString,
  basis: isString,
  runs: isString,
  site: strings,
  code: strings,
});

/** The site that a store knows, if it is the one in `folder` and no file of it or of its code has changed. */
export function readSiteOrigin(
  store: string,
  folder: string,
): SiteOrigin | undefined {
  try {
    const bytes = storeFiles(store).readSmall(FILE);
    const known: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isKnownSite(known) || known.folder !== folder) return undefined;
    const isSame = Object.entries(known.site).every(([path, identity]) =>
      identityOf(join(folder, path), 0).text === identity
    ) && Object.entries(known.code).every(([path, identity]) =>
      identityOf(path, 0).text === identity
    );
    return isSame ? known : undefined;
  } catch {
    return undefined; // as if nothing were known
  }
}

/** Keeps what is known of a site. A store that cannot be written is no error. */
export async function writeSiteOrigin(
  store: string,
  known: SiteOrigin,
): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(known));
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
