/**
 * Compares the files of a site with its manifest, and with its signatures.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../../reports/site/manifest.ts";
import { envelopeIn, payloadSignedBy } from "./dsse.ts";
import type { PublicKey } from "./ed25519_keys.ts";
import { PAYLOAD_TYPE, subjectsOf } from "./statement.ts";

/** Name of the file with the signatures of a site, at its root. */
export const SIGNATURES = "site.intoto.jsonl";

/** Files that belong to a site and are not listed in its manifest. */
const OWN = [MANIFEST, SIGNATURES, ".written.json"];

/** The files of a site, compared with its manifest. */
export interface CheckedFiles {
  readonly manifest: SiteManifest;
  /** SHA-256 of each file that is there, by path, the manifest's included. */
  readonly found: ReadonlyMap<string, string>;
  /** Paths of files that are listed, and there with other bytes. */
  readonly changed: readonly string[];
  /** Paths of files that are listed, and not there. */
  readonly missing: readonly string[];
  /** Paths of files that are there, and not listed. */
  readonly added: readonly string[];
}

/**
 * Reads every file of a site.
 *
 * @param name of the site, for errors
 * @throws {Error} if the folder holds no site
 */
export async function checkFiles(
  folder: string,
  name: string,
): Promise<CheckedFiles> {
  const text = await Deno.readTextFile(join(folder, MANIFEST))
    .catch((cause) => {
      throw new Error(
        `Cannot read site "${name}": it has no ${MANIFEST}; deno task reproduce writes one`,
        { cause },
      );
    });
  const manifest = readManifest(text);
  const { files } = manifest;
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const found = new Map<string, string>();
  for (const entry of entries.filter((one) => !one.isDirectory())) {
    const path = join(entry.parentPath, entry.name);
    found.set(relative(folder, path), digestOf(await Deno.readFile(path)));
  }
  const listed = Object.keys(files);
  return {
    manifest,
    found,
    changed: listed.filter((path) =>
      found.has(path) && found.get(path) !== files[path]?.sha256
    ),
    missing: listed.filter((path) => !found.has(path)),
    added: [...found.keys()].sort().filter((path) =>
      !(path in files) && !OWN.includes(path)
    ),
  };
}

/** Which statements and files of a site are signed as they are. */
export interface CheckedSignatures {
  /** How many statements the key signed. */
  readonly valid: number;
  /** How many lines the key did not sign as they are. */
  readonly invalid: number;
  /** Files that no statement names with the bytes that they have. */
  readonly unsigned: readonly string[];
  /** Files that a statement names with other bytes than they have, or that are gone. */
  readonly differing: readonly string[];
}

/** Checks the signatures of a site against the files that are there. */
export function checkSignatures(
  bundle: string,
  { publicKey, site: { manifest, found } }: {
    readonly publicKey: PublicKey;
    readonly site: CheckedFiles;
  },
): CheckedSignatures {
  const lines = bundle.split("\n").filter((line) => line.trim() !== "");
  const payloads = lines.flatMap((line) => {
    const envelope = envelopeIn(line);
    return envelope?.payloadType === PAYLOAD_TYPE
      ? payloadSignedBy(publicKey, envelope) ?? []
      : [];
  });
  const signed = new Set<string>();
  const differing = new Set<string>();
  for (const { name, digest } of payloads.flatMap(subjectsOf)) {
    const isSame = found.get(name) === digest.sha256;
    (isSame ? signed : differing).add(name);
  }
  return {
    valid: payloads.length,
    invalid: lines.length - payloads.length,
    unsigned: [...Object.keys(manifest.files), MANIFEST]
      .filter((path) => !signed.has(path) && !differing.has(path)),
    differing: [...differing.difference(signed)].sort(),
  };
}
