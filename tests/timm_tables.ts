/** Small tables like timm's, and what is kept of them. */
import { type OfEachTable, ofEachTable } from "../data/tables/timm_results.ts";
import { readTimmTable } from "../data/tables/timm_table.ts";

/** Three networks that are used, one at two sizes, and one that is not. */
const ROWS = [
  ["eva_giant_patch14_336.clip_ft_in1k", 336],
  ["resnet18.in22k_ft_in1k", 288],
  ["resnet18.in22k_ft_in1k", 224],
  ["convit_tiny.fb_in1k", 224],
  ["elsewhere.x_in1k", 224],
] as const;

/** The bytes of a table for each test set, all of them alike. */
export function smallTables(): OfEachTable<Uint8Array> {
  const lines = ROWS.map(([model, size], i) => `${model},${size},9${i}.250`);
  const text = ["model,img_size,top1", ...lines].join("\n");
  return ofEachTable(() => new TextEncoder().encode(text));
}

/** The rows of tables. */
export function rowsOf(
  tables: OfEachTable<Uint8Array>,
): OfEachTable<ReturnType<typeof readTimmTable>> {
  return ofEachTable((title) => readTimmTable({ title, bytes: tables[title] }));
}

/** The tables after a change of the text of one of them. */
export function changed(
  name: keyof OfEachTable<Uint8Array>,
  change: (text: string) => string,
): OfEachTable<Uint8Array> {
  const tables = smallTables();
  const text = change(new TextDecoder().decode(tables[name]));
  return { ...tables, [name]: new TextEncoder().encode(text) };
}
