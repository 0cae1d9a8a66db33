import assert from "node:assert/strict";
import { ofEachTable } from "../../../data/tables/timm_results.ts";
import { disagreements, usedRows } from "../../../data/tables/used_rows.ts";
import { changed, rowsOf, smallTables } from "../../timm_tables.ts";

const tables = rowsOf(smallTables());

Deno.test("usedRows() takes the paper's networks and those whose tag names other data, at every size", () => {
  assert.deepEqual(
    usedRows(tables.v2).map(({ model, imageSize }) => [model, imageSize]),
    [
      ["eva_giant_patch14_336.clip_ft_in1k", 336],
      ["resnet18.in22k_ft_in1k", 288],
      ["resnet18.in22k_ft_in1k", 224],
      ["convit_tiny.fb_in1k", 224],
    ],
  );
});

Deno.test("disagreements() finds none between the used rows of tables and these, in whatever order", () => {
  const copy = ofEachTable((name) => usedRows(tables[name]).toReversed());
  assert.deepEqual(disagreements({ copy, tables }), []);
});

Deno.test("disagreements() lists every accuracy that differs", () => {
  const copy = ofEachTable((name) => usedRows(tables[name]));
  const other = changed("real", (text) => text.replace(/9[13]\.250/g, "50"));
  assert.deepEqual(disagreements({ copy, tables: rowsOf(other) }), [
    'resnet18.in22k_ft_in1k at 288 pixels has 91.250 in it, and 50 in table "timm: ImageNet with ReaL labels"',
    'convit_tiny.fb_in1k at 224 pixels has 93.250 in it, and 50 in table "timm: ImageNet with ReaL labels"',
  ]);
});
