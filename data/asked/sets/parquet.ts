/**
 * Parquet files that list images, or hold them as Hugging Face writes them: in
 * a column "image" with "bytes" and "path".
 *
 * @module
 */
import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from "node:zlib";
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { messageOf } from "../../../engine/define/message_of.ts";
import type { PropertyNames } from "../question.ts";
import {
  columnNames,
  listedProperties,
  type ManifestRow,
  rowOf,
} from "./manifest_rows.ts";

/** Decompressors for what Parquet files are written with, besides Snappy. */
const COMPRESSORS = {
  BROTLI: (bytes: Uint8Array) => new Uint8Array(brotliDecompressSync(bytes)),
  GZIP: (bytes: Uint8Array) => new Uint8Array(gunzipSync(bytes)),
  ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)),
};

/** A Parquet file that is open for reading. */
export interface ParquetImages {
  readonly rows: readonly ManifestRow[];
  /** Whether the bytes of images are in it; else rows name files. */
  readonly hasBytes: boolean;
  /** The bytes of the images of rows, in ascending order, a group of rows at a time; null where there are none. */
  read(
    rows: readonly number[],
  ): AsyncIterable<{ readonly row: number; readonly bytes: Uint8Array | null }>;
}

/**
 * Opens a Parquet file and reads what it says of images.
 *
 * @param options.property columns that the question names as properties
 * @throws {Error} if it is damaged, or has neither a column "file_name" nor
 * "image" with "bytes", or no property of that name
 */
export async function openParquet(
  path: string,
  { property }: { readonly property?: PropertyNames | undefined },
): Promise<ParquetImages> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((cause) => {
    throw new Error(
      `Cannot read images: ${path} is not a Parquet file, or is damaged`,
      { cause },
    );
  });
  const { children } = parquetSchema(metadata);
  const columns = children.map(({ element: { name } }) => name);
  const image = children.find(({ element: { name } }) => name === "image");
  const hasBytes = image?.children
    .some(({ element: { name } }) => name === "bytes") ?? false;
  const options = { name: path, property };
  const named = columnNames(columns, options);
  if (!hasBytes && named.file_name === undefined) {
    throw new Error(
      `Cannot read images: ${path} has neither a column "file_name" nor "image" with "bytes", only ${
        columns.map((column) => `"${column}"`).join(", ")
      }`,
    );
  }
  const properties = listedProperties(columns, options);
  const read = (columns: string[], [rowStart, rowEnd]: [number, number]) =>
    parquetReadObjects({
      file,
      metadata,
      columns,
      rowStart,
      rowEnd,
      utf8: false,
      compressors: COMPRESSORS,
    }).catch((cause) => {
      throw new Error(
        `Cannot read images: ${path} cannot be read (${
          messageOf(cause)
        }); write it again, with Snappy, Gzip, Zstd or Brotli`,
        { cause },
      );
    });
  const names = classNamesIn(metadata);
  const n = Number(metadata.num_rows);
  const asked = [...Object.values(named), ...properties.values()];
  const cells = await read(asked, [0, n]);
  const rows = Array.from({ length: n }, (_, i) => {
    const row = rowOf(`row ${i + 1}`, {
      name: path,
      names: named,
      properties,
      cellOf: (column) => cells[i]?.[column],
    });
    return {
      ...row,
      file_name: row.file_name ?? (hasBytes ? row.where : null),
      // Hugging Face's libraries write -1 where there is no label.
      label: names.length > 0 && row.label === "-1"
        ? null
        : names[Number(row.label ?? NaN)] ?? row.label,
    };
  });
  return {
    rows,
    hasBytes,
    async *read(wanted) {
      let [start, at] = [0, 0];
      for (const { num_rows } of metadata.row_groups) {
        const end = start + Number(num_rows);
        const isHere = (wanted[at] ?? Infinity) < end;
        const images = isHere ? await read(["image"], [start, end]) : [];
        for (; (wanted[at] ?? Infinity) < end; at++) {
          const row = wanted[at] as number;
          const bytes = images[row - start]?.["image"]?.bytes;
          yield { row, bytes: bytes instanceof Uint8Array ? bytes : null };
        }
        start = end;
      }
    },
  };
}

/** The names of the classes that Hugging Face's libraries note; none if they did not write it. */
function classNamesIn(
  { key_value_metadata }: FileMetaData,
): readonly string[] {
  const about = key_value_metadata?.find(({ key }) => key === "huggingface");
  try {
    const names = JSON.parse(about?.value ?? "null")
      ?.info?.features?.label?.names;
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}
