/**
 * Checks the files of a site against its manifest, and its signatures.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { checkFiles, SIGNATURES } from "../../provenance/attest/check_site.ts";
import { readPublicKey } from "../../provenance/attest/ed25519_keys.ts";
import { type Line, printableJson, writeLines } from "../display/line.ts";
import { subjectsSigned } from "../../provenance/attest/signed_statement.ts";
import { MANIFEST } from "../../reports/site/manifest.ts";
import { count } from "../display/quantities.ts";
import type { Shell } from "../shell/shell.ts";
import { textOfKey } from "../named/places.ts";

/** @returns the exit code: 1 if any file is not what was published or signed */
export async function verifySite(
  name: string,
  { key, json, shell }: {
    readonly key: string | undefined;
    readonly json: boolean;
    readonly shell: Shell;
  },
): Promise<number> {
  const folder = resolve(shell.folder, name);
  const publicKey = key === undefined
    ? undefined
    : readPublicKey(await textOfKey(key, shell), key);
  const { manifest, found, ...site } = await checkFiles(folder, name);
  const { run, files } = manifest;
  const listed = Object.keys(files);
  const isSigned = found.has(SIGNATURES);
  const problems: Record<string, readonly string[]> = { ...site.problems };
  const notes: string[] = [];
  if (publicKey !== undefined) {
    const bundle = isSigned
      ? await Deno.readTextFile(join(folder, SIGNATURES))
      : "";
    const lines = bundle.split("\n").filter((line) => line.trim() !== "");
    const statements = lines.map((line) => subjectsSigned(line, publicKey))
      .filter((subjects) => subjects !== undefined);
    const subjects = statements.flat();
    const named = new Set(subjects.map(({ name }) => name));
    // A file may be in several statements: one of its bytes is enough.
    const differing = new Set(named);
    for (const { name, digest } of subjects) {
      if (found.get(name) === digest.sha256) differing.delete(name);
    }
    problems["unsigned"] = [...listed, MANIFEST]
      .filter((path) => !named.has(path));
    if (isSigned) problems["not as signed"] = [...differing].sort();
    const valid = count(statements.length, "statement");
    const invalid = lines.length - statements.length;
    if (invalid > 0) {
      problems["not signed by this key"] = [
        `${count(invalid, "statement")} in ${SIGNATURES}`,
      ];
    }
    notes.push(
      isSigned
        ? `${valid} signed by key ${publicKey.id}`
        : `It has no ${SIGNATURES}; deno task sign writes one`,
    );
  } else if (isSigned) {
    notes.push(
      "It is signed, and signatures were not checked: name the public key with --key",
    );
  }
  const all = Object.entries(problems).flatMap(([word, paths]) =>
    paths.map((path): Line => [
      { text: `  ${word}  `, style: "red" },
      { text: path },
    ])
  );
  const isGood = all.length === 0;
  const size = listed.length;
  if (json) {
    const result = { site: name, run, files: size, isGood, notes, problems };
    shell.stdout.write(`${printableJson(JSON.stringify(result, null, 2))}\n`);
  } else {
    const day = run.started.slice(0, 16).replace("T", " ");
    const text = `${name}: ${
      count(size, "file")
    } of the run of ${day} UTC at profile ${run.profile}`;
    const end: Line = isGood
      ? [{ text: "Every file is what was published", style: "green" }]
      : [{ text: "This is not what was published", style: "red" }];
    const noted = notes.map((text): Line => [{ text }]);
    writeLines([[{ text }], ...all, ...noted, end], shell.stdout);
  }
  return isGood ? 0 : 1;
}
