/**
 * Files of npm packages that are known by their digest: what is read is in the
 * key with whatever names the digest, though only running may tell the file.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** A file of a package, and what it must hold. */
export interface PinnedFile {
  /** The npm package. */
  readonly source: string;
  /** Exact version of the package, for messages. */
  readonly version: string;
  /** Path of the file inside the package. */
  readonly name: string;
  /** SHA-256 of the bytes of the file, 64 lower-case hexadecimal characters. */
  readonly sha256: string;
}

/**
 * The bytes of a file of a package. Nothing of the package's code runs.
 *
 * `deno install` alone neither replaces a file that is missing from an
 * installed package nor one that was altered (installed files are hard links
 * into Deno's cache); with `--reload` it does both.
 *
 * @param options.resolve turns `package/path` into a URL; `import.meta.resolve` unless given
 * @throws {Error} if the file is missing or altered
 */
export async function readPinnedFile(
  { source, version, name, sha256 }: PinnedFile,
  { resolve = import.meta.resolve }: {
    readonly resolve?: ((specifier: string) => string) | undefined;
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const wayOut = `run \`deno install --reload=npm:${source}\``;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(new URL(resolve(`${source}/${name}`)));
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotCapable ||
        cause instanceof Deno.errors.PermissionDenied
      ? "reading it is not permitted"
      : `the file is missing, ${wayOut}`;
    throw new Error(`Cannot read "${name}" of ${source}@${version}: ${state}`, {
      cause,
    });
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new Error(
      `Cannot read "${name}" of ${source}@${version}: the file was altered (SHA-256 ${found}, not ${sha256}), ${wayOut}`,
    );
  }
  return bytes;
}
