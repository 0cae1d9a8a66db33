/**
 * DSSE envelopes: a payload with its type and signatures over both.
 *
 * Format: https://github.com/secure-systems-lab/dsse, protocol.md and
 * envelope.md of version 1.0.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { sign as signBytes, verify } from "node:crypto";
import { isString, listOf, shapeOf } from "../../engine/define/shape.ts";
import type { PublicKey, SigningKey } from "./ed25519_keys.ts";

/** A signed payload. */
export interface Envelope {
  /** The bytes of the payload, in base64. */
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly {
    readonly keyid: string;
    /** The signature, in base64. */
    readonly sig: string;
  }[];
}

const isEnvelope = shapeOf<Envelope>({
  payload: isString,
  payloadType: isString,
  signatures: listOf(shapeOf({ keyid: isString, sig: isString })),
});

/** What is signed: type and payload, each after its length, so that neither can pass for part of the other. */
export function preAuthEncoding(
  payloadType: string,
  payload: Uint8Array,
): Uint8Array {
  const typeBytes = Buffer.byteLength(payloadType);
  const head = `DSSEv1 ${typeBytes} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** The envelope of a payload, with a signature. */
export function sign(
  payload: Uint8Array,
  { payloadType, signingKey: { privateKey, id } }: {
    readonly payloadType: string;
    readonly signingKey: SigningKey;
  },
): Envelope {
  const sig = signBytes(
    null,
    preAuthEncoding(payloadType, payload),
    privateKey,
  );
  return {
    payload: payload.toBase64(),
    payloadType,
    signatures: [{ keyid: id, sig: sig.toString("base64") }],
  };
}

/**
 * The payload of an envelope.
 *
 * @returns nothing if no signature is one by the key over this payload and type
 */
export function payloadSignedBy(
  { publicKey }: PublicKey,
  { payload, payloadType, signatures }: Envelope,
): Uint8Array | undefined {
  // Readers must take standard and URL-safe base64, as this does.
  const bytes = Buffer.from(payload, "base64");
  const signed = preAuthEncoding(payloadType, bytes);
  // The id of the key is a hint that nothing vouches for.
  return signatures.some(({ sig }) =>
      verify(null, signed, publicKey, Buffer.from(sig, "base64"))
    )
    ? new Uint8Array(bytes)
    : undefined;
}

/** The envelope in a line of JSON, if it is one. */
export function envelopeIn(line: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEnvelope(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
