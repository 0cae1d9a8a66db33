/**
 * Signed in-toto statements of what files were made from, in DSSE envelopes:
 * a payload with its type and signatures over both.
 *
 * Formats: https://in-toto.io/Statement/v1, https://slsa.dev/provenance/v1 and
 * https://github.com/secure-systems-lab/dsse, protocol.md and envelope.md of
 * version 1.0.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { sign as signBytes, verify } from "node:crypto";
import { readJson } from "../../engine/define/json.ts";
import {
  type Check,
  isDigest,
  isString,
  listOf,
  oneOf,
  shapeOf,
} from "../../engine/define/shape.ts";
import type { PublicKey, SigningKey } from "./ed25519_keys.ts";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const STATEMENT = "https://in-toto.io/Statement/v1";
const PROVENANCE = "https://slsa.dev/provenance/v1";

const isEnvelope = shapeOf({
  payload: isString, // in base64
  payloadType: isString,
  signatures: listOf(shapeOf({ keyid: isString, sig: isString })),
});
const isStatement = shapeOf({
  _type: oneOf(STATEMENT),
  predicateType: oneOf(PROVENANCE),
  subject: listOf(
    shapeOf({ name: isString, digest: shapeOf({ sha256: isDigest }) }),
  ),
});

type Checked<C> = C extends Check<infer T> ? T : never;

/** A signed payload. */
export type Envelope = Checked<typeof isEnvelope>;

/** The files that a statement is about, by path. */
export type Subjects = Checked<typeof isStatement>["subject"];

/** The statement of some provenance, signed, as JSON. */
export function signedStatement(
  subject: Subjects,
  { predicate, signingKey }: {
    readonly predicate: object;
    readonly signingKey: SigningKey;
  },
): string {
  const statement = { _type: STATEMENT, subject, predicateType: PROVENANCE };
  const payload = JSON.stringify({ ...statement, predicate });
  return JSON.stringify(
    sign(Buffer.from(payload), { payloadType: PAYLOAD_TYPE, signingKey }),
  );
}

/** The files that a line's statement is about, none if it is of another kind; nothing if the key did not sign it so. */
export function subjectsSigned(
  line: string,
  publicKey: PublicKey,
): Subjects | undefined {
  const envelope = envelopeIn(line);
  if (envelope?.payloadType !== PAYLOAD_TYPE) return undefined;
  const payload = payloadSignedBy(publicKey, envelope);
  return payload === undefined
    ? undefined
    : readJson(payload, isStatement)?.subject ?? [];
}

/** What is signed: type and payload, each after its length, so that neither can pass for part of the other. */
export function preAuthEncoding(
  payloadType: string,
  payload: Uint8Array,
): Uint8Array {
  const length = Buffer.byteLength(payloadType);
  const head = `DSSEv1 ${length} ${payloadType} ${payload.length} `;
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
  const bytes = preAuthEncoding(payloadType, payload);
  const sig = signBytes(null, bytes, privateKey).toString("base64");
  const signatures = [{ keyid: id, sig }];
  return { payload: payload.toBase64(), payloadType, signatures };
}

/** The payload of an envelope; nothing if no signature is one by the key over it and its type. */
export function payloadSignedBy(
  { publicKey }: PublicKey,
  { payload, payloadType, signatures }: Envelope,
): Uint8Array | undefined {
  // Readers must take standard and URL-safe base64, as this does.
  const bytes = Buffer.from(payload, "base64");
  const signed = preAuthEncoding(payloadType, bytes);
  // The id of the key is a hint that nothing vouches for.
  const isSigned = signatures.some(({ sig }) =>
    verify(null, signed, publicKey, Buffer.from(sig, "base64"))
  );
  return isSigned ? new Uint8Array(bytes) : undefined;
}

/** The envelope in a line of JSON, if it is one. */
export function envelopeIn(line: string): Envelope | undefined {
  return readJson(line, isEnvelope);
}
