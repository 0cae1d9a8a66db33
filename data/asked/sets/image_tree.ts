/**
 * A folder with a folder for each class, or images alone where no labels are
 * known.
 *
 * @module
 */
import { join } from "node:path";
import { isHidden } from "./hidden_files.ts";
import {
  bytesOf,
  type FileState,
  type ListedImage,
  type Listing,
  type Refused,
  refused,
  stampOf,
  stateOf,
  stateOfFile,
} from "./listing.ts";

/** Files that lie beside images and are none. */
const NO_IMAGE =
  /\.(?:csv|db|html?|ini|jsonl?|md|npy|parquet|pdf|py|toml|tsv|txt|xml|ya?ml)$/i;

/** What folders of sets are called, which are no classes. */
const SPLIT = /^(?:train|training|val|valid|validation|dev|test|testing)$/i;

/** What was found below a folder. */
interface Found {
  readonly files: FileState[];
  readonly problems: string[];
}

/**
 * Lists the images below a folder, by name. The folders in it are the classes,
 * and folders within a class belong to it; where there are none, its images
 * have no labels. Links are followed, hidden files and folders passed over.
 */
export async function listImageTree(
  folder: string,
): Promise<Listing | Refused> {
  const found: Found = { files: [], problems: [] };
  await walk("", { folder, above: [], found });
  const { files, problems } = found;
  if (problems.length > 0) return refused(problems);
  if (files.length === 0) {
    return refused([
      `Cannot read images: ${folder} has none; put them into a folder for each class`,
    ]);
  }
  const loose = files.filter(({ path }) => !path.includes("/"));
  if (loose.length > 0 && loose.length < files.length) {
    return refused([
      `Cannot read images: in ${folder}, ${loose[0]?.path}${
        loose.length === 1 ? "" : ` and ${loose.length - 1} more`
      } lie beside the folders of classes; move each into one`,
    ]);
  }
  const splits = new Set(files.map(({ path }) => path.split("/")[0] ?? ""));
  const areSplits = files.every(({ path }) => path.split("/").length > 2) &&
    [...splits].every((name) => SPLIT.test(name));
  if (areSplits) {
    const names = [...splits];
    return refused([
      `Cannot read images: ${folder} has ${
        names.map((name) => `"${name}"`).join(" and ")
      }, which look like sets with folders of classes; name one, as ${
        join(folder, names[0] ?? "")
      }`,
    ]);
  }
  const images = files.map(({ path }): ListedImage => ({
    name: path,
    // Of two systems, é may be one character or two.
    label: loose.length > 0
      ? null
      : path.slice(0, path.indexOf("/")).normalize("NFC"),
    group: null,
  }));
  return {
    kind: "listed",
    images,
    stamp: stampOf(files),
    remarks: [],
    read: (positions) => readFiles(folder, { images, positions }),
  };
}

/** Reads files below a folder, one after the other. */
export async function* readFiles(
  folder: string,
  { images, positions }: {
    readonly images: readonly ListedImage[];
    readonly positions: readonly number[];
  },
): ReturnType<Listing["read"]> {
  for (const position of positions) {
    const name = images[position]?.name ?? "";
    yield { position, bytes: await bytesOf(join(folder, name)) };
  }
}

/** A file below a folder; undefined if it is a folder itself. */
async function fileState(
  folder: string,
  path: string,
): Promise<FileState | undefined> {
  try {
    const info = await Deno.stat(join(folder, path));
    return info.isDirectory ? undefined : stateOfFile(path, info);
  } catch {
    return stateOfFile(path, undefined);
  }
}

/** @param path below the folder, with `/`; that of the folder itself is empty */
async function walk(
  path: string,
  { folder, above, found }: {
    readonly folder: string;
    /** Where the folders above really are: a link to one of them would have no end. */
    readonly above: readonly string[];
    readonly found: Found;
  },
): Promise<void> {
  const at = join(folder, path);
  const names: string[] = [];
  try {
    const real = await Deno.realPath(at);
    if (above.includes(real)) return;
    above = above.concat(real);
    for await (const { name } of Deno.readDir(at)) {
      if (!isHidden(name)) names.push(name);
    }
  } catch (cause) {
    found.problems.push(`Cannot read images: ${at} ${stateOf(cause)}`);
    return;
  }
  for (const name of names.sort()) {
    const below = path === "" ? name : `${path}/${name}`;
    const state = await fileState(folder, below);
    if (state === undefined) await walk(below, { folder, above, found });
    else if (!NO_IMAGE.test(name)) found.files.push(state);
  }
}
