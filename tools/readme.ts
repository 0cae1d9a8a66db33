/**
 * Writes what a site found into README.md. `deno task readme [SITE]` takes the
 * claims of that site (`site` by default), keeps them in docs/claims.json and
 * puts the answer and its table into README.md. With `--check` nothing is
 * written; README.md must be what docs/claims.json gives.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { claimsText, readClaims } from "../reports/claims_record.ts";
import { readmeClaims, withClaims } from "../reports/readme_claims.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Where README.md and its claims are. */
export interface ReadmeOptions {
  /** Folder of the project; the one of this file by default. */
  readonly root?: string;
  /** Folder of the site whose claims are taken; those of docs/claims.json if left out. */
  readonly site?: string | undefined;
}

/**
 * README.md and docs/claims.json as they should be.
 *
 * @throws {Error} if there is no site, it is of a smoke run, or README.md lacks its markers
 */
export async function readmeFiles(
  { root = ROOT, site }: ReadmeOptions,
): Promise<ReadonlyMap<string, string>> {
  const from = site === undefined
    ? join(root, "docs", "claims.json")
    : join(site, "claims.json");
  let text: string;
  try {
    text = await Deno.readTextFile(from);
  } catch (cause) {
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
  const readme = join(root, "README.md");
  return new Map([
    [
      readme,
      withClaims(await Deno.readTextFile(readme), readmeClaims(record)),
    ],
    [join(root, "docs", "claims.json"), claimsText(record)],
  ]);
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

if (import.meta.main) {
  const check = Deno.args.includes("--check");
  const [site = "site"] = Deno.args.filter((word) => !word.startsWith("--"));
  try {
    const files = await readmeFiles({ site: check ? undefined : site });
    if (check) await refuseStale(files);
    for (const path of await staleFiles(files)) {
      await Deno.writeTextFile(path, files.get(path) ?? "");
    }
  } catch (error) {
    await Deno.stderr.write(
      new TextEncoder().encode(
        `${error instanceof Error ? error.message : error}\n`,
      ),
    );
    Deno.exit(1);
  }
}
