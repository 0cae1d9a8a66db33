/**
 * Digests: SHA-256 in hexadecimal, of bytes or of tagged canonical JSON.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** A SHA-256 digest as 64 hexadecimal characters. */
export type Digest = string;

/** A value that JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** The digest of some bytes. */
export function digestOf(bytes: Uint8Array): Digest {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The digest of a JSON value under a tag, so that two kinds of things never
 * share a digest by having the same content. Object keys are sorted (RFC 8785).
 *
 * @throws {TypeError} if the value holds a number that is not finite
 */
export function digestOfJson(tag: string, value: Json): Digest {
  return digestOf(new TextEncoder().encode(canonicalJson([tag, value])));
}

/**
 * Canonical JSON text (RFC 8785) of a value.
 *
 * @throws {TypeError} if JSON cannot hold it
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = textOf(value);
  } catch (error) {
    cause = error;
  }
  if (text !== undefined) return text;
  throw new TypeError(`Cannot write ${Deno.inspect(value)} as JSON`, { cause });
}

/** The text of a value; none of what JSON leaves out, e.g. a function. */
function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item) => textOf(item) ?? "null")}]`;
  }
  if (typeof value !== "object" || value === null) return primitive(value);
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return textOf(value.toJSON());
  }
  const members: string[] = [];
  // In the order of UTF-16 code units, as RFC 8785 wants it.
  for (const name of Object.keys(value).sort()) {
    const text = textOf(Reflect.get(value, name));
    if (text !== undefined) members.push(`${primitive(name)}:${text}`);
  }
  return `{${members}}`;
}

function primitive(value: unknown): string | undefined {
  const isJson = typeof value === "number"
    ? Number.isFinite(value)
    : typeof value !== "string" || value.isWellFormed();
  if (!isJson) {
    throw new TypeError("Cannot write NaN, an infinity or half a character");
  }
  return JSON.stringify(value);
}

/** The text with every digest in it cut to twelve characters, which tell enough. */
export function withShortDigests(text: string): string {
  return text.replaceAll(
    /\b[0-9a-f]{64}\b/g,
    (digest) => digest.slice(0, 12),
  );
}
