import assert from "node:assert/strict";
import {
  readTimmAccuracies,
  timmAccuracies,
} from "../../data/tables/timm_accuracies.ts";
import { ofEachTable, timmResults } from "../../data/tables/timm_results.ts";
import { usedRows } from "../../data/tables/used_rows.ts";
import { accuraciesHead, accuraciesText } from "../../tools/accuracies.ts";
import { changed, rowsOf } from "../timm_tables.ts";

Deno.test("accuraciesHead() is the head of the file in the tree, with address, commit, digest and licence of each table", async () => {
  const file = new TextDecoder().decode(await timmAccuracies());
  const head = file.split("\n").filter((line) => line.startsWith("#"));
  assert.equal(`${head.join("\n")}\n`, accuraciesHead());
  assert.ok(file.startsWith(accuraciesHead()));
  for (const table of Object.values(timmResults)) {
    for (
      const key of [
        "title",
        "url",
        "commit",
        "sha256",
        "licence",
        "licenceUrl",
      ] as const
    ) {
      assert.ok(accuraciesHead().includes(table[key]), key);
    }
  }
});

Deno.test("accuraciesText() writes what readTimmAccuracies() reads: the used rows of each table, as printed", () => {
  const tables = rowsOf(
    changed("sketch", (text) => text.replace("92.250", "1.5")),
  );
  const bytes = new TextEncoder().encode(accuraciesText(tables));
  assert.deepEqual(
    readTimmAccuracies(bytes),
    ofEachTable((name) => usedRows(tables[name])),
  );
});

Deno.test("accuraciesText() refuses a table that lacks a row", () => {
  const tables = changed("real", (text) => text.replace(/convit_tiny.*\n/, ""));
  assert.throws(() => accuraciesText(rowsOf(tables)), {
    message:
      'Cannot write data/tables/timm_accuracies.csv: table real has no row "convit_tiny.fb_in1k,224"',
  });
});
