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
}

/** Parses, and gives each record away as soon as it has ended: what the call returns is left out. */
export function parse(
  bytes: Uint8Array,
  options: {
    readonly delimiter: string;
    readonly record_delimiter: readonly string[];
    readonly relax_column_count: boolean;
    readonly on_record: (
      record: readonly string[],
      /** Number of bytes read when it ended. */
      info: { readonly bytes: number },
    ) => void;
  },
): void;
