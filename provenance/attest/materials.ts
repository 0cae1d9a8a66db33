/**
 * What stages were made from, as in-toto names it: published files, packages
 * and code.
 *
 * @module
 */
import { join } from "node:path";
import { type ReadFacts, readFacts } from "../../engine/keys/file_facts.ts";
import type { LineageStage } from "../../engine/history/lineage.ts";

/** A stage behind a file, and the digest of each module of its code. */
export interface StageBehind extends LineageStage {
  readonly code: Readonly<Record<string, string>>;
}

/** What was read of the code, by path: many stages have the same. */
const known = new Map<string, Promise<ReadFacts | undefined>>();

/** The materials of some stages, each once: published files, then packages, then code. */
export async function materialsOf(
  stages: readonly StageBehind[],
  /** Folder of the project. */
  root: string,
): Promise<readonly object[]> {
  const sources = stages.flatMap(({ source }) => source ?? []);
  const packages = stages.flatMap(({ packages }) => Object.entries(packages));
  const code = distinct(stages.flatMap(({ code }) => Object.entries(code)));
  const modules = code.map(async ([name, syntaxSha256]) => {
    const path = join(root, name);
    const read = await known.getOrInsertComputed(
      path,
      () => readFacts(path).catch(() => undefined), // nothing is stated of it
    );
    // Keys have the digest of the syntax, without types and comments; that of
    // the bytes is known if they still say the same.
    const isSame = read?.facts.digest === syntaxSha256;
    const sha256 = isSame ? read.bytes : undefined;
    return { name, digest: { sha256, syntaxSha256 } };
  });
  return [
    // in-toto's names of digests, too, are sha256 and gitBlob.
    ...distinct(sources.map(({ title: name, url: uri, sha256, gitBlob }) => ({
      name,
      uri,
      digest: sha256 === undefined ? { gitBlob } : { sha256 },
    }))),
    ...distinct(packages.map(([name, version]) => ({
      uri: packageUrl(name, version),
    }))),
    ...await Promise.all(modules),
  ];
}

/** https://github.com/package-url/purl-spec; the digest that keys have of a package is no digest of one file. */
function packageUrl(name: string, version: string): string {
  // Deno writes the peers of a package behind its version.
  const [number = ""] = version.split(/[ _]/);
  return `pkg:npm/${name.replace(/^@/, "%40")}@${number}`;
}

function distinct<T>(all: readonly T[]): readonly T[] {
  const byText = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...byText].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
}
