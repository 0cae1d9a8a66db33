/**
 * Checks the signatures of a site.
 *
 * @module
 */
import { envelopeIn, payloadSignedBy } from "./dsse.ts";
import type { SigningKey } from "./ed25519_keys.ts";
import { PAYLOAD_TYPE, subjectsOf } from "./statement.ts";

/** What came of the signatures of a site. */
export interface CheckedSignatures {
  /** Statements that the key signed. */
  readonly valid: number;
  /** Lines that it did not sign as they are. */
  readonly invalid: number;
  /** Files that no statement names with the bytes that they have. */
  readonly unsigned: readonly string[];
  /** Files that a statement names with other bytes than they have, or that are gone. */
  readonly differing: readonly string[];
}

/**
 * Checks a bundle against the files that are there.
 *
 * @param found SHA-256 of each file, by path
 * @param paths of the files that must be signed
 */
export async function checkSignatures(
  bundle: string,
  { key, found, paths }: {
    readonly key: SigningKey;
    readonly found: ReadonlyMap<string, string>;
    readonly paths: readonly string[];
  },
): Promise<CheckedSignatures> {
  let [valid, invalid] = [0, 0];
  const signed = new Set<string>();
  const differing = new Set<string>();
  for (const line of bundle.split("\n").filter((line) => line.trim() !== "")) {
    const envelope = envelopeIn(line);
    const payload = envelope?.payloadType === PAYLOAD_TYPE
      ? await payloadSignedBy(key, envelope)
      : undefined;
    if (payload === undefined) {
      invalid++;
      continue;
    }
    valid++;
    for (const { name, digest } of subjectsOf(payload)) {
      if (found.get(name) === digest.sha256) signed.add(name);
      else differing.add(name);
    }
  }
  return {
    ...{ valid, invalid },
    unsigned: paths.filter((path) => !signed.has(path) && !differing.has(path)),
    differing: [...differing].filter((path) => !signed.has(path)).sort(),
  };
}
