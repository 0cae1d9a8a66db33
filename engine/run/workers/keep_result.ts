/**
 * Keeps what a stage made.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import { digestOfKey, type Key } from "../../keys/key.ts";
import { secondsBetween } from "../../store/record_fields.ts";
import type { StageRecord, Store } from "../../store/store.ts";
import type { Outputs } from "./outputs.ts";

/**
 * Keeps the artifacts of a stage, then its record: a record in the store means
 * that its artifacts were complete. What it had unfinished goes.
 *
 * @returns the record that is there, which is that of another run if one was
 * faster, and whether it says something else than this one would
 * @throws {StoreError} if the store cannot be written
 */
export async function keepResult(
  made: Outputs,
  { stage, key, store, start, clock, replace }: {
    /** Name of the stage. */
    readonly stage: string;
    readonly key: Key;
    readonly store: Store;
    /** When it was started: milliseconds since 1970. */
    readonly start: number;
    /** Milliseconds since 1970. */
    readonly clock: () => number;
    /** Whether a record that is there goes. */
    readonly replace: boolean;
  },
): Promise<{ readonly record: StageRecord; readonly differs: boolean }> {
  const outputs: Record<string, { digest: Digest; bytes: number }> = {};
  for (const [field, bytes] of Object.entries(made)) {
    outputs[field] = {
      digest: await store.putObject(bytes),
      bytes: bytes.length,
    };
  }
  const end = clock();
  const ours: StageRecord = {
    key,
    stage,
    outputs,
    finishedAt: new Date(end).toISOString(),
    seconds: secondsBetween(start, end),
  };
  const record = await store.putRecord(ours, { replace });
  await store.dropScratch(digestOfKey(key));
  return { record, differs: !haveSameOutputs(record, ours) };
}

/** Whether two records name the same artifacts. */
export function haveSameOutputs(a: StageRecord, b: StageRecord): boolean {
  return Object.keys({ ...a.outputs, ...b.outputs }).every((field) =>
    a.outputs[field]?.digest === b.outputs[field]?.digest
  );
}
