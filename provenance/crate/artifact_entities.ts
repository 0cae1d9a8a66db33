/**
 * Artifacts of the store as files of a crate, or, where they are not part of
 * it, by their digest alone (RFC 6920).
 *
 * @module
 */
import type { Digest } from "../../engine/define/hash.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import type { Entity } from "./entity.ts";

const TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  safetensors: "application/vnd.safetensors",
};

/** The artifacts that some stages made, by digest. */
export function artifactsOf(
  records: readonly StageRecord[],
  { areParts }: { readonly areParts: boolean },
): ReadonlyMap<Digest, Entity> {
  const artifacts = new Map<Digest, Entity>();
  for (const { stage, key, outputs } of records) {
    for (const field of Object.keys(outputs).sort()) {
      const { digest = "", bytes } = outputs[field] ?? {};
      const format = key.result[field] ?? "";
      const type = TYPES[format];
      const suffix = type === undefined ? "bin" : format;
      const hash = Uint8Array.fromHex(digest)
        .toBase64({ alphabet: "base64url", omitPadding: true });
      artifacts.getOrInsert(digest, {
        "@id": areParts
          ? `artifacts/${digest}.${suffix}`
          : `ni:///sha-256;${hash}`,
        "@type": areParts ? "File" : "CreativeWork",
        name: `${field} of ${stage}`,
        contentSize: `${bytes}`,
        encodingFormat: type ?? "application/octet-stream",
        sha256: digest,
      });
    }
  }
  return artifacts;
}
