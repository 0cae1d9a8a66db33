/**
 * Tables that somebody has published: where each one is, which bytes it must
 * be, and what may be done with it.
 *
 * @module
 */
import type { HashedSource, Source } from "../../engine/define/source.ts";
import type { Citation } from "../datasets/dataset.ts";

/** A published table, pinned to the bytes that were read. */
export interface PublishedTable extends HashedSource {
  /** Who published it, and in what form. */
  readonly publisher: string;
  /** Length in bytes. */
  readonly bytes: number;
  /** Commit of the repository that the address names. */
  readonly commit: string;
  /** Day of that commit, e.g. "2025-10-30". */
  readonly date: string;
  /** Licence of the table. */
  readonly licence: string;
  /** Where the licence can be read. */
  readonly licenceUrl: string;
  /** What to cite. */
  readonly citation: Citation;
  /** How its rows and columns are read. */
  readonly reading: string;
}

/** What a stage needs to fetch the table, and nothing else. */
export function sourceOf({ url, sha256, title }: PublishedTable): Source {
  return { url, sha256, title };
}
