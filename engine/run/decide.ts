/**
 * Whether a stage's artifact is in the store, and if not, why it must be made.
 *
 * @module
 */
import type { AcceptedEdits } from "../keys/accepted_edits.ts";
import { type Cause, causesBetween } from "../keys/cause.ts";
import type { Node } from "./graph.ts";
import type { Digest } from "../define/hash.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { StageRecord, Store } from "../store/store.ts";

/** What is known of a stage whose inputs are all known. */
export type Decision =
  | {
    readonly kind: "cached";
    /** Of the key, or of one before edits that are accepted. */
    readonly record: StageRecord;
  }
  | {
    readonly kind: "run";
    readonly causes: readonly Cause[];
    /** The record in the store, of the key or of one before edits that are accepted, where only artifacts are missing or damaged. */
    readonly record?: StageRecord;
  };

/** What a decision looks at besides the stage. */
export interface DecideOptions {
  readonly store: Store;
  readonly key: Key;
  /** The key that this stage had when it last ran. */
  readonly last: Digest | undefined;
  readonly forced: boolean;
  /** Edits that change no result. */
  readonly accepted: AcceptedEdits;
}

/**
 * The record of a key, if the store has it and all its artifacts. Looks at
 * sizes on disk; bytes are checked when read.
 */
export function cachedRecord(
  node: Node,
  { store, key }: Pick<DecideOptions, "store" | "key">,
): StageRecord | undefined {
  const record = store.recordOf(key);
  return record !== undefined && damageOf(node, record, store).length === 0
    ? record
    : undefined;
}

/** The same of a stage, which may have been made before edits that are accepted. */
export function storedRecord(
  node: Node,
  options: Pick<DecideOptions, "store" | "key" | "accepted">,
): StageRecord | undefined {
  for (const { record, causes } of recordsOf(node, options)) {
    if (causes.length === 0) return record;
  }
  return undefined;
}

/** The records of a stage, whole or not: of its key, and of those before edits that are accepted. */
function* recordsOf(
  node: Node,
  { store, key, accepted }: Pick<DecideOptions, "store" | "key" | "accepted">,
): Iterable<Recorded> {
  const keys = function* () {
    yield key;
    yield* accepted.earlier(key);
  };
  for (const one of keys()) {
    const record = store.recordOf(one);
    if (record !== undefined) {
      yield { record, causes: damageOf(node, record, store) };
    }
  }
}

/** A record, and what is missing or damaged of it. */
interface Recorded {
  readonly record: StageRecord;
  readonly causes: readonly Cause[];
}

/** The field of a cause that is about the record itself. */
export const RECORD = "record";

/** Decides about one stage. Looks at sizes on disk; bytes are checked when read. */
export function decide(
  node: Node,
  { store, key, last, forced, accepted }: DecideOptions,
): Decision {
  if (forced) return { kind: "run", causes: [{ kind: "forced" }] };
  const digest = digestOfKey(key);
  let found: Recorded | undefined;
  for (const one of recordsOf(node, { store, key, accepted })) {
    if (one.causes.length === 0) return { kind: "cached", record: one.record };
    found ??= one;
  }
  if (store.isRecordDamaged(digest)) {
    return { kind: "run", causes: [{ kind: "damaged", field: RECORD }] };
  }
  if (found !== undefined) return { kind: "run", ...found };
  const before = last === undefined || last === digest
    ? undefined
    : store.record(last);
  return {
    kind: "run",
    causes: before === undefined
      ? [
        last === undefined && store.hasScratch(digest)
          ? { kind: "unfinished" }
          : unrecorded(last),
      ]
      : causesBetween(before.key, key, producersOf(node)),
  };
}

/** Why a stage runs of whose last run there is no record. */
export function unrecorded(last: Digest | undefined): Cause {
  return last === undefined
    ? { kind: "new" }
    : { kind: "missing", field: RECORD };
}

/** The stage that makes each input of a node, by path. */
export function producersOf(node: Node): Readonly<Record<string, string>> {
  return Object.fromEntries(
    node.inputs.map(({ path, stage }) => [path, stage.name]),
  );
}

function damageOf(
  node: Node,
  record: StageRecord,
  store: Store,
): readonly Cause[] {
  const causes: Cause[] = [];
  for (const field of Object.keys(node.stage.task.codecs)) {
    const output = record.outputs[field];
    const size = output && store.sizeOf(output.digest);
    if (size === undefined) causes.push({ kind: "missing", field });
    else if (size !== output?.bytes) causes.push({ kind: "damaged", field });
  }
  return causes;
}
