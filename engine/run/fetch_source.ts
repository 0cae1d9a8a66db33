/**
 * Gets published files: from the store, from a mirror folder, or from where
 * they were published; and files of one's own. Whatever they come from, their
 * digest is checked.
 *
 * @module
 */
import { join } from "node:path";
import { download, type DownloadOptions } from "../store/download.ts";
import { SourceUnavailableError } from "../define/error.ts";
import { digestOf } from "../define/hash.ts";
import { isOwnFile, mirrorPathOf, type Source } from "../define/source.ts";
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
    const found = digestOf(result.bytes);
    if (found === source.sha256) return result.bytes;
    throw unavailable(source, {
      state: `the server sent a file with SHA-256 ${found}`,
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
async function ownFile(
  { url, sha256, title }: Source,
): Promise<Uint8Array<ArrayBuffer>> {
  let state: string;
  try {
    const bytes = await Deno.readFile(new URL(url));
    if (digestOf(bytes) === sha256) return bytes;
    state = "it has changed since the command began";
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    state = cause instanceof Deno.errors.NotFound
      ? "it is no longer there"
      : cause.message;
  }
  throw new Error(`Cannot read "${title}": ${state}; run the command again`);
}

async function stored(
  { sha256 }: Source,
  store: SourceOptions["store"],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (store?.sizeOf(sha256) === undefined) return undefined;
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
      `Cannot read "${file}" of the mirror: ${
        cause instanceof Error ? cause.message : String(cause)
      }`,
      { cause },
    );
  }
  const found = digestOf(bytes);
  if (found === source.sha256) return bytes;
  throw new Error(
    `Cannot use "${file}" of the mirror as "${source.title}": its SHA-256 is ${found} and should be ${source.sha256}; replace or remove it`,
  );
}

function unavailable(
  source: Source,
  { state, isSilent }: {
    readonly state: string;
    readonly isSilent: boolean;
  },
): SourceUnavailableError {
  const { title, url, sha256 } = source;
  return new SourceUnavailableError(
    `Cannot fetch "${title}" from ${url} (SHA-256 ${sha256}): ${state}; put a copy at ${
      mirrorPathOf(source)
    } in a folder and name the folder with --mirror or SHIFTLINE_MIRROR, or make that folder with "deno task fetch" on another machine`,
    isSilent ? { silence: `${new URL(url).host}: ${state}` } : {},
  );
}
