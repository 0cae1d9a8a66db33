/**
 * A part of a store as one tar archive. Paths in the archive are those in the
 * store, so that any tar program can look into it.
 *
 * @module
 */
import { packTar } from "modern-tar";
import { type Digest, digestOf } from "../define/hash.ts";
import { STORE_FORMAT } from "../keys/key.ts";
import { pathOfPiece } from "./run_history.ts";
import type { Store } from "./store.ts";
import type { StoreContents } from "./store_contents.ts";
import { storeFiles } from "./store_files.ts";
import { objectPath } from "./store_layout.ts";

/** What goes into an archive. */
export interface ArchiveParts {
  /** Keys of the records that go in, with their artifacts. */
  readonly keys: ReadonlySet<Digest>;
  /** Names `PIPELINE.PROFILE` whose last keys go in. */
  readonly pipelines: readonly string[];
  /** Ids of the runs that go in. */
  readonly runs: readonly string[];
}

/** What was packed, or taken from an archive. */
export interface Packed {
  readonly records: number;
  readonly artifacts: number;
  /** Bytes of the artifacts. */
  readonly bytes: number;
}

/** The first file of an archive: the digest of every other. */
export const SUMS = "SHA256SUMS";

/** Whether a file begins as an archive does. */
export async function isArchive(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const start = new Uint8Array(SUMS.length + 1); // names end with a zero
  const length = await file.read(start) ?? 0;
  return new TextDecoder().decode(start.subarray(0, length)) === `${SUMS}\0`;
}

/** Two empty blocks end an archive. */
const END = new Uint8Array(1024);

/**
 * The bytes of an archive, one artifact at a time. The same parts of a store
 * give the same bytes.
 *
 * @returns what was packed, as the generator's result
 * @throws {DamagedObjectError} if an artifact is not what was written
 */
export async function* packStore(
  store: Store,
  contents: StoreContents,
  { keys, pipelines, runs }: ArchiveParts,
): AsyncGenerator<Uint8Array, Packed> {
  const records = [...keys].sort().flatMap((key) => {
    const file = contents.records.get(key);
    return file?.record === undefined ? [] : [{ ...file, record: file.record }];
  });
  const digests = records.flatMap(({ record }) =>
    Object.values(record.outputs).map(({ digest }) => digest)
  );
  const objects = new Map(
    digests.sort().map((digest) => [digest, objectPath(digest)]),
  );
  const pieces = contents.runs.filter(({ run }) => runs.includes(run.id))
    .flatMap(({ pieces }) => pieces);
  const files = storeFiles(store.folder);
  // First of all: what a newer version has may be no record here.
  const format = [
    "format.json",
    new TextEncoder().encode(`{"format":${STORE_FORMAT}}\n`),
  ] as const;
  const small = new Map(
    [
      ...records.map(({ path }) => path),
      ...pipelines.toSorted().map((name) => `stages/${name}.json`),
      ...runs.toSorted().map((id) => `runs/${id}.json`),
      ...pieces.toSorted().map(pathOfPiece),
    ].flatMap((path) => {
      const content = files.readSmall(path);
      return content === undefined ? [] : [[path, content] as const];
    }),
  );
  yield await entry(
    SUMS,
    sumsOf([
      ...objects,
      ...[format, ...small].map(([path, content]) =>
        [digestOf(content), path] as const
      ),
    ]),
  );
  yield await entry(...format);
  let bytes = 0;
  for (const [digest, path] of objects) {
    const object = await store.object(digest);
    bytes += object.length;
    yield await entry(path, object);
  }
  for (const [path, content] of small) yield await entry(path, content);
  yield END;
  return { records: records.length, artifacts: objects.size, bytes };
}

/** The digests of files, in lines that `sha256sum --check` reads. */
function sumsOf(
  files: Iterable<readonly [digest: Digest, path: string]>,
): Uint8Array {
  const lines = Array.from(files, ([digest, path]) => `${digest}  ${path}\n`);
  return new TextEncoder().encode(lines.join(""));
}

/** One file, without the end of an archive. */
async function entry(name: string, body: Uint8Array): Promise<Uint8Array> {
  const header = { name, size: body.length, mtime: new Date(0), mode: 0o644 };
  const bytes = await packTar([{ header, body }]);
  return bytes.subarray(0, bytes.length - END.length);
}
