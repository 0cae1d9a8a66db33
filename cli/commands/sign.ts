/**
 * `sign`: states of every figure and page of a site what it was made from, and
 * signs that.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { pathBelow } from "../../engine/define/path_below.ts";
import { MANIFEST, readManifest, sizeOf } from "../../reports/site/manifest.ts";
import { folderOfRun } from "../../reports/runs/published_run.ts";
import { checkFiles, SIGNATURES } from "../../provenance/attest/check_site.ts";
import { readSigningKey } from "../../provenance/attest/ed25519_keys.ts";
import { siteStatements } from "../../provenance/attest/site_statements.ts";
import { realPathOf } from "../../publishing/published_folder.ts";
import { profileNamed, STORE } from "../arguments/options.ts";
import { writeTexts } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { madePipelines } from "../../provenance/lineage/made_pipeline.ts";
import { pathFrom, textOfKey } from "../named/places.ts";
import { projectToRead } from "../named/projects.ts";
import { writeWhole } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { place } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `sign`, and the words beside them. */
export const words = {
  site: {
    positional: true,
    value: place("SITE", { access: ["read", "write"] }),
    needed: "Cannot sign a site: no folder given; name that of a site",
    help: "Folder of the site.",
  },
  key: {
    value: place("FILE", { access: ["read"] }),
    needed: true,
    help:
      "Private Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519 -out key.pem` makes it.",
  },
  store: STORE,
} as const satisfies Words;

/** @returns the exit code */
export async function run(
  { site, key, store }: Asked<typeof words>,
  shell: Shell,
): Promise<number> {
  const folder = resolve(shell.folder, site);
  const inSite = pathBelow(
    realPathOf(folder),
    realPathOf(resolve(shell.folder, key)),
  );
  if (inSite !== undefined) {
    throw new Error(
      `Cannot sign with key "${key}": it lies in the site and would be published with it`,
    );
  }
  const signingKey = readSigningKey(await textOfKey(key, shell), key);
  const { manifest, found, problems } = checkFiles(folder, site);
  const [wrong, ...others] = [...problems]
    .flatMap(([word, paths]) => word === "added" ? [] : paths);
  if (wrong !== undefined) {
    const rest = others.length === 0
      ? " is"
      : ` and ${count(others.length, "more file")} are`;
    throw new Error(
      `Cannot sign site "${site}": ${wrong}${rest} not as ${MANIFEST} says; write the site again, with deno task reproduce or publish`,
    );
  }
  const { pipelines } = await shell.registry();
  const project = await projectToRead(shell, { store });
  const lines: string[] = [];
  let lacking = 0;
  for (const prefix of ["", ...manifest.runs.map(folderOfRun)]) {
    const text = await Deno.readTextFile(join(folder, prefix, MANIFEST))
      .catch(() => "");
    if (sizeOf(text).sha256 !== found.get(`${prefix}${MANIFEST}`)) {
      throw new Error(
        `Cannot sign site "${site}": it was written anew meanwhile; sign it again`,
      );
    }
    const own = readManifest(text);
    lacking += own.stages.filter(({ key }) =>
      project.store.record(key) === undefined
    ).length;
    const stages = Map.groupBy(own.stages, ({ pipeline }) => pipeline);
    const statements = await siteStatements(own, {
      pipelines: madePipelines(pipelines, {
        project,
        profile: profileNamed(own.run.profile),
        keysOf(name) {
          const found = stages.get(name);
          return found &&
            ((stage) => found.find((one) => one.stage === stage)?.key);
        },
      }),
      prefix,
      found,
      root: shell.root,
      version: shell.version,
      signingKey,
    });
    for (const line of statements) lines.push(`${line}\n`);
  }
  const path = join(folder, SIGNATURES);
  const bytes = new TextEncoder().encode(lines.join(""));
  await writeWhole(path, (put) => put(bytes));
  if (lacking > 0) {
    const stages = count(lacking, "stage");
    writeTexts([
      `Not in this store: ${stages}, of which the statements do not say what they were made from`,
    ], shell.stderr);
  }
  const statements = count(lines.length, "statement");
  const place = pathFrom(shell.folder, path);
  writeTexts([
    `Signed ${statements} with key ${signingKey.id}: ${place}`,
  ], shell.stdout);
  return 0;
}
