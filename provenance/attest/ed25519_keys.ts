/**
 * Ed25519 keys in PEM, as openssl writes them.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { digestOf } from "../../engine/define/hash.ts";

/** A key and the name that signatures by it go under. */
export interface SigningKey {
  readonly key: KeyObject;
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), in hexadecimal. */
  readonly id: string;
}

/**
 * Reads a private key: PKCS#8 in PEM, not encrypted.
 *
 * @param name of the file, for errors
 * @throws {Error} if it is none
 */
export function readPrivateKey(pem: string, name: string): SigningKey {
  try {
    const key = createPrivateKey(pem);
    return { key, id: idOf(createPublicKey(key)) };
  } catch (cause) {
    const kind = /-----BEGIN ENCRYPTED/.test(pem)
      ? "it is encrypted"
      : "it is no Ed25519 private key in PEM (PKCS#8)";
    throw new Error(
      `Cannot sign with key "${name}": ${kind}; make one with \`openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out public.pem\``,
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
export function readPublicKey(pem: string, name: string): SigningKey {
  const isPrivate = /-----BEGIN (ENCRYPTED )?PRIVATE/.test(pem);
  try {
    if (isPrivate) throw new TypeError("Cannot publish a private key");
    const key = createPublicKey(pem);
    return { key, id: idOf(key) };
  } catch (cause) {
    const kind = isPrivate
      ? "it is a private key; `openssl pkey -in key.pem -pubout -out public.pem` gives the public one"
      : "it is no Ed25519 public key in PEM";
    throw new Error(`Cannot verify with key "${name}": ${kind}`, { cause });
  }
}

function idOf(key: KeyObject): string {
  if (key.asymmetricKeyType !== "ed25519") {
    throw new TypeError(`Cannot use a key of type ${key.asymmetricKeyType}`);
  }
  return digestOf(key.export({ type: "spki", format: "der" }));
}
