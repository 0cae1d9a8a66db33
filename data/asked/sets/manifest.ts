/**
 * A set of images that a file lists: CSV, JSON lines or Parquet, with the
 * columns `file_name` and, as far as they are known, `label`, `group`, `split`,
 * and properties.
 *
 * @module
 */
import {
  basename,
  dirname,
  isAbsolute,
  join,
  normalize,
  relative,
  resolve,
} from "node:path";
import { someOf } from "../../../engine/define/listed.ts";
import { messageOf } from "../../../engine/define/message_of.ts";
import type { PropertyNames, SetName } from "../question.ts";
import { readFiles } from "./image_tree.ts";
import {
  checkLabels,
  type ListedImage,
  type Listing,
  type Refused,
  refused,
  stampOf,
  stateOf,
  stateOfFile,
} from "./listing.ts";
import { csvRows, jsonlRows, type ManifestRow } from "./manifest_rows.ts";
import { openParquet, type ParquetImages } from "./parquet.ts";

/** What a split may be called; the first name that occurs is taken. */
const SPLITS: Readonly<Record<SetName, readonly string[]>> = {
  reference: ["reference", "train", "training"],
  test: ["test", "validation", "valid", "val"],
  shifted: ["shifted"],
};

/** A file with its rows, and the images in it if they are there. */
interface Manifest {
  readonly rows: readonly ManifestRow[];
  readonly parquet?: ParquetImages;
}

/**
 * Lists the images that a file names, in its order. Of a file with a column
 * `split`, a set has the rows that are called like it; all, if none is.
 *
 * @param options.set of the question
 * @param options.property columns that the question names as properties
 */
export async function listManifest(
  path: string,
  { set, property }: {
    readonly set: SetName;
    readonly property?: PropertyNames | undefined;
  },
): Promise<Listing | Refused> {
  let manifest: Manifest;
  try {
    manifest = await readManifest(path, { property });
  } catch (cause) {
    return refused([
      cause instanceof Deno.errors.NotFound
        ? `Cannot read images: ${path} ${stateOf(path, cause)}`
        : messageOf(cause),
    ]);
  }
  const { rows, parquet } = manifest;
  const hasBytes = parquet?.hasBytes ?? false;
  const split = SPLITS[set].find((name) =>
    rows.some((row) => row.split?.toLowerCase() === name)
  );
  const kept = rows.flatMap((row, i) =>
    split === undefined || row.split?.toLowerCase() === split ? [i] : []
  );
  const images: ListedImage[] = [];
  const unusable: string[] = [];
  /** Where the images are that may be read. */
  const usable: number[] = [];
  for (const i of kept) {
    const row = rows[i] as ManifestRow;
    const { file_name, label, group, properties } = row;
    const name = hasBytes
      ? file_name ?? ""
      : await belowFolder(path, file_name ?? "");
    images.push({ name, label, group, ...properties && { properties } });
    const problem = hasBytes
      ? undefined
      : problemOf(path, { row, below: name });
    if (problem !== undefined) unusable.push(problem);
    else if (hasBytes || !ADDRESS.test(name)) usable.push(images.length - 1);
  }
  const problems = [
    ...checkLabels(path, images),
    ...hasBytes ? [] : addressProblem(path, { set, images }),
    ...unusable,
  ];
  const readable = usable.map((at) => images[at] as ListedImage);
  const folder = dirname(path);
  const own = stateOfFile(path, await Deno.stat(path));
  const { files, lost } = hasBytes
    ? { files: [], lost: 0 }
    : await statesOf(folder, readable);
  if (lost > 0 && lost === readable.length) {
    return refused([
      ...problems,
      `Cannot use ${set}: ${
        lost === 1 ? "the file" : `none of the ${lost} files`
      } that ${basename(path)} names is ${
        lost === 1 ? "not " : ""
      }there: paths are from its own folder, ${folder}, with "/"`,
    ]);
  }
  const listing: Listing = {
    kind: "listed",
    images: readable,
    stamp: stampOf([own, ...files]),
    remarks: remarksOn(rows, { path, set, split, kept: kept.length }),
    read: (positions) =>
      parquet !== undefined && hasBytes
        ? readRows(parquet, { kept, positions })
        : readFiles(folder, { images: readable, positions }),
  };
  if (problems.length === 0) return listing;
  return refused(problems, readable.length > 0 ? listing : undefined);
}

/** What one should know of the split: which it is, or that none is the set's. */
function remarksOn(
  rows: readonly ManifestRow[],
  { path, set, split, kept }: {
    readonly path: string;
    readonly set: SetName;
    readonly split: string | undefined;
    readonly kept: number;
  },
): readonly string[] {
  const name = basename(path);
  if (split !== undefined) {
    return kept === rows.length ? [] : [
      `the ${kept} of ${rows.length} rows of ${name} whose split is "${split}".`,
    ];
  }
  const there = new Set(rows.flatMap(({ split }) => split ?? []));
  return there.size === 0 ? [] : [
    `all ${rows.length} rows of ${name}: no split in it is called ${
      SPLITS[set].map((one) => `"${one}"`).join(" or ")
    }, only ${someOf([...there].map((one) => `"${one}"`), 5)}.`,
  ];
}

async function readManifest(
  path: string,
  options: { readonly property: PropertyNames | undefined },
): Promise<Manifest> {
  if (/\.parquet$/i.test(path)) {
    const parquet = await openParquet(path, options);
    return { rows: parquet.rows, parquet };
  }
  const bytes = await Deno.readFile(path);
  const rowsOf = /\.(?:jsonl|ndjson)$/i.test(path) ? jsonlRows : csvRows;
  return { rows: rowsOf(bytes, { ...options, name: path }) };
}

/** Why a row cannot be used. A list that somebody else wrote has no business outside of its folder. */
function problemOf(
  path: string,
  { row: { where, file_name }, below }: {
    readonly row: ManifestRow;
    /** Its file as from the folder of the manifest. */
    readonly below: string;
  },
): string | undefined {
  if (file_name === null) {
    return `Cannot read images: ${where} of ${path} names no file`;
  }
  const isOutside = isAbsolute(below) ||
    /^\.\.(?:[/\\]|$)/.test(normalize(below));
  return isOutside
    ? `Cannot read images: ${where} of ${path} names ${file_name}, which is outside its folder; put the manifest above its images`
    : undefined;
}

/** `https://`, `s3://`; not the one letter of a drive. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;

/** Says so where images are elsewhere than in files: in one line, since mostly all are. */
function addressProblem(
  path: string,
  { set, images }: {
    readonly set: SetName;
    readonly images: readonly ListedImage[];
  },
): readonly string[] {
  const addresses = images.filter(({ name }) => ADDRESS.test(name));
  return addresses.length === 0 ? [] : [
    `Cannot use ${set}: ${addresses.length} of the ${images.length} files that ${
      basename(path)
    } names are addresses, such as ${
      addresses[0]?.name
    }; fetch them, and name the paths of their files from its own folder, ${
      dirname(path)
    }`,
  ];
}

/** The path of a file as from the folder of the manifest, which may name it from the root on, or as Windows does. */
async function belowFolder(path: string, file: string): Promise<string> {
  if (isAbsolute(file)) return relative(resolve(dirname(path)), file);
  if (file.includes("/") || !file.includes("\\")) return file;
  // Elsewhere than on Windows, a file may be called so.
  const isThere = await Deno.stat(join(dirname(path), file))
    .then(() => true, () => false);
  return isThere ? file : file.replaceAll("\\", "/");
}

/** What files are, and how many are not there. */
async function statesOf(folder: string, images: readonly ListedImage[]) {
  const files = [];
  let lost = 0;
  for (const { name } of images) {
    const info = await Deno.stat(join(folder, name)).catch((cause) => {
      if (cause instanceof Deno.errors.NotFound) lost++;
    });
    files.push(stateOfFile(name, info ?? undefined));
  }
  return { files, lost };
}

async function* readRows(
  parquet: ParquetImages,
  { kept, positions }: {
    /** The row of each image. */
    readonly kept: readonly number[];
    readonly positions: readonly number[];
  },
): ReturnType<Listing["read"]> {
  const rows = positions.map((position) => kept[position] as number);
  let at = 0;
  for await (const { bytes } of parquet.read(rows)) {
    const position = positions[at++] as number;
    yield { position, bytes: bytes ?? "has no bytes" };
  }
}
