/**
 * Checks the files of a site against its manifest, and its signatures.
 *
 * @module
 */
import { join, resolve } from "node:path";
import {
  checkFiles,
  checkSignatures,
  SIGNATURES,
} from "../../provenance/attest/check_site.ts";
import { readPublicKey } from "../../provenance/attest/ed25519_keys.ts";
import { type Line, printableJson, writeLines } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import type { Shell } from "../shell/shell.ts";
import { textOfFile } from "../named/places.ts";

/** @returns the exit code: 1 if any file is not what was published or signed */
export async function verifySite(
  name: string,
  { command, shell }: {
    readonly command: {
      readonly key: string | undefined;
      readonly json: boolean;
    };
    readonly shell: Shell;
  },
): Promise<number> {
  const { stdout } = shell;
  const folder = resolve(shell.folder, name);
  const publicKey = command.key === undefined ? undefined : readPublicKey(
    await textOfFile(resolve(shell.folder, command.key), {
      what: `key "${command.key}"`,
    }),
    command.key,
  );
  const site = await checkFiles(folder, name);
  const { manifest: { run, files }, changed, missing, added } = site;
  const isSigned = site.found.has(SIGNATURES);
  const problems: Record<string, readonly string[]> = {
    changed,
    missing,
    added,
  };
  const notes: string[] = [];
  if (publicKey !== undefined) {
    const { valid, invalid, unsigned, differing } = checkSignatures(
      isSigned ? await Deno.readTextFile(join(folder, SIGNATURES)) : "",
      { publicKey, site },
    );
    problems["unsigned"] = unsigned;
    if (isSigned) problems["not as signed"] = differing;
    if (invalid > 0) {
      problems["not signed by this key"] = [
        `${count(invalid, "statement")} in ${SIGNATURES}`,
      ];
    }
    notes.push(
      isSigned
        ? `${count(valid, "statement")} signed by key ${publicKey.id}`
        : `It has no ${SIGNATURES}; deno task sign writes one`,
    );
  } else if (isSigned) {
    notes.push(
      "It is signed, and signatures were not checked: name the public key with --key",
    );
  }
  const all = Object.entries(problems).flatMap(([word, paths]) =>
    paths.map((path) => [word, path] as const)
  );
  const isGood = all.length === 0;
  const numberOfFiles = Object.keys(files).length;
  if (command.json) {
    const result = {
      site: name,
      run,
      files: numberOfFiles,
      isGood,
      notes,
      problems,
    };
    stdout.write(`${printableJson(JSON.stringify(result, null, 2))}\n`);
    return isGood ? 0 : 1;
  }
  const day = run.started.slice(0, 16).replace("T", " ");
  const size = count(numberOfFiles, "file");
  const end = isGood
    ? "Every file is what was published"
    : "This is not what was published";
  const lines: readonly Line[] = [
    [{
      text:
        `${name}: ${size} of the run of ${day} UTC at profile ${run.profile}`,
    }],
    ...all.map(([word, path]): Line => [
      { text: `  ${word}  `, style: "red" },
      { text: path },
    ]),
    ...notes.map((text): Line => [{ text }]),
    [{ text: end, style: isGood ? "green" : "red" }],
  ];
  writeLines(lines, stdout);
  return isGood ? 0 : 1;
}
