/**
 * Writes data/tables/timm_accuracies.csv: of the tables that timm publishes,
 * from a mirror folder or the network, the rows and columns that are used here.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceOf } from "../data/tables/published_table.ts";
import { TIMM_ACCURACIES } from "../data/tables/timm_accuracies.ts";
import {
  type OfEachTable,
  ofEachTable,
  timmResults,
} from "../data/tables/timm_results.ts";
import { readTimmTable, type TimmRow } from "../data/tables/timm_table.ts";
import { usedRows } from "../data/tables/used_rows.ts";
import { sourceFetcher } from "../engine/run/fetch_source.ts";
import { runTool } from "./run_tool.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The head of the file: what it is, and of each column which table it is from. */
export function accuraciesHead(): string {
  const columns = ofEachTable((name) => {
    const { title, url, commit, date, sha256, licence, licenceUrl } =
      timmResults[name];
    return [
      `column ${name}: ${title}`,
      `  URL      ${url}`,
      `  commit   ${commit} (${date})`,
      `  SHA-256  ${sha256}`,
      `  licence  ${licence}, ${licenceUrl}`,
    ];
  });
  return [
    "Accuracies of networks on the test sets of ImageNet, in per cent as timm's tables print them (top1).",
    'Written by "deno task accuracies"; imagenet-published compares them with the tables where it can have these.',
    ...Object.values(columns).flat(),
  ].map((line) => `# ${line}\n`).join("");
}

/**
 * The file: its head, and a row for each network and resolution in the order of
 * the table of ImageNet.
 *
 * @throws {Error} if a table lacks such a row
 */
export function accuraciesText(
  tables: OfEachTable<readonly TimmRow[]>,
): string {
  const keyOf = ({ model, imageSize }: TimmRow) => `${model},${imageSize}`;
  const printed = Object.entries(tables).map(([name, rows]) => ({
    name,
    cells: new Map(rows.map((row) => [keyOf(row), row.printed])),
  }));
  const lines = usedRows(tables.imagenet).map((row) => {
    const key = keyOf(row);
    const cells = printed.map(({ name, cells }) => {
      const cell = cells.get(key);
      if (cell !== undefined) return cell;
      throw new Error(
        `Cannot write ${TIMM_ACCURACIES}: table ${name} has no row "${key}"`,
      );
    });
    return [key, ...cells].join(",");
  });
  const columns = ["model", "img_size", ...Object.keys(tables)].join(",");
  return `${accuraciesHead()}${[columns, ...lines].join("\n")}\n`;
}

async function write(): Promise<void> {
  // The task may read the folder that the variable names, and no other.
  const mirror = Deno.env.get("SHIFTLINE_MIRROR") || undefined;
  const fetch = sourceFetcher({ mirror });
  const { signal } = new AbortController();
  const tables = new Map<string, readonly TimmRow[]>();
  for (const [name, table] of Object.entries(timmResults)) {
    const bytes = await fetch(sourceOf(table), signal);
    tables.set(name, readTimmTable({ title: table.title, bytes }));
  }
  await Deno.writeTextFile(
    join(ROOT, TIMM_ACCURACIES),
    accuraciesText(ofEachTable((name) => tables.get(name) ?? [])),
  );
}

if (import.meta.main) {
  const summary =
    `Writes ${TIMM_ACCURACIES}: what imagenet-published uses of timm's tables, from the folder that SHIFTLINE_MIRROR names or the network.`;
  Deno.exit(
    await runTool(
      { name: "accuracies", summary, words: {}, work: write },
      Deno.args,
    ),
  );
}
