/**
 * JSON that may not be what it should: cut off, edited, or of another version.
 *
 * @module
 */
import type { Check } from "./shape.ts";

const decoder = new TextDecoder();

/** The value that JSON stands for, of a text or in UTF-8; `undefined` if it is no JSON. */
export function jsonIn(content: string | Uint8Array): unknown {
  return readJson(content, (_): _ is unknown => true);
}

/** The value that JSON stands for if it has some shape; lists in lists without end, which no check gets through, have none. */
export function readJson<T>(
  content: string | Uint8Array,
  isIt: Check<T>,
): T | undefined {
  try {
    const text = typeof content === "string"
      ? content
      : decoder.decode(content);
    const value: unknown = JSON.parse(text);
    return isIt(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
