/**
 * Checks the files of a site against its manifest, and its signatures.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { MANIFEST } from "../reports/manifest.ts";
import { checkFiles, SIGNATURES } from "./attest/check_files.ts";
import { checkSignatures } from "./attest/check_signatures.ts";
import { readPublicKey } from "./attest/ed25519_keys.ts";
import { type Line, paint, printable } from "./display/line.ts";
import { count } from "./display/quantities.ts";
import type { Verify } from "./grammar/verify.ts";
import type { Shell } from "./shell.ts";
import { textOfFile } from "./text_of_file.ts";

/** @returns the exit code: 1 if any file is not what was published or signed */
export async function verifySite(
  site: string,
  { command, shell }: { readonly command: Verify; readonly shell: Shell },
): Promise<number> {
  const folder = resolve(shell.folder, site);
  const key = command.key === undefined ? undefined : await readPublicKey(
    await textOfFile(resolve(shell.folder, command.key), {
      what: `key "${command.key}"`,
    }),
    command.key,
  );
  const { manifest, found, changed, missing, added } = await checkFiles(
    folder,
    site,
  );
  const problems: [word: string, paths: readonly string[]][] = [
    ["changed", changed],
    ["missing", missing],
    ["added", added],
  ];
  const notes: string[] = [];
  const listed = Object.keys(manifest.files);
  const bundle = found.has(SIGNATURES)
    ? await Deno.readTextFile(join(folder, SIGNATURES))
    : undefined;
  if (key !== undefined && bundle === undefined) {
    problems.push(["unsigned", [...listed, MANIFEST]]);
    notes.push(`It has no ${SIGNATURES}; deno task sign writes one`);
  } else if (key !== undefined && bundle !== undefined) {
    const { valid, invalid, unsigned, differing } = await checkSignatures(
      bundle,
      { key, found, paths: [...listed, MANIFEST] },
    );
    problems.push(["unsigned", unsigned]);
    problems.push(["not as signed", differing]);
    if (invalid > 0) {
      problems.push([
        "not signed by this key",
        [`${count(invalid, "statement")} in ${SIGNATURES}`],
      ]);
    }
    notes.push(`${count(valid, "statement")} signed by key ${key.id}`);
  } else if (bundle !== undefined) {
    notes.push(
      "It is signed, and signatures were not checked: name the public key with --key",
    );
  }
  const isGood = problems.every(([, paths]) => paths.length === 0);
  if (command.json) {
    const { run } = manifest;
    const result = {
      ...{ site, run, files: listed.length, isGood, notes },
      problems: Object.fromEntries(problems),
    };
    shell.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return isGood ? 0 : 1;
  }
  const { profile, started } = manifest.run;
  const lines: readonly Line[] = [
    [{
      text: `${site}: ${count(listed.length, "file")} of the run of ${
        started.slice(0, 16).replace("T", " ")
      } UTC at profile ${profile}`,
    }],
    ...problems.flatMap(([word, paths]) =>
      paths.map((path): Line => [
        { text: `  ${word}  `, style: "red" },
        { text: path },
      ])
    ),
    ...notes.map((note): Line => [{ text: note }]),
    [{
      text: isGood
        ? "Every file is what was published"
        : "This is not what was published",
      style: isGood ? "green" : "red",
    }],
  ];
  for (const line of lines) {
    const safe = line.map((part) => ({ ...part, text: printable(part.text) }));
    shell.stdout.write(`${paint(safe, shell.stdout)}\n`);
  }
  return isGood ? 0 : 1;
}
