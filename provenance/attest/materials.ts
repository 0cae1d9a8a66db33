/**
 * What stages were made from, as in-toto names it: published files, packages
 * and code.
 *
 * @module
 */
import { join } from "node:path";
import { isModule } from "../../engine/keys/file_facts.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type { Source } from "../../engine/define/source.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import { readSyntax } from "../../engine/keys/syntax.ts";
import type { ResourceDescriptor } from "./statement.ts";

/** The materials of some stages, each once: published files, then packages, then code. */
export function materialsOf(
  records: readonly StageRecord[],
  { sources, root }: {
    /** The published files that the stages fetched. */
    readonly sources: readonly Source[];
    /** Folder of the project. */
    readonly root: string;
  },
): readonly ResourceDescriptor[] {
  const packages = records.flatMap(({ key }) => Object.entries(key.packages));
  const code = records.flatMap(({ key }) => Object.entries(key.code));
  return [
    sources.map(({ title, url, sha256 }) => ({
      name: title,
      uri: url,
      digest: { sha256 },
    })),
    packages.map(([name, version]) => ({ uri: packageUrl(name, version) })),
    code.map(([path, syntax]) => moduleAt(path, { syntax, root })),
  ].flatMap(distinct);
}

/** https://github.com/package-url/purl-spec; the digest that keys have of a package is no digest of one file. */
function packageUrl(name: string, version: string): string {
  // Deno writes the peers of a package behind its version.
  const [number = ""] = version.split(/[ _]/);
  return `pkg:npm/${name.replace(/^@/, "%40")}@${number}`;
}

const modules = new Map<string, ResourceDescriptor>();

/**
 * A module by its path. `syntaxSha256` is what keys are made of: the digest of
 * its syntax without types and comments. The digest of its bytes is given too
 * if the file still says the same.
 */
function moduleAt(
  path: string,
  { syntax, root }: { readonly syntax: string; readonly root: string },
): ResourceDescriptor {
  const file = join(root, path);
  return modules.getOrInsertComputed(`${file} ${syntax}`, () => ({
    name: path,
    digest: { ...bytesAt(file, syntax), syntaxSha256: syntax },
  }));
}

function bytesAt(
  file: string,
  syntax: string,
): { readonly sha256?: string } {
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
}

function distinct(
  all: readonly ResourceDescriptor[],
): readonly ResourceDescriptor[] {
  const byText = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...byText].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
}
