/**
 * Codecs: how an artifact's value becomes bytes and comes back.
 *
 * @module
 */
import canonicalize from "canonicalize";

/** Turns values into bytes and back. The same value always gives the same bytes. */
export interface Codec<T> {
  /** Name of the format; part of the key of every stage that makes it. A codec of a module is named after its export. */
  readonly name: string;
  /**
   * URL of the module that exports it, which every codec has but those below:
   * what that module imports is part of the key of every stage that reads such
   * an artifact.
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
    decode: (bytes) => schema.parse(parseJson(bytes)),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The codec of bytes that are stored as they are, e.g. a picture. */
export const bytes: Codec<Uint8Array> = {
  name: "bytes",
  encode: (value) => value,
  decode: (value) => value,
};

/**
 * How a stage reads artifacts of the formats above, by name: without the module
 * that made them, whose code is not in its key. JSON was checked by its schema
 * when it was written.
 */
export const PLAIN_FORMATS: Readonly<
  Record<string, (bytes: Uint8Array) => unknown>
> = { json: parseJson, bytes: bytes.decode };
