import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sourceOf } from "../../../data/tables/published_table.ts";
import {
  timmResults,
  type TimmTableName,
  timmTestImages,
} from "../../../data/tables/timm_results.ts";
import { readTimmTable } from "../../../data/tables/timm_table.ts";
import { mirrorPathOf } from "../../../engine/define/source.ts";
import { copyOf, IF_TABLES, needsTables } from "../../mirror.ts";

const names = Object.keys(timmResults) as TimmTableName[];

Deno.test("timmResults names eight tables of one commit, each by address and digest", () => {
  assert.equal(names.length, 8);
  for (const table of Object.values(timmResults)) {
    const path = mirrorPathOf(sourceOf(table));
    assert.match(path, /^raw\.githubusercontent\.com\/.*\/results-.*\.csv$/);
    assert.ok(path.includes(table.commit));
  }
  assert.equal(
    new Set(Object.values(timmResults).map((one) => one.url)).size,
    8,
  );
});

for (const name of names) {
  Deno.test(
    `timmResults.${name} has the bytes that it is said to have${IF_TABLES}`,
    needsTables,
    async () => {
      const table = timmResults[name];
      const bytes = await Deno.readFile(copyOf(table));
      assert.equal(bytes.length, table.bytes);
      assert.equal(
        createHash("sha256").update(bytes).digest("hex"),
        table.sha256,
      );
    },
  );

  Deno.test(
    `timmTestImages.${name} is what nearly all accuracies are whole numbers of${IF_TABLES}`,
    needsTables,
    async () => {
      const { title } = timmResults[name];
      const bytes = await Deno.readFile(copyOf(timmResults[name]));
      const rows = readTimmTable({ title, bytes });
      // Per cents are printed with three decimals.
      const share = (images: number) =>
        rows.filter(({ accuracy }) => {
          const nearest = Math.round(accuracy * images) / images;
          return Math.abs(nearest - accuracy) < 0.5001e-5;
        }).length / rows.length;
      const images = timmTestImages[name];
      assert.ok(share(images) > 0.94, `${share(images)}`);
      assert.ok(share(images) > share(images - 1) + 0.05);
      assert.ok(share(images) > share(images + 1) + 0.05);
    },
  );
}
