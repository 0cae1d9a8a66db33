/**
 * Writes what a site found into README.md. `deno task readme [SITE]` takes the
 * claims of that site (`site` by default), keeps them in docs/claims.json and
 * puts the answer and its table into README.md; the table of what helps against
 * a bias it keeps in docs/what_helps.json. With `--check` nothing is
 * written; README.md must be what docs/claims.json gives.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "../cli/arguments/value_kinds.ts";
import type { Asked, Words } from "../cli/arguments/words.ts";
import type { ProfileName } from "../engine/define/pipeline.ts";
import { pipelines } from "../pipelines/registry.ts";
import {
  type ClaimsRecord,
  claimsText,
  readClaims,
} from "../reports/site/claims_record.ts";
import { helpsOn, helpsText } from "../reports/site/helps_record.ts";
import { readmeClaims, withClaims } from "../reports/site/readme_claims.ts";
import { runTool } from "./run_tool.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** What `deno task readme` may be told. */
export const words = {
  site: {
    positional: true,
    value: text("SITE"),
    default: "site",
    help: "Folder of the site whose claims are taken (default: site).",
  },
  check: {
    help:
      "Writes nothing; fails if README.md is not what docs/claims.json gives.",
  },
} as const satisfies Words;

/** Where README.md and its claims are. */
export interface ReadmeOptions {
  /** Folder of the project; the one of this file by default. */
  readonly root?: string;
  /** Folder of the site whose claims are taken; those of docs/claims.json if left out. */
  readonly site?: string | undefined;
  /** Names of the pipelines that a whole site shows; all there are by default. */
  readonly pipelines?: readonly string[];
}

/**
 * README.md, docs/claims.json and, of a site, docs/what_helps.json as they
 * should be.
 *
 * @throws {Error} if there is no site, it is of a smoke run or not whole, or README.md lacks its markers
 */
export async function readmeFiles(
  { root = ROOT, site, pipelines: all = namesAt("default") }: ReadmeOptions,
): Promise<ReadonlyMap<string, string>> {
  const from = site === undefined
    ? join(root, "docs", "claims.json")
    : join(site, "claims.json");
  let text: string;
  try {
    text = await Deno.readTextFile(from);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new Error(
        `Cannot read "${from}": "deno task readme" may read this project alone; copy the site into it`,
        { cause },
      );
    }
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(
      `Cannot write README.md: there is no "${from}"; run "deno task reproduce" first, or name the folder of a site`,
      { cause },
    );
  }
  const record = readClaims(text);
  if (record.run.profile === "smoke") {
    throw new Error(
      `Cannot write README.md: "${from}" is of a smoke run, which means nothing; take a site of another profile`,
    );
  }
  if (site !== undefined) refuseIncomplete(record, { from, all });
  const readme = join(root, "README.md");
  return new Map([
    ...site === undefined ? [] : await helpsFile({ root, site }, record),
    [
      readme,
      withClaims(await Deno.readTextFile(readme), readmeClaims(record)),
    ],
    [join(root, "docs", "claims.json"), claimsText(record)],
  ]);
}

/** docs/what_helps.json, if the site has that table. */
async function helpsFile(
  { root, site }: Readonly<Record<"root" | "site", string>>,
  { run }: ClaimsRecord,
): Promise<readonly (readonly [string, string])[]> {
  const page = await Deno.readTextFile(join(site, "interventions", "index.md"))
    .catch(() => "");
  const record = helpsOn(page, run);
  return record === undefined
    ? []
    : [[join(root, "docs", "what_helps.json"), helpsText(record)]];
}

function namesAt(profile: ProfileName): readonly string[] {
  return pipelines.filter((one) => one.profiles.includes(profile))
    .map(({ name }) => name);
}

/**
 * Refuses the claims of a site that lacks an experiment, a result of one, or
 * shows one as it was before.
 *
 * @throws {Error} naming which
 */
function refuseIncomplete(
  { run, reports }: ClaimsRecord,
  { from, all }: { readonly from: string; readonly all: readonly string[] },
): void {
  const shown = reports.map(({ id }) => id);
  const lacking = all.filter((name) => !shown.includes(name));
  const notMade = reports.filter(({ claims }) =>
    // Published files that cannot be reached are no fault of the run, and counted.
    claims.some(({ verdict, here }) =>
      verdict === "not reproduced" && here[0] !== "source unavailable"
    )
  ).map(({ id }) => id);
  const earlier = Object.keys(run.earlier ?? {});
  const state = lacking.length > 0
    ? `lacks ${lacking.join(", ")}`
    : notMade.length > 0
    ? `has claims that could not be reproduced, of ${notMade.join(", ")}`
    : earlier.length > 0
    ? `shows ${earlier.join(", ")} as of an earlier run`
    : undefined;
  if (state === undefined) return;
  throw new Error(
    `Cannot write README.md: "${from}" ${state}; take a site of a whole run of "deno task reproduce"`,
  );
}

/** The files among these that are not as they should be. */
export async function staleFiles(
  files: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [path, text] of files) {
    const found = await Deno.readTextFile(path).catch(() => "");
    if (found !== text) stale.push(path);
  }
  return stale;
}

/**
 * Refuses files that are not as they should be.
 *
 * @throws {Error} naming them
 */
export async function refuseStale(
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const stale = await staleFiles(files);
  if (stale.length === 0) return;
  throw new Error(
    `Cannot take ${
      stale.map((path) => `"${path}"`).join(" and ")
    } as it is: it is not what docs/claims.json gives; run "deno task readme"`,
  );
}

async function write({ check, site }: Asked<typeof words>): Promise<void> {
  const files = await readmeFiles({ site: check ? undefined : site });
  if (check) await refuseStale(files);
  for (const path of await staleFiles(files)) {
    await Deno.writeTextFile(path, files.get(path) ?? "");
  }
}

if (import.meta.main) {
  const summary = "Writes the claims of a site into README.md.";
  Deno.exit(
    await runTool({ name: "readme", summary, words, work: write }, Deno.args),
  );
}
