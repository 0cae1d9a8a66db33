/**
 * Ed25519 keys in PEM, as openssl writes them.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { digestOf } from "../../engine/define/hash.ts";

/** A public key, and the name that signatures by it go under. */
export interface PublicKey {
  readonly publicKey: KeyObject;
  /** SHA-256 of the key (SubjectPublicKeyInfo, DER), in hexadecimal. */
  readonly id: string;
}

/** A private key, and the public one. */
export interface SigningKey extends PublicKey {
  readonly privateKey: KeyObject;
}

/** Reads a private key: PKCS#8, not encrypted; throws if the file of that name holds none. */
export function readSigningKey(pem: string, name: string): SigningKey {
  try {
    const privateKey = createPrivateKey(pem);
    return { privateKey, ...publicKeyOf(privateKey) };
  } catch (cause) {
    const kind = /-----BEGIN ENCRYPTED/.test(pem)
      ? "it is encrypted"
      : "it is not an Ed25519 private key in PEM (PKCS#8)";
    throw new Error(
      `Cannot sign with key "${name}": ${kind}; make one with \`openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out public.pem\``,
      { cause },
    );
  }
}

/** Reads a public key: SubjectPublicKeyInfo; throws if the file of that name holds none. */
export function readPublicKey(pem: string, name: string): PublicKey {
  const isPrivate = /-----BEGIN (ENCRYPTED )?PRIVATE/.test(pem);
  try {
    if (isPrivate) throw new TypeError("Cannot publish a private key");
    return publicKeyOf(pem);
  } catch (cause) {
    const kind = isPrivate
      ? "it is a private key; `openssl pkey -in key.pem -pubout -out public.pem` gives the public one"
      : "it is not an Ed25519 public key in PEM";
    throw new Error(`Cannot verify with key "${name}": ${kind}`, { cause });
  }
}

function publicKeyOf(key: string | KeyObject): PublicKey {
  const publicKey = createPublicKey(key);
  const { asymmetricKeyType } = publicKey;
  if (asymmetricKeyType !== "ed25519") {
    throw new TypeError(`Cannot use a key of type ${asymmetricKeyType}`);
  }
  const der = publicKey.export({ type: "spki", format: "der" });
  return { publicKey, id: digestOf(der) };
}
