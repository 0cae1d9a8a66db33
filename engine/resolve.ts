/**
 * Puts artifacts in the place of refs.
 *
 * @module
 */
import { StageError, UpstreamError } from "./error.ts";
import { type Lazy, mapLeaves, type Ref, targetOf, walkRefs } from "./ref.ts";
import type { RunResult } from "./run.ts";
import { DamagedObjectError, type StageRecord, type Store } from "./store.ts";

/** A ref with no artifact: its stage, or one before it, failed. */
export interface Unresolved {
  /** Where in the output, e.g. `figures.line`. */
  readonly path: string;
  /** Name of the stage that was to make it. */
  readonly stage: string;
}

/** An output with its values, or what is missing from it. */
export type Resolved<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "unresolved"; readonly missing: readonly Unresolved[] };

/** Reads every artifact that an output points at; a damaged one is made again first. */
export async function resolve<T>(
  output: Lazy<T>,
  { result, store }: { readonly result: RunResult; readonly store: Store },
): Promise<Resolved<T>> {
  const found: { path: string; ref: Ref<unknown> }[] = [];
  walkRefs(output, (ref, path) => found.push({ path, ref }));
  const values = new Map<string, unknown>();
  const missing: Unresolved[] = [];
  for (const { path, ref } of found) {
    const { stage, field } = targetOf(ref);
    const bytes = await read(ref, { result, store });
    if (bytes === undefined) missing.push({ path, stage: stage.name });
    else values.set(path, stage.task.codecs[field]?.decode(bytes));
  }
  if (missing.length > 0) return { kind: "unresolved", missing };
  const value = mapLeaves(
    output,
    (leaf, path) => values.has(path) ? values.get(path) : leaf,
  );
  return { kind: "value", value: value as T };
}

/** The bytes of an artifact, or `undefined` if it cannot be made. */
async function read(
  ref: Ref<unknown>,
  { result, store }: { readonly result: RunResult; readonly store: Store },
): Promise<Uint8Array | undefined> {
  const { stage, field } = targetOf(ref);
  const digestOf = (record: StageRecord) => record.outputs[field]?.digest ?? "";
  const record = result.records.get(stage.name);
  if (record === undefined) return undefined;
  try {
    return await store.object(digestOf(record));
  } catch (error) {
    if (!(error instanceof DamagedObjectError)) throw error;
    try {
      return await store.object(digestOf(await result.remake(stage, error)));
    } catch (failure) {
      // The run has it among its failures already.
      if (failure instanceof StageError || failure instanceof UpstreamError) {
        return undefined;
      }
      throw failure;
    }
  }
}
