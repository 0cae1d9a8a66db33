import assert from "node:assert/strict";
import {
  imagenetBaselines,
  imagenetPretrained,
} from "../../../data/tables/imagenet_models.ts";
import {
  readTimmAccuracies,
  TIMM_ACCURACIES,
  timmAccuracies,
} from "../../../data/tables/timm_accuracies.ts";
import { usedRows } from "../../../data/tables/used_rows.ts";

const ROOT = new URL("../../../", import.meta.url);

Deno.test("timmAccuracies() gives the file of that path, which is small and plain text", async () => {
  const bytes = await timmAccuracies();
  assert.deepEqual(bytes, await Deno.readFile(new URL(TIMM_ACCURACIES, ROOT)));
  assert.ok(bytes.length < 200_000);
  assert.match(new TextDecoder().decode(bytes), /^[\n\x20-\x7e]+$/);
});

for (
  const [name, rows] of Object.entries(
    readTimmAccuracies(await timmAccuracies()),
  )
) {
  Deno.test(`readTimmAccuracies() finds what is used, and nothing else, of table ${name}`, () => {
    assert.equal(rows.length, 408);
    assert.deepEqual(usedRows(rows), rows);
    const models = new Set(rows.map(({ model }) => model));
    assert.equal(models.size, 344);
    for (const model of [...imagenetBaselines, ...imagenetPretrained]) {
      assert.ok(models.has(model), model);
    }
    for (const { accuracy, printed, imageSize } of rows) {
      assert.match(printed, /^\d+\.\d{3}$/);
      assert.ok(accuracy >= 0 && accuracy < 1);
      assert.ok(imageSize >= 128 && imageSize <= 1024);
    }
  });
}

Deno.test("readTimmAccuracies() names the line of the file that is wrong, its head included", () => {
  const text = "# head\n#\nmodel,img_size,imagenet\na,224,much\n";
  assert.throws(() => readTimmAccuracies(new TextEncoder().encode(text)), {
    message:
      `Cannot read table "${TIMM_ACCURACIES}": line 4, column "imagenet" holds "much", not a number from 0 to 100`,
  });
});
