/**
 * Gets published files: from the store, from a mirror folder, or from where
 * they were published; and files of one's own. Whatever they come from, their
 * digest is checked.
 *
 * @module
 */
import { join } from "node:path";
import { messageOf } from "../define/message_of.ts";
import { download, type DownloadOptions } from "../store/download.ts";
import { SourceUnavailableError } from "../define/error.ts";
import {
  digestAs,
  isOwnFile,
  mirrorPathOf,
  pinOf,
  type Source,
} from "../define/source.ts";
import type { Store } from "../store/store.ts";

/** Gets the bytes of a source. */
export type FetchSource = (
  source: Source,
  signal: AbortSignal,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Where sources may be found. */
export interface SourceOptions extends Omit<DownloadOptions, "signal"> {
  /** Folder with copies at `HOST/PATH`. */
  readonly mirror?: string | undefined;
  /** A store that is looked at first: an artifact's name is its digest. */
  readonly store?: Pick<Store, "sizeOf" | "object">;
}

/**
 * A way to get sources. A host that does not answer is not asked again, so that
 * many sources of one host fail as quickly as one.
 *
 * It throws `SourceUnavailableError` if a source cannot be had, and an `Error`
 * if there is something else to mend: a wrong copy in the mirror, a host that
 * the permissions leave out.
 */
export function sourceFetcher(
  { mirror, store, ...options }: SourceOptions,
): FetchSource {
  const silent = new Map<string, string>();

  async function downloaded(source: Source, signal: AbortSignal) {
    const { host } = new URL(source.url);
    const known = silent.get(host);
    if (known !== undefined) {
      throw unavailable(source, { state: known, isSilent: true });
    }
    const result = await download(source.url, { ...options, signal })
      .catch((cause) => {
        if (!(cause instanceof Deno.errors.NotCapable)) throw cause;
        throw new Error(
          `Cannot fetch "${source.title}" from ${source.url}: the permissions in deno.json do not include its host`,
          { cause },
        );
      });
    if (result.kind === "failed") {
      if (result.isSilent) silent.set(host, result.state);
      throw unavailable(source, result);
    }
    const pin = pinOf(source);
    const found = digestAs(pin, result.bytes);
    if (found === pin.digest) return result.bytes;
    throw unavailable(source, {
      state: `the server sent a file with ${pin.kind} ${found}`,
      isSilent: false,
    });
  }

  return async (source, signal) => {
    if (isOwnFile(source)) return await ownFile(source);
    mirrorPathOf(source); // says what is wrong with the source itself
    return await stored(source, store) ?? await copied(source, mirror) ??
      await downloaded(source, signal);
  };
}

/**
 * @throws {Error} if the file is no longer what it was when its digest was taken
 */
async function ownFile(source: Source): Promise<Uint8Array<ArrayBuffer>> {
  const { url, title } = source;
  const pin = pinOf(source);
  let state: string;
  try {
    const bytes = await Deno.readFile(new URL(url));
    if (digestAs(pin, bytes) === pin.digest) return bytes;
    state = "it has changed since the command began";
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    state = cause instanceof Deno.errors.NotFound
      ? "it is no longer there"
      : cause.message;
  }
  throw new Error(`Cannot read "${title}": ${state}; run the command again`);
}

/** What a store has under the SHA-256; of a source without one only the fetch stage tells. */
async function stored(
  { sha256 }: Source,
  store: SourceOptions["store"],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (sha256 === undefined || store?.sizeOf(sha256) === undefined) {
    return undefined;
  }
  // If it is damaged, a fresh copy mends it.
  return await store.object(sha256).catch(() => undefined);
}

async function copied(
  source: Source,
  mirror: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (mirror === undefined) return undefined;
  const file = join(mirror, mirrorPathOf(source));
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(file);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new Error(
      `Cannot read "${file}" of the mirror: ${messageOf(cause)}`,
      { cause },
    );
  }
  const pin = pinOf(source);
  const found = digestAs(pin, bytes);
  if (found === pin.digest) return bytes;
  throw new Error(
    `Cannot use "${file}" of the mirror as "${source.title}": its ${pin.kind} is ${found} and should be ${pin.digest}; replace or remove it`,
  );
}

function unavailable(
  source: Source,
  { state, isSilent }: {
    readonly state: string;
    readonly isSilent: boolean;
  },
): SourceUnavailableError {
  const { title, url } = source;
  const { kind, digest } = pinOf(source);
  return new SourceUnavailableError(
    `Cannot fetch "${title}" from ${url} (${kind} ${digest}): ${state}; put a copy at ${
      mirrorPathOf(source)
    } in a folder and name the folder with --mirror or SHIFTLINE_MIRROR, or make that folder with "deno task fetch" on another machine`,
    isSilent ? { silence: `${new URL(url).host}: ${state}` } : {},
  );
}
