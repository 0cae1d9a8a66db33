/**
 * Puts artifacts in the place of refs.
 *
 * @module
 */
import { type Lazy, mapLeaves, type Ref, targetOf, walkRefs } from "./ref.ts";
import type { RunResult } from "./run.ts";
import { DamagedObjectError, type StageRecord, type Store } from "./store.ts";

/** A ref with no artifact: its stage, or one before it, failed. */
export interface Unresolved {
  readonly path: string;
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
    const record = result.records.get(stage.name);
    if (record === undefined) missing.push({ path, stage: stage.name });
    else {
      const bytes = await read(ref, record, { result, store });
      values.set(path, stage.task.codecs[field]?.decode(bytes));
    }
  }
  if (missing.length > 0) return { kind: "unresolved", missing };
  const value = mapLeaves(
    output,
    (leaf, path) => values.has(path) ? values.get(path) : leaf,
  );
  return { kind: "value", value: value as T };
}

async function read(
  ref: Ref<unknown>,
  record: StageRecord,
  { result, store }: { readonly result: RunResult; readonly store: Store },
): Promise<Uint8Array> {
  const { stage, field } = targetOf(ref);
  const digest = record.outputs[field]?.digest ?? "";
  try {
    return await store.object(digest);
  } catch (error) {
    if (!(error instanceof DamagedObjectError)) throw error;
    const again = await result.remake(stage, error);
    return await store.object(again.outputs[field]?.digest ?? "");
  }
}
