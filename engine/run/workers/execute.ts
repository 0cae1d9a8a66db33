/**
 * Runs one stage: reads its inputs, calls its task, encodes its result.
 *
 * @module
 */
import type { AnyTask } from "../../define/any_task.ts";
import { argumentsOf, readInputs, type StoredInput } from "./arguments.ts";
import type { Digest } from "../../define/hash.ts";
import { type Stage, targetOf, walkRefs } from "../../define/ref.ts";
import type { Store } from "../../store/store.ts";
import type { TaskContext } from "../../define/task_context.ts";

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
  const stored: StoredInput[] = [];
  walkRefs(stage.args, (ref, path) => {
    const target = targetOf(ref);
    const codec = target.stage.task.codecs[target.field];
    const digest = inputs[path];
    if (digest === undefined || codec === undefined) {
      throw new TypeError(
        `Cannot run stage "${stage.name}": input "${path}" has no artifact`,
      );
    }
    stored.push({ path, digest, codec });
  });
  const values = await readInputs(stored, store);
  const args = argumentsOf(stage.args, values);
  return encode(stage.task, await stage.task.run(args, context));
}

/**
 * Encodes a result.
 *
 * @throws {TypeError} if it lacks a field that was promised
 */
export function encode(
  task: AnyTask,
  result: Readonly<Record<string, unknown>>,
): Outputs {
  const values: Readonly<Record<string, unknown>> = Object(result);
  const missing = Object.keys(task.codecs).filter((field) =>
    values[field] === undefined
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
    ) => [field, codec.encode(values[field])]),
  );
}
