/**
 * Errors that a caller may want to tell apart.
 *
 * @module
 */
import { folderState, isDenied } from "./folder_state.ts";
import { messageOf } from "./message_of.ts";

/** The store cannot be read or written. */
export class StoreError extends Error {
  /** Always `StoreError`, or that of a subclass. */
  override readonly name: string = "StoreError";
}

/** A stage failed. `cause` is what it threw. */
export class StageError extends Error {
  /** Always `StageError`. */
  override readonly name = "StageError";
  /** Name of the stage. */
  readonly stage: string;

  /** Makes the error of the stage of that name. */
  constructor(stage: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.stage = stage;
  }
}

/** A stage did not run, because one that it depends on failed. */
export class UpstreamError extends Error {
  /** Always `UpstreamError`. */
  override readonly name = "UpstreamError";
  /** Name of the stage that failed. */
  readonly stage: string;

  /** Makes the error; `stage` is the name of the one that failed. */
  constructor(stage: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.stage = stage;
  }
}

/** A published source can be had neither from a mirror nor from the network. */
export class SourceUnavailableError extends Error {
  /** Always `SourceUnavailableError`. */
  override readonly name = "SourceUnavailableError";
  /** What all sources of a host fail of that does not answer, e.g. `example.org: no connection`. */
  readonly silence: string | undefined;

  /** Makes the error; `silence` if the host does not answer at all. */
  constructor(
    message: string,
    options?: ErrorOptions & { readonly silence?: string },
  ) {
    super(message, options);
    this.silence = options?.silence;
  }
}

/** Whether a stage failed for no other reason than that its published source cannot be had. */
export function isUnavailable({ cause }: Error): boolean {
  return cause instanceof SourceUnavailableError;
}

/** Whether something cannot be written because a store may only be read. */
export function isOfReadOnlyStore(error: unknown): boolean {
  return error instanceof StoreError &&
    (error.cause instanceof Deno.errors.NotCapable || isDenied(error.cause));
}

/**
 * What went wrong with a store, with the way out.
 *
 * @param action what could not be done; `write to` unless given
 */
export function storeError(
  error: unknown,
  { folder, action = "write to" }: {
    readonly folder: string;
    readonly action?: "write to" | "read";
  },
): Error {
  if (error instanceof StoreError) return error;
  const state = folderState(error, {
    option: "--store",
    whenFull: "free some space and run again, finished stages are kept",
  }) ?? messageOf(error);
  return new StoreError(
    `Cannot ${action} store "${folder}": ${state}`,
    { cause: error },
  );
}
