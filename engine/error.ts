/**
 * Errors that a caller may want to tell apart.
 *
 * @module
 */

/** The store cannot be read or written. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
}

/** A stage failed. `cause` is what it threw. */
export class StageError extends Error {
  override readonly name = "StageError";
  /** Name of the stage. */
  readonly stage: string;

  constructor(stage: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.stage = stage;
  }
}

/** A stage did not run, because one that it depends on failed. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
}

/** What went wrong with a store, with the way out. */
export function storeError(folder: string, error: unknown): Error {
  if (!(error instanceof Error) || error instanceof StoreError) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const options = { cause: error };
  if (/\bos error (28|122)\b/.test(error.message)) {
    return new StoreError(
      `Cannot write to store "${folder}": the disk is full; free some space and run again, finished stages are kept`,
      options,
    );
  }
  if (
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable ||
    /\bos error 30\b/.test(error.message)
  ) {
    return new StoreError(
      `Cannot write to store "${folder}": permission denied; name another folder with --store`,
      options,
    );
  }
  return new StoreError(
    `Cannot write to store "${folder}": ${error.message}`,
    options,
  );
}
