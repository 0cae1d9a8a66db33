/**
 * Codecs: how an artifact's value becomes bytes and comes back.
 *
 * @module
 */
import { define, type Definition } from "./definition.ts";
import { canonicalJson } from "./hash.ts";

/**
 * Turns values into bytes and back. The same value always gives the same bytes.
 *
 * A definition: what its module imports is part of the key of every stage that
 * reads such an artifact.
 *
 * ```ts ignore
 * export const pixels: Codec<readonly number[]> = define(import.meta.url, "pixels", {
 *   name: "pixels",
 *   encode: (values) => Uint8Array.from(values),
 *   decode: (bytes) => [...bytes],
 * });
 * ```
 */
export interface Codec<T> extends Definition {
  /** Name of the format; part of the key of every stage that uses it. */
  readonly name: string;
  /** Turns a value into bytes. */
  encode(value: T): Uint8Array;
  /**
   * The value of some bytes.
   *
   * @throws {TypeError} if the bytes are not in this format
   */
  decode(bytes: Uint8Array): T;
}

/** What checks a value, e.g. a schema of zod. */
export interface Schema<T> {
  /**
   * The value, if it is what the schema says.
   *
   * @throws {Error} if it is not
   */
  parse(value: unknown): T;
}

/** Canonical JSON (RFC 8785) of which nothing else is known. */
export const anyJson: Codec<unknown> = define(import.meta.url, "anyJson", {
  name: "json",
  encode: (value) => new TextEncoder().encode(canonicalJson(value)),
  decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
});

/**
 * Canonical JSON (RFC 8785), checked against a schema both ways. What is written
 * is what the schema makes of a value; what is read is what was written. The
 * schema has no say in that, and so no place in the keys of those who read.
 *
 * @param schema what the value must look like; numbers must be finite
 */
export function json<T>(schema: Schema<T>): Codec<T> {
  return define(import.meta.url, "anyJson", {
    name: "json",
    encode: (value: T) => anyJson.encode(schema.parse(value)),
    decode(bytes: Uint8Array) {
      schema.parse(anyJson.decode(bytes));
      return anyJson.decode(bytes) as T;
    },
  });
}

/** The codec of bytes that are stored as they are, e.g. a picture. */
export const bytes: Codec<Uint8Array> = define(import.meta.url, "bytes", {
  name: "bytes",
  encode: (value) => value,
  decode: (value) => value,
});
