/**
 * Envelopes against the example of the DSSE protocol, and against a signature
 * by OpenSSL 3.5 with the first key of RFC 8032, section 7.1:
 *
 *     openssl pkeyutl -sign -inkey key.pem -rawin -in pae
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { generateKeyPairSync } from "node:crypto";
import {
  envelopeIn,
  payloadSignedBy,
  preAuthEncoding,
  sign,
  signedStatement,
  subjectsSigned,
} from "../../../provenance/attest/signed_statement.ts";
import {
  readPublicKey,
  readSigningKey,
} from "../../../provenance/attest/ed25519_keys.ts";

const PRIVATE = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`;
const PUBLIC = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
`;
/** `openssl pkey -in key.pem -pubout -outform DER | sha256sum` */
const KEY_ID =
  "06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9";
const SIGNATURE =
  "4DHX3Zn4qpBKvEj7maE8O9u9bjXEnPLLnyXVUJ2PXJR8DSLcL3QDpFvfJOj3pB/SPHsl6Jg4boxsMb6KvuYABw==";

const payloadType = "http://example.com/HelloWorld";
const payload = new TextEncoder().encode("hello world");

const signed = () =>
  sign(payload, {
    payloadType,
    signingKey: readSigningKey(PRIVATE, "key.pem"),
  });

Deno.test("preAuthEncoding() is as in the example of the protocol", () => {
  assert.equal(
    new TextDecoder().decode(preAuthEncoding(payloadType, payload)),
    "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
  );
});

Deno.test("preAuthEncoding() counts bytes, not characters", () => {
  assert.equal(
    new TextDecoder().decode(
      preAuthEncoding("é", new TextEncoder().encode("→")),
    ),
    "DSSEv1 2 é 3 →",
  );
});

Deno.test("sign() gives the signature that OpenSSL gives", () => {
  assert.deepEqual(signed(), {
    payload: "aGVsbG8gd29ybGQ=",
    payloadType,
    signatures: [{ keyid: KEY_ID, sig: SIGNATURE }],
  });
});

Deno.test("payloadSignedBy() gives the payload of an envelope that the key signed", () => {
  const key = readPublicKey(PUBLIC, "public.pem");
  assert.equal(key.id, KEY_ID);
  assert.deepEqual(payloadSignedBy(key, signed()), payload);
});

Deno.test("payloadSignedBy() does not look at the name of the key, and takes URL-safe base64", () => {
  const key = readPublicKey(PUBLIC, "public.pem");
  const envelope = signed();
  const sig = SIGNATURE.replaceAll("+", "-").replaceAll("/", "_");
  assert.deepEqual(
    payloadSignedBy(key, {
      ...envelope,
      signatures: [
        { keyid: "x", sig: "AAAA" },
        { keyid: "y", sig: "!" },
        { keyid: "", sig },
      ],
    }),
    payload,
  );
});

Deno.test("payloadSignedBy() gives nothing for another payload, type or key", () => {
  const key = readPublicKey(PUBLIC, "public.pem");
  const envelope = signed();
  const other = generateKeyPairSync("ed25519").publicKey;
  for (
    const [by, change] of [
      [key, { payload: "aGVsbG8gd29ybGQh" }],
      [key, { payload: "not base64" }],
      [key, { payloadType: "http://example.com/HelloWorlds" }],
      [key, { signatures: [] }],
      [{ publicKey: other, id: KEY_ID }, {}],
    ] as const
  ) {
    assert.equal(
      payloadSignedBy(by, { ...envelope, ...change }),
      undefined,
    );
  }
});

Deno.test("subjectsSigned() gives nothing for a statement that was signed as something else", () => {
  const signingKey = readSigningKey(PRIVATE, "key.pem");
  const key = readPublicKey(PUBLIC, "public.pem");
  const subject = [{ name: "a.txt", digest: { sha256: KEY_ID } }];
  const line = signedStatement(subject, { predicate: {}, signingKey });
  assert.deepEqual(subjectsSigned(line, key), subject);
  const { payload, payloadType } = JSON.parse(line);
  const signedAs = (payloadType: string) =>
    JSON.stringify(
      sign(Buffer.from(payload, "base64"), { payloadType, signingKey }),
    );
  assert.deepEqual(subjectsSigned(signedAs(payloadType), key), subject);
  assert.equal(subjectsSigned(signedAs("text/plain"), key), undefined);
});

Deno.test("envelopeIn() gives nothing for what is no envelope", () => {
  for (
    const line of [
      "",
      "{",
      "[]",
      '{"payload":"","payloadType":"x"}',
      '{"payload":"","payloadType":"x","signatures":[{"sig":1}]}',
    ]
  ) assert.equal(envelopeIn(line), undefined);
});

Deno.test("readSigningKey() and readPublicKey() throw for what is no such key, with the way to one", () => {
  assert.throws(
    () => readSigningKey(PUBLIC, "public.pem"),
    new Error(
      'Cannot sign with key "public.pem": it is not an Ed25519 private key in PEM (PKCS#8); make one with `openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out public.pem`',
    ),
  );
  assert.throws(
    () =>
      readSigningKey(PRIVATE.replaceAll("PRIVATE", "ENCRYPTED PRIVATE"), "k"),
    /^Error: Cannot sign with key "k": it is encrypted; make one with /,
  );
  assert.throws(
    () => readPublicKey(PRIVATE, "key.pem"),
    new Error(
      'Cannot verify with key "key.pem": it is a private key; `openssl pkey -in key.pem -pubout -out public.pem` gives the public one',
    ),
  );
  assert.throws(
    () => readPublicKey("ssh-ed25519 AAAA", "id.pub"),
    new Error(
      'Cannot verify with key "id.pub": it is not an Ed25519 public key in PEM',
    ),
  );
});
