/**
 * Checks the files of a site against its manifest, and its signatures.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { checkFiles, SIGNATURES } from "../../provenance/attest/check_site.ts";
import { readPublicKey } from "../../provenance/attest/ed25519_keys.ts";
import { type Line, writeJson, writeLines } from "../display/line.ts";
import { subjectsSigned } from "../../provenance/attest/signed_statement.ts";
import { MANIFEST } from "../../reports/site/manifest.ts";
import { whenText } from "../../reports/value/wording.ts";
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
  const { manifest, found, ...site } = checkFiles(folder, name);
  const { run, files } = manifest;
  const size = Object.keys(files).length;
  const paths = [...Object.keys(files), MANIFEST];
  const problems: Record<string, readonly string[]> = Object.fromEntries(
    site.problems,
  );
  const isPublished = [...site.problems.values()].every(({ length }) =>
    length === 0
  );
  let isUnsigned = false; // by this key, all of it
  const notes: string[] = [];
  if (publicKey !== undefined && found.has(SIGNATURES)) {
    const bundle = await Deno.readTextFile(join(folder, SIGNATURES));
    const lines = bundle.split("\n").filter((line) => line.trim() !== "");
    const statements = lines.map((line) => subjectsSigned(line, publicKey))
      .filter((subjects) => subjects !== undefined);
    const signed = Map.groupBy(statements.flat(), ({ name }) => name);
    problems["unsigned"] = paths.filter((path) => !signed.has(path));
    // A file may be in several statements: one of its bytes is enough.
    problems["not as signed"] = [...signed].filter(([name, subjects]) =>
      subjects.every(({ digest }) => digest.sha256 !== found.get(name))
    ).map(([name]) => name).sort();
    isUnsigned = statements.length === 0;
    const invalid = lines.length - statements.length;
    if (invalid > 0) {
      const number = count(invalid, "statement");
      problems["not signed by this key"] = [`${number} in ${SIGNATURES}`];
    }
    const valid = count(statements.length, "statement");
    notes.push(`${valid} signed by key ${publicKey.id}`);
  } else if (publicKey !== undefined) {
    problems["unsigned"] = paths;
    isUnsigned = true;
    notes.push(
      `None of it is signed: it has no ${SIGNATURES}; deno task sign creates one`,
    );
  } else if (found.has(SIGNATURES)) {
    notes.push(
      `What is in ${SIGNATURES} was not checked: give the public key with --key`,
    );
  }
  const isGood = Object.values(problems).every(({ length }) => length === 0);
  if (json) {
    const result = { site: name, run, files: size, isGood, notes, problems };
    writeJson(result, shell.stdout);
    return isGood ? 0 : 1;
  }
  const at = `${whenText(run.started)} on, at profile ${run.profile}`;
  writeLines([
    [{ text: `${name}: ${count(size, "file")} of results from ${at}` }],
    ...Object.entries(problems).flatMap(([word, paths]) =>
      // Where that is true of all, the last line says it.
      word === "unsigned" && isUnsigned ? [] : paths.map((path): Line => [
        { text: `  ${word}  `, style: "red" },
        { text: path },
      ])
    ),
    ...notes.map((text): Line => [{ text }]),
    isGood
      ? [{ text: "Every file is as published", style: "green" }]
      : isUnsigned && isPublished
      ? [{
        text: "It is not signed by this key; every file is as published",
        style: "red",
      }]
      : [{ text: "This is not as published", style: "red" }],
  ], shell.stdout);
  return isGood ? 0 : 1;
}
