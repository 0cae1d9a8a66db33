/**
 * In-toto statements about files of a site: what they were made from.
 *
 * Formats: https://in-toto.io/Statement/v1 and https://slsa.dev/provenance/v1.
 *
 * @module
 */
import {
  isDigest,
  isString,
  listOf,
  oneOf,
  shapeOf,
} from "../../engine/define/shape.ts";

/** Type of an in-toto statement in an envelope. */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

const STATEMENT = "https://in-toto.io/Statement/v1";
const PROVENANCE = "https://slsa.dev/provenance/v1";

/** A thing by its name, address or digest. */
export interface ResourceDescriptor {
  readonly name?: string;
  readonly uri?: string;
  readonly digest?: Readonly<Record<string, string>>;
  /** What else is to be said of the thing. */
  readonly annotations?: Readonly<Record<string, readonly string[]>>;
}

/** A file of a site that a statement is about. */
export interface Subject {
  /** Path of the file. */
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** The statement of some provenance, as the bytes that are signed. */
export function statementOf(
  subject: readonly Subject[],
  predicate: object,
): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({
    _type: STATEMENT,
    subject,
    predicateType: PROVENANCE,
    predicate,
  }));
}

const isStatement = shapeOf({
  _type: oneOf(STATEMENT),
  predicateType: oneOf(PROVENANCE),
  subject: listOf(
    shapeOf({ name: isString, digest: shapeOf({ sha256: isDigest }) }),
  ),
});

/** The files that a statement of ours is about; nothing if it is another kind of statement. */
export function subjectsOf(payload: Uint8Array): readonly Subject[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload));
    return isStatement(value) ? value.subject : [];
  } catch {
    return [];
  }
}
