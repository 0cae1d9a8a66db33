/**
 * A folder with a folder for each class, or images alone where no labels are
 * known.
 *
 * @module
 */
import { join } from "node:path";
import { folderClass, setsAmong } from "./folder_classes.ts";
import { isHidden } from "./hidden_files.ts";
import {
  bytesOf,
  type FileState,
  type ListedImage,
  type Listing,
  NOT_THERE,
  type Refused,
  refused,
  stampOf,
  stateOf,
  stateOfFile,
} from "./listing.ts";

/** Files that lie beside images and are none. */
const NO_IMAGE =
  /\.(?:csv|db|html?|ini|jsonl?|md|npy|parquet|pdf|py|toml|tsv|txt|xml|ya?ml)$/i;

/** What was found below a folder. */
interface Found {
  readonly files: FileState[];
  /** What lies in the folder itself and cannot be looked at, be it an image or a folder of them: a sentence each, by name. */
  readonly lost: Map<string, string>;
  readonly problems: string[];
}

/**
 * Lists the images below a folder, by name. The folders in it are the classes,
 * and folders within a class belong to it; where there are none, its images
 * have no labels. Links are followed, hidden files and folders passed over. All
 * that is wrong with the folders is said at once.
 */
export async function listImageTree(
  folder: string,
): Promise<Listing | Refused> {
  const found: Found = { files: [], lost: new Map(), problems: [] };
  await walk("", { folder, above: [], found });
  const { files, lost, problems } = found;
  if (files.length === 0) {
    return refused(
      problems.length > 0 ? problems : [
        `Cannot read images: ${folder} has none; put them into a folder for each class`,
      ],
    );
  }
  const within = files.filter(({ path }) => path.includes("/"));
  const isMixed = within.length > 0 && within.length < files.length;
  // One of many images without a folder is said to be lost when it is read.
  const areLost = lost.size > 0 && (isMixed || lost.size === files.length);
  if (areLost) { for (const line of lost.values()) problems.push(line); }
  const beside = isMixed
    ? files.filter(({ path }) => !path.includes("/") && !lost.has(path))
    : [];
  if (beside.length > 0) {
    problems.push(
      `Cannot read images: in ${folder}, ${beside[0]?.path}${
        beside.length === 1 ? " lies" : ` and ${beside.length - 1} more lie`
      } beside the folders of classes; move each into one`,
    );
  }
  const sets = setsAmong(within.map(({ path }) => path));
  if (sets.length > 0) {
    problems.push(
      `Cannot read images: ${folder} has ${
        sets.map((name) => `"${name}"`).join(" and ")
      }, which look like sets with folders of classes; name one, as ${
        join(folder, sets[0] ?? "")
      }`,
    );
  }
  const images = files
    .filter(({ path }) => !(areLost && lost.has(path)))
    .map(({ path }): ListedImage => ({
      name: path,
      label: path.includes("/") ? folderClass(path) : null,
      group: null,
    }));
  const listing: Listing = {
    kind: "listed",
    images,
    stamp: stampOf(files),
    remarks: [],
    read: (positions) => readFiles(folder, { images, positions }),
  };
  if (problems.length === 0) return listing;
  return refused(problems, images.length > 0 ? listing : undefined);
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
  path: string,
  { folder, found: { lost } }: {
    readonly folder: string;
    readonly found: Found;
  },
): Promise<FileState | undefined> {
  try {
    const info = await Deno.stat(join(folder, path));
    return info.isDirectory ? undefined : stateOfFile(path, info);
  } catch (cause) {
    if (!path.includes("/") && !NO_IMAGE.test(path)) {
      const at = join(folder, path);
      lost.set(path, `Cannot read images: ${at} ${lostState(path, cause)}`);
    }
    return stateOfFile(path, undefined);
  }
}

/** Why what a folder names could not be looked at. */
function lostState(path: string, cause: unknown): string {
  const state = stateOf(path, cause);
  return state === NOT_THERE
    ? "is a link that leads nowhere; correct or remove it"
    : state;
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
    found.problems.push(`Cannot read images: ${at} ${stateOf(at, cause)}`);
    return;
  }
  for (const name of names.sort()) {
    const below = path === "" ? name : `${path}/${name}`;
    const state = await fileState(below, { folder, found });
    if (state === undefined) await walk(below, { folder, above, found });
    else if (!NO_IMAGE.test(name)) found.files.push(state);
  }
}
