/**
 * What stages were made from, as in-toto names it: published files, packages
 * and code.
 *
 * @module
 */
import { join } from "node:path";
import { isModule } from "../../engine/keys/file_facts.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type { LineageStage } from "../../engine/history/lineage.ts";
import { readSyntax } from "../../engine/keys/syntax.ts";

/** A stage behind a file, and the digest of each module of its code. */
export interface StageBehind extends LineageStage {
  readonly code: Readonly<Record<string, string>>;
}

/** The materials of some stages, each once: published files, then packages, then code. */
export function materialsOf(
  stages: readonly StageBehind[],
  /** Folder of the project. */
  root: string,
): readonly object[] {
  const sources = stages.flatMap(({ source }) => source ?? []);
  const packages = stages.flatMap(({ packages }) => Object.entries(packages));
  const code = stages.flatMap(({ code }) => Object.entries(code));
  return [
    sources.map(({ title: name, url: uri, sha256 }) => ({
      name,
      uri,
      digest: { sha256 },
    })),
    packages.map(([name, version]) => ({ uri: packageUrl(name, version) })),
    // Keys have the digest of the syntax of a module, without types and comments.
    code.map(([name, syntaxSha256]) => ({
      name,
      digest: { ...bytesAt(join(root, name), syntaxSha256), syntaxSha256 },
    })),
  ].flatMap(distinct);
}

/** https://github.com/package-url/purl-spec; the digest that keys have of a package is no digest of one file. */
function packageUrl(name: string, version: string): string {
  // Deno writes the peers of a package behind its version.
  const [number = ""] = version.split(/[ _]/);
  return `pkg:npm/${name.replace(/^@/, "%40")}@${number}`;
}

const known = new Map<string, { readonly sha256?: string }>();

/** The digest of the bytes of a file, if it still says the same. */
function bytesAt(file: string, syntax: string): { readonly sha256?: string } {
  return known.getOrInsertComputed(`${file} ${syntax}`, () => {
    try {
      const bytes = Deno.readFileSync(file);
      const sha256 = digestOf(bytes);
      const now = isModule(file)
        ? readSyntax(new TextDecoder().decode(bytes)).digest
        : sha256;
      return now === syntax ? { sha256 } : {};
    } catch {
      return {}; // it is gone
    }
  });
}

function distinct(all: readonly object[]): readonly object[] {
  const byText = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...byText].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
}
