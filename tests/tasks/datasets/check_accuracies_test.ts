import assert from "node:assert/strict";
import type { OfEachTable } from "../../../data/tables/timm_results.ts";
import { usedRows } from "../../../data/tables/used_rows.ts";
import { ofEachTable } from "../../../data/tables/timm_results.ts";
import { checkAccuracies } from "../../../tasks/datasets/check_accuracies.ts";
import { changed, rowsOf, smallTables } from "../../timm_tables.ts";
import { runTask } from "../run_task.ts";

const all = rowsOf(smallTables());
const copy = ofEachTable((name) => usedRows(all[name]));
const check = (tables: OfEachTable<Uint8Array>) =>
  runTask(checkAccuracies, { copy, tables });

Deno.test("checkAccuracies() counts accuracies that agree with their tables, whatever else is in these", async () => {
  assert.equal(await check(smallTables()), 8 * 4);
  const other = changed("v2", (text) => `${text}\nnew.x_in1k,224,12.000`);
  assert.equal(await check(other), 8 * 4);
});

const LAST =
  'in table "timm: ImageNet-Sketch"; write it anew with "deno task accuracies"';

for (
  const [what, change, states] of [
    [
      "a cell that differs",
      (text: string) => text.replace("92.250", "92.251"),
      `resnet18.in22k_ft_in1k at 224 pixels has 92.250 in it, and 92.251 ${LAST}`,
    ],
    [
      "a cell that is printed otherwise",
      (text: string) => text.replace("92.250", "92.25"),
      `resnet18.in22k_ft_in1k at 224 pixels has 92.250 in it, and 92.25 ${LAST}`,
    ],
    [
      "a row that the table lacks",
      (text: string) => text.replace(/convit_tiny.*\n/, ""),
      `convit_tiny.fb_in1k at 224 pixels has 93.250 in it, and no row ${LAST}`,
    ],
    [
      "a row that the copy lacks",
      (text: string) => `${text}\nnew.openai_ft_in1k,336,89.100`,
      `new.openai_ft_in1k at 336 pixels has no row in it, and 89.100 ${LAST}`,
    ],
  ] as const
) {
  Deno.test(`checkAccuracies() fails for ${what}, and names model, table and both values`, async () => {
    await assert.rejects(check(changed("sketch", change)), {
      message: `Cannot confirm data/tables/timm_accuracies.csv: ${states}`,
    });
  });
}

Deno.test("checkAccuracies() says of how many accuracies more it is so", async () => {
  const change = (text: string) => text.replaceAll(".250", ".350");
  await assert.rejects(check(changed("real", change)), {
    message:
      'Cannot confirm data/tables/timm_accuracies.csv: eva_giant_patch14_336.clip_ft_in1k at 336 pixels has 90.250 in it, and 90.350 in table "timm: ImageNet with ReaL labels" (and 3 more); write it anew with "deno task accuracies"',
  });
});
