/**
 * What stages were made from, as in-toto names it: published files, packages
 * and code.
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isModule } from "../../engine/file_facts.ts";
import { digestOf } from "../../engine/hash.ts";
import type { LineageStage } from "../../engine/lineage.ts";
import type { StageRecord } from "../../engine/store.ts";
import { readSyntax } from "../../engine/syntax.ts";
import type { ResourceDescriptor } from "./statement.ts";

/** The materials of some stages, each once, in order of name. */
export function materialsOf(
  stages: readonly LineageStage[],
  { records, root, commit, edited = [] }: {
    /** What the stages made. */
    readonly records: readonly StageRecord[];
    /** Folder of the project. */
    readonly root: string;
    readonly commit: string | null;
    /** Paths of files that differed from it. */
    readonly edited?: readonly string[] | undefined;
  },
): readonly ResourceDescriptor[] {
  const sources = stages.flatMap(({ source }): ResourceDescriptor[] =>
    source === undefined ? [] : [{
      name: source.title,
      uri: source.url,
      digest: { sha256: source.sha256 },
    }]
  );
  const packages = records.flatMap(({ key }) =>
    Object.entries(key.packages).map(([name, version]): ResourceDescriptor => ({
      uri: packageUrl(name, version),
    }))
  );
  const code = records.flatMap(({ key }) =>
    Object.entries(key.code).map(([path, syntax]) =>
      codeAt(path, { syntax, root })
    )
  );
  const source: ResourceDescriptor[] = commit === null ? [] : [{
    name: "commit",
    digest: { gitCommit: commit },
    ...edited.length === 0 ? {} : { annotations: { edited } },
  }];
  return [
    ...source,
    ...distinct(sources),
    ...distinct(packages),
    ...distinct(code),
  ];
}

/** https://github.com/package-url/purl-spec; the digest that keys have of a package is no digest of one file. */
function packageUrl(name: string, version: string): string {
  // Deno writes the peers of a package behind its version.
  const [number = ""] = version.split(/[ _]/);
  return `pkg:npm/${name.replace(/^@/, "%40")}@${number}`;
}

const files = new Map<string, ResourceDescriptor>();

/**
 * A module by its path. `syntaxSha256` is what keys are made of: the digest of
 * its syntax without types and comments. The digest of its bytes is given too
 * if the file still says the same.
 */
function codeAt(
  path: string,
  { syntax, root }: { readonly syntax: string; readonly root: string },
): ResourceDescriptor {
  const url = pathToFileURL(join(root, path));
  const id = `${url.href} ${syntax}`;
  let found = files.get(id);
  if (found === undefined) {
    found = {
      name: path,
      digest: { ...bytesAt(url, syntax), syntaxSha256: syntax },
    };
    files.set(id, found);
  }
  return found;
}

function bytesAt(url: URL, syntax: string): Readonly<Record<string, string>> {
  try {
    const bytes = Deno.readFileSync(url);
    const sha256 = digestOf(bytes);
    const now = isModule(url.pathname)
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
