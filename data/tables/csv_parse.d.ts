/**
 * What is used of csv-parse/sync. Its own declarations ask for those of Node,
 * and the version that other packages bring with them is too old for ours.
 *
 * @module
 */

/** Why the text is not CSV, and where. */
export class CsvError extends Error {
  readonly code: string;
  /** Bytes read so far. */
  readonly bytes?: number;
  /** Bytes read when the last whole record ended. */
  readonly bytes_records?: number;
}

/** A record, and the number of bytes read when it ended. */
export interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly bytes: number };
}

export function parse(
  bytes: Uint8Array,
  options: {
    readonly info: true;
    readonly record_delimiter: readonly string[];
    readonly relax_column_count: boolean;
  },
): readonly ParsedRecord[];
