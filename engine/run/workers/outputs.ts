/**
 * What a stage made, as bytes.
 *
 * @module
 */
import type { AnyTask } from "../../define/any_task.ts";

/** The encoded result of a stage, by field. */
export type Outputs = Readonly<Record<string, Uint8Array>>;

/**
 * Encodes a result, in memory that nobody else has: what a codec gives may be
 * the task's own array, which a later stage in the isolate uses again, or a part
 * of something larger.
 *
 * @throws {TypeError} if it lacks a field that was promised, or one is not what was promised
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
    ) => {
      try {
        return [field, new Uint8Array(codec.encode(values[field]))];
      } catch (error) {
        throw new TypeError(
          `Cannot keep "${field}" of task "${task.name}": ${reasonOf(error)}`,
        );
      }
    }),
  );
}

/** What is wrong with a value, in one line: of what a schema says, the first part that it does not take. */
function reasonOf(error: unknown): string {
  const { issues: [issue] = [], message = String(error) } = Object(error);
  if (issue === undefined) return message;
  return [issue.path.join("."), issue.message].filter(Boolean).join(": ");
}
