/**
 * Files that stages read: published ones and files of one's own. Where they
 * are, and which bytes they must be.
 *
 * @module
 */

/** A file that somebody has published, or one of one's own. */
export interface Source {
  /** Address of the file: https, without query or fragment; or a file URL. */
  readonly url: string;
  /** SHA-256 of the bytes of the file, 64 lower-case hexadecimal characters. */
  readonly sha256: string;
  /** What the file is, for people. */
  readonly title: string;
}

/** Hosts that need no https: they are this machine. */
const LOCAL = ["127.0.0.1", "localhost"];

/** Whether a source is a file of one's own, which nobody else has. */
export function isOwnFile({ url }: Source): boolean {
  return url.startsWith("file:");
}

/** A text for others: of the address of a file of one's own only its name, for the folders are nobody else's. */
export function withoutFolders(text: string): string {
  return text.replaceAll(/\bfile:\/\/[^\s"]*\//g, "");
}

/**
 * Where a mirror folder keeps a copy, e.g. `example.org/results/v2.csv`: host
 * and path as the address has them.
 *
 * @throws {TypeError} if the source cannot be fetched whatever the network
 */
export function mirrorPathOf({ url, sha256, title }: Source): string {
  const state = problemOf(url, sha256);
  if (state !== undefined) {
    throw new TypeError(`Cannot use source "${title}": ${state}`);
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function problemOf(url: string, sha256: string): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    return `its SHA-256 "${sha256}" is not 64 lower-case hexadecimal characters`;
  }
  if (!URL.canParse(url)) return `its address "${url}" is not a URL`;
  const parsed = new URL(url);
  const { protocol, hostname, pathname, search, hash, username } = parsed;
  const isLocal = protocol === "http:" && LOCAL.includes(hostname);
  if (protocol !== "https:" && !isLocal) {
    return `its address "${url}" does not start with https:`;
  }
  // A mirror is laid out by host and path alone.
  if (search !== "" || hash !== "" || username !== "") {
    return `its address "${url}" has more than a host and a path`;
  }
  if (pathname.endsWith("/")) return `its address "${url}" names no file`;
  return undefined;
}
