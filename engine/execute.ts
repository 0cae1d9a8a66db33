/**
 * Runs one stage: reads its inputs, calls its task, encodes its result.
 *
 * @module
 */
import type { Digest } from "./hash.ts";
import { isRef, mapLeaves, type Stage, targetOf } from "./ref.ts";
import type { Store } from "./store.ts";
import type { AnyTask, TaskContext } from "./task.ts";

/** The encoded result of a stage, by field. */
export type Outputs = Readonly<Record<string, Uint8Array>>;

/**
 * Runs a stage in this isolate.
 *
 * @param inputs the digest of each artifact among its arguments, by path
 * @throws {DamagedObjectError} if an input is not what was written
 */
export async function execute(
  stage: Stage,
  { store, inputs, context }: {
    readonly store: Store;
    readonly inputs: Readonly<Record<string, Digest>>;
    readonly context: TaskContext;
  },
): Promise<Outputs> {
  const values = new Map<string, unknown>();
  const decoded = new Map<Digest, unknown>();
  for (const [path, ref] of refsIn(stage.args)) {
    const digest = inputs[path];
    if (digest === undefined) {
      throw new TypeError(
        `Cannot run stage "${stage.name}": input "${path}" has no artifact`,
      );
    }
    // One artifact may be used twice; it is read once.
    if (!decoded.has(digest)) {
      const codec = ref.stage.task.codecs[ref.field];
      decoded.set(digest, codec?.decode(await store.object(digest)));
    }
    values.set(path, decoded.get(digest));
  }
  const args = mapLeaves(
    stage.args,
    (leaf, path) => values.has(path) ? values.get(path) : leaf,
  );
  return encode(stage.task, await stage.task.run(args, context));
}

/** Encodes a result, checking that it has the fields that were promised. */
export function encode(
  task: AnyTask,
  result: Readonly<Record<string, unknown>>,
): Outputs {
  const missing = Object.keys(task.codecs).filter((field) =>
    result[field] === undefined
  );
  if (missing.length > 0) {
    throw new TypeError(
      `Cannot keep the result of task "${task.name}": it lacks ${
        missing.map((field) => `"${field}"`).join(", ")
      }`,
    );
  }
  return Object.fromEntries(
    Object.entries(task.codecs).map((
      [field, codec],
    ) => [field, codec.encode(result[field])]),
  );
}

function refsIn(
  args: unknown,
): ReadonlyMap<string, { readonly stage: Stage; readonly field: string }> {
  const refs = new Map<string, { stage: Stage; field: string }>();
  mapLeaves(args, (leaf, path) => {
    if (isRef(leaf)) refs.set(path, targetOf(leaf));
    return leaf;
  });
  return refs;
}
