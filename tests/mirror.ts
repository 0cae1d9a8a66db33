/** Copies of published tables, where there are any. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { mirrorPathOf, type Source } from "../engine/define/source.ts";
import { timmResults } from "../data/tables/timm_results.ts";

/** A folder laid out by host and path. */
export const MIRROR: string = Deno.env.get("SHIFTLINE_MIRROR") ||
  join(fileURLToPath(new URL("..", import.meta.url)), "../shared/mirror");

/** Where the folder keeps a copy. */
export function copyOf(source: Source): string {
  return join(MIRROR, mirrorPathOf(source));
}

const complete = Object.values(timmResults).every((table) =>
  existsSync(copyOf(table))
);

/** For `Deno.test`: skips a test that reads the tables where there are none. */
export const needsTables: { readonly ignore: boolean } = { ignore: !complete };

/** For the name of such a test. */
export const IF_TABLES = complete ? "" : " (skipped: no copies of the tables)";
