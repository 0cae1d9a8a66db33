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
        ? `Cannot read images: ${path} ${stateOf(cause)}`
        : cause instanceof Error
        ? cause.message
        : String(cause),
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
  const images = kept.map((i): ListedImage => {
    const { file_name, label, group, properties } = rows[i] as ManifestRow;
    const name = hasBytes
      ? file_name ?? ""
      : belowFolder(path, file_name ?? "");
    return { name, label, group, ...properties && { properties } };
  });
  const problems = [
    ...checkLabels(path, images),
    ...kept.flatMap((i) =>
      problemOf(path, { row: rows[i] as ManifestRow, hasBytes })
    ),
  ];
  if (problems.length > 0) return refused(problems);
  const folder = dirname(path);
  const own = stateOfFile(path, await Deno.stat(path));
  const files = hasBytes ? [] : await statesOf(folder, images);
  return {
    kind: "listed",
    images,
    stamp: stampOf([own, ...files]),
    remarks: remarksOn(rows, { path, set, split, kept: kept.length }),
    read: (positions) =>
      parquet !== undefined && hasBytes
        ? readRows(parquet, { kept, positions })
        : readFiles(folder, { images, positions }),
  };
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
  { row: { where, file_name }, hasBytes }: {
    readonly row: ManifestRow;
    readonly hasBytes: boolean;
  },
): readonly string[] {
  if (hasBytes) return [];
  if (file_name === null) {
    return [`Cannot read images: ${where} of ${path} names no file`];
  }
  const below = belowFolder(path, file_name);
  const isOutside = isAbsolute(below) ||
    /^\.\.(?:[/\\]|$)/.test(normalize(below));
  return isOutside
    ? [
      `Cannot read images: ${where} of ${path} names ${file_name}, which is outside its folder; put the manifest above its images`,
    ]
    : [];
}

/** The path of a file as from the folder of the manifest, which may name it from the root on. */
function belowFolder(path: string, file: string): string {
  return isAbsolute(file) ? relative(resolve(dirname(path)), file) : file;
}

async function statesOf(folder: string, images: readonly ListedImage[]) {
  const states = [];
  for (const { name } of images) {
    const info = await Deno.stat(join(folder, name)).catch(() => undefined);
    states.push(stateOfFile(name, info));
  }
  return states;
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
