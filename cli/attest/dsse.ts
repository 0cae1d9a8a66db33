/**
 * DSSE envelopes: a payload with its type and signatures over both.
 *
 * Format: https://github.com/secure-systems-lab/dsse, protocol.md and
 * envelope.md of version 1.0.
 *
 * @module
 */
import { isString, listOf, shapeOf } from "../../engine/shape.ts";
import type { SigningKey } from "./ed25519_keys.ts";

/** A signed payload. */
export interface Envelope {
  /** Base64 of the bytes. */
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly {
    readonly keyid: string;
    /** Base64. */
    readonly sig: string;
  }[];
}

const isEnvelope = shapeOf({
  payload: isString,
  payloadType: isString,
  signatures: listOf(shapeOf({ keyid: isString, sig: isString })),
});

/** What is signed: type and payload, each after its length, so that neither can pass for part of the other. */
export function preAuthEncoding(
  payloadType: string,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const type = encoder.encode(payloadType);
  const head = encoder.encode(
    `DSSEv1 ${type.length} ${payloadType} ${payload.length} `,
  );
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}

/** Signs a payload. */
export async function sign(
  payload: Uint8Array,
  { payloadType, key: { key, id } }: {
    readonly payloadType: string;
    readonly key: SigningKey;
  },
): Promise<Envelope> {
  const signature = await crypto.subtle.sign(
    "Ed25519",
    key,
    preAuthEncoding(payloadType, payload),
  );
  return {
    payload: payload.toBase64(),
    payloadType,
    signatures: [{ keyid: id, sig: new Uint8Array(signature).toBase64() }],
  };
}

/**
 * The payload of an envelope.
 *
 * @returns nothing if no signature is one by the key over this payload and type
 */
export async function payloadSignedBy(
  { key }: SigningKey,
  { payload, payloadType, signatures }: Envelope,
): Promise<Uint8Array | undefined> {
  const bytes = bytesOf(payload);
  if (bytes === undefined) return undefined;
  const signed = preAuthEncoding(payloadType, bytes);
  for (const { sig } of signatures) {
    // The id of the key is a hint that nothing vouches for.
    const signature = bytesOf(sig);
    if (
      signature !== undefined &&
      await crypto.subtle.verify("Ed25519", key, signature, signed)
    ) return bytes;
  }
  return undefined;
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

/** Standard or URL-safe base64: readers must take both. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  for (const alphabet of ["base64", "base64url"] as const) {
    try {
      return Uint8Array.fromBase64(text, { alphabet });
    } catch {
      // The other one, perhaps.
    }
  }
  return undefined;
}
