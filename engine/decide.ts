/**
 * Whether a stage's artifact is in the store, and if not, why it must be made.
 *
 * @module
 */
import { type Cause, causesBetween } from "./cause.ts";
import type { Node } from "./graph.ts";
import type { Digest } from "./hash.ts";
import { digestOfKey, type Key } from "./key.ts";
import type { StageRecord, Store } from "./store.ts";

/** What is known of a stage whose inputs are all known. */
export type Decision =
  | { readonly kind: "cached"; readonly record: StageRecord }
  | { readonly kind: "run"; readonly causes: readonly Cause[] };

/** Things to look at besides the key. */
export interface DecideOptions {
  readonly store: Store;
  readonly key: Key;
  /** The key that this stage had when it last ran. */
  readonly last: Digest | undefined;
  readonly forced: boolean;
}

/** Decides about one stage. Looks at sizes on disk; bytes are checked when read. */
export async function decide(
  node: Node,
  { store, key, last, forced }: DecideOptions,
): Promise<Decision> {
  if (forced) return { kind: "run", causes: [{ kind: "forced" }] };
  const digest = digestOfKey(key);
  const record = await store.record(digest);
  if (record !== undefined) {
    const causes = await damageOf(record, store);
    return causes.length === 0
      ? { kind: "cached", record }
      : { kind: "run", causes };
  }
  if (last === undefined) return { kind: "run", causes: [{ kind: "new" }] };
  const before = await store.record(last);
  if (before === undefined || last === digest) {
    return { kind: "run", causes: [{ kind: "missing", field: "record" }] };
  }
  return {
    kind: "run",
    causes: causesBetween(before.key, key, producersOf(node)),
  };
}

/** The stage that makes each input of a node, by path. */
export function producersOf(node: Node): Readonly<Record<string, string>> {
  return Object.fromEntries(
    node.inputs.map(({ path, stage }) => [path, stage.name]),
  );
}

async function damageOf(
  record: StageRecord,
  store: Store,
): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  for (const [field, { digest, bytes }] of Object.entries(record.outputs)) {
    const size = await store.sizeOf(digest);
    if (size === undefined) causes.push({ kind: "missing", field });
    else if (size !== bytes) {
      await store.dropObject(digest);
      causes.push({ kind: "damaged", field });
    }
  }
  return causes;
}
