/**
 * Digests: SHA-256 in hexadecimal, of bytes or of tagged canonical JSON.
 *
 * @module
 */
import canonicalize from "canonicalize";
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

/** Canonical JSON text (RFC 8785) of a value. */
export function canonicalJson(value: Json): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new TypeError(`Cannot write ${Deno.inspect(value)} as JSON`, {
      cause,
    });
  }
  if (text === undefined) {
    throw new TypeError(`Cannot write ${Deno.inspect(value)} as JSON`);
  }
  return text;
}

/** The text with every digest in it cut to twelve characters, which tell enough. */
export function withShortDigests(text: string): string {
  return text.replaceAll(
    /\b[0-9a-f]{64}\b/g,
    (digest) => digest.slice(0, 12),
  );
}
