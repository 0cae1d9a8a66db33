/**
 * Files that stages read: published ones and files of one's own. Where they
 * are, and which bytes they must be.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { digestOf } from "./hash.ts";

/** A file that is known by its SHA-256. */
export interface HashedSource {
  /** Address of the file: https, without query or fragment; or a file URL. */
  readonly url: string;
  /** What the file is, for people. */
  readonly title: string;
  /** SHA-256 of the bytes of the file, 64 lower-case hexadecimal characters. */
  readonly sha256: string;
  /** Not given: one of the two is enough. */
  readonly gitBlob?: undefined;
}

/** A file of a git repository of which nobody has told the SHA-256. */
export interface GitSource extends Pick<HashedSource, "url" | "title"> {
  /** Id that git gives the file, 40 lower-case hexadecimal characters: the SHA-1 of its length and bytes. */
  readonly gitBlob: string;
  /** Not given: one of the two is enough. */
  readonly sha256?: undefined;
}

/** A file that somebody has published, or one of one's own. */
export type Source = HashedSource | GitSource;

/** What tells that bytes are those of a source. */
export interface Pin {
  /** What the digest is. */
  readonly kind: "SHA-256" | "git blob id";
  /** Lower-case hexadecimal characters. */
  readonly digest: string;
}

/** What pins a source. */
export function pinOf({ sha256, gitBlob }: Source): Pin {
  return sha256 === undefined
    ? { kind: "git blob id", digest: gitBlob }
    : { kind: "SHA-256", digest: sha256 };
}

/** The digest of some bytes that would have to be that of a pin. */
export function digestAs({ kind }: Pin, bytes: Uint8Array): string {
  return kind === "SHA-256"
    ? digestOf(bytes)
    : createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes)
      .digest("hex");
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
export function mirrorPathOf(source: Source): string {
  const { url, title } = source;
  const state = pinProblemOf(source) ?? problemOf(url);
  if (state !== undefined) {
    throw new TypeError(`Cannot use source "${title}": ${state}`);
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function pinProblemOf(source: Source): string | undefined {
  const { sha256, gitBlob } = source;
  if ((sha256 === undefined) === (gitBlob === undefined)) {
    return "it must have a SHA-256 or a git blob id, and not both";
  }
  const { kind, digest } = pinOf(source);
  const length = kind === "SHA-256" ? 64 : 40;
  return RegExp(`^[0-9a-f]{${length}}$`).test(digest)
    ? undefined
    : `its ${kind} "${digest}" is not ${length} lower-case hexadecimal characters`;
}

function problemOf(url: string): string | undefined {
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
