/**
 * Ed25519 keys in PEM, as openssl writes them.
 *
 * @module
 */
import { digestOf } from "../../engine/hash.ts";

/** A key and the name that signatures by it go under. */
export interface SigningKey {
  readonly key: CryptoKey;
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), in hexadecimal. */
  readonly id: string;
}

/** How to make a pair of keys. */
export const HOW_TO_MAKE_KEYS =
  "openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out public.pem";

/** What stands before the 32 bytes of a public key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
const SPKI_PREFIX = Uint8Array.fromHex("302a300506032b6570032100");

/**
 * Reads a private key: PKCS#8 in PEM, not encrypted.
 *
 * @param name of the file, for errors
 * @throws {Error} if it is none
 */
export async function readPrivateKey(
  pem: string,
  name: string,
): Promise<SigningKey> {
  try {
    const der = derIn(pem, "PRIVATE KEY");
    const key = await crypto.subtle.importKey("pkcs8", der, "Ed25519", true, [
      "sign",
    ]);
    const { x = "" } = await crypto.subtle.exportKey("jwk", key);
    const bytes = Uint8Array.fromBase64(x, { alphabet: "base64url" });
    const spki = new Uint8Array([...SPKI_PREFIX, ...bytes]);
    return { key, id: digestOf(spki) };
  } catch (cause) {
    const kind = /-----BEGIN ENCRYPTED/.test(pem)
      ? "it is encrypted"
      : "it is no Ed25519 private key in PEM (PKCS#8)";
    throw new Error(
      `Cannot sign with key "${name}": ${kind}; make one with \`${HOW_TO_MAKE_KEYS}\``,
      { cause },
    );
  }
}

/**
 * Reads a public key: SubjectPublicKeyInfo in PEM.
 *
 * @param name of the file, for errors
 * @throws {Error} if it is none
 */
export async function readPublicKey(
  pem: string,
  name: string,
): Promise<SigningKey> {
  try {
    const der = derIn(pem, "PUBLIC KEY");
    const key = await crypto.subtle.importKey("spki", der, "Ed25519", true, [
      "verify",
    ]);
    return { key, id: digestOf(der) };
  } catch (cause) {
    const kind = /-----BEGIN (ENCRYPTED )?PRIVATE/.test(pem)
      ? "it is a private key; `openssl pkey -in key.pem -pubout -out public.pem` gives the public one"
      : "it is no Ed25519 public key in PEM";
    throw new Error(`Cannot verify with key "${name}": ${kind}`, { cause });
  }
}

function derIn(pem: string, label: string): Uint8Array<ArrayBuffer> {
  const found = new RegExp(
    `-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`,
  ).exec(pem)?.[1];
  if (found === undefined) throw new TypeError(`Cannot find a ${label}`);
  return Uint8Array.fromBase64(found.replaceAll(/\s/g, ""));
}
