import type { Digest } from "../../engine/hash.ts";
import type { Entity } from "./entity.ts";

const FORMATS: Readonly<
  Record<string, readonly [suffix: string, type: string]>
> = {
  json: ["json", "application/json"],
  safetensors: ["safetensors", "application/vnd.safetensors"],
};

/** An artifact of the store, and where it lies in the crate if it does. */
export interface CrateArtifact {
  readonly entity: Entity;
  readonly digest: Digest;
  /** Path in the crate. */
  readonly path: string | undefined;
}

/**
 * An artifact as a file of the crate, or, where it is not part of it, by its
 * digest alone (RFC 6920).
 */
export function artifactEntity(
  { digest, bytes, name, format }: {
    readonly digest: Digest;
    readonly bytes: number;
    /** What it is, e.g. `final of train/scratch-0`. */
    readonly name: string;
    /** Name of its codec. */
    readonly format: string;
  },
  { isPart }: { readonly isPart: boolean },
): CrateArtifact {
  const [suffix, type] = FORMATS[format] ?? ["bin", "application/octet-stream"];
  const path = `artifacts/${digest}.${suffix}`;
  const facts = {
    name,
    contentSize: `${bytes}`,
    encodingFormat: type,
    sha256: digest,
  };
  if (isPart) {
    return { digest, path, entity: { "@id": path, "@type": "File", ...facts } };
  }
  const hash = Uint8Array.fromHex(digest).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  return {
    digest,
    path: undefined,
    entity: {
      "@id": `ni:///sha-256;${hash}`,
      "@type": "CreativeWork",
      ...facts,
    },
  };
}
