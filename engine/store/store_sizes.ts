/**
 * How much of a store each pipeline takes.
 *
 * @module
 */
import type { Digest } from "../define/hash.ts";
import type { StoreContents, StoreFile } from "./store_contents.ts";

/** What one pipeline at one profile takes, as its last keys tell. */
export interface PipelineSize {
  /** Pipeline and profile, as `PIPELINE.PROFILE`. */
  readonly name: string;
  /** Number of stages of the pipeline. */
  readonly stages: number;
  /** Size of its artifacts that no other pipeline uses. */
  readonly own: Size;
  /** Size of its artifacts that another pipeline uses as well. */
  readonly shared: Size;
}

/** A number of files, and their bytes. */
export interface Size {
  readonly files: number;
  readonly bytes: number;
}

/** What a store takes. All parts but `pipelines` add up to `total`. */
export interface StoreSizes {
  /** Sizes of the pipelines, in order of name. */
  readonly pipelines: readonly PipelineSize[];
  /** Artifacts that the last keys of exactly one pipeline lead to. */
  readonly own: Size;
  /** Artifacts that the last keys of several pipelines lead to, each counted once. */
  readonly shared: Size;
  /** Artifacts that no last key leads to: of earlier runs, or garbage. */
  readonly others: Size;
  readonly records: Size;
  /** Unfinished work and half-written files. */
  readonly unfinished: Size;
  readonly total: Size;
}

/** Counts what is in a store. */
export function sizesOf(contents: StoreContents): StoreSizes {
  const users = new Map<Digest, number>();
  const used = [...contents.lastKeys].map(([name, keys]) => {
    const digests = new Set(
      Object.values(keys).flatMap((key) =>
        Object.values(contents.records.get(key)?.record?.outputs ?? {})
          .map(({ digest }) => digest)
      ),
    );
    for (const digest of digests) {
      users.set(digest, (users.get(digest) ?? 0) + 1);
    }
    return { name, stages: Object.keys(keys).length, digests };
  });
  const size = (digests: Iterable<Digest>, isWanted: (n: number) => boolean) =>
    sum(
      [...digests].filter((digest) => isWanted(users.get(digest) ?? 0))
        .flatMap((digest) => contents.objects.get(digest) ?? []),
    );
  const objects = [...contents.objects.keys()];
  const parts = {
    own: size(objects, (n) => n === 1),
    shared: size(objects, (n) => n > 1),
    others: size(objects, (n) => n === 0),
    records: sum([...contents.records.values()]),
    unfinished: sum([...contents.scratch.values(), ...contents.halfWritten]),
  };
  return {
    pipelines: used.map(({ name, stages, digests }) => ({
      name,
      stages,
      own: size(digests, (n) => n === 1),
      shared: size(digests, (n) => n > 1),
    })),
    ...parts,
    total: Object.values(parts).reduce((a, b) => ({
      files: a.files + b.files,
      bytes: a.bytes + b.bytes,
    })),
  };
}

/** Number of some files, and all their bytes. */
export function sum(files: readonly StoreFile[]): Size {
  return {
    files: files.length,
    bytes: files.reduce((total, { bytes }) => total + bytes, 0),
  };
}
