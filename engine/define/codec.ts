/**
 * Codecs: how an artifact's value becomes bytes and comes back.
 *
 * @module
 */
import canonicalize from "canonicalize";

/** Turns values into bytes and back. The same value always gives the same bytes. */
export interface Codec<T> {
  /** Name of the format; part of the key of every stage that uses it. */
  readonly name: string;
  /**
   * URL of the module that defines it. If given, what that module imports is
   * part of the key of every stage that reads such an artifact; a codec that
   * does more than parse should give it.
   */
  readonly module?: string;
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

/**
 * Canonical JSON (RFC 8785), checked against a schema both ways.
 *
 * @param schema what the value must look like; numbers must be finite
 */
export function json<T>(schema: Schema<T>): Codec<T> {
  return {
    name: "json",
    encode(value) {
      const text = canonicalize(schema.parse(value));
      if (text === undefined) {
        throw new TypeError(`Cannot encode ${String(value)} as JSON`);
      }
      return new TextEncoder().encode(text);
    },
    decode(bytes) {
      return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    },
  };
}

/** The codec of bytes that are stored as they are, e.g. a picture. */
export const bytes: Codec<Uint8Array> = {
  name: "bytes",
  encode: (value) => value,
  decode: (value) => value,
};
