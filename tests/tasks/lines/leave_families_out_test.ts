import assert from "node:assert/strict";
import { mean } from "../../../stats/intervals/mean.ts";
import { leaveFamiliesOut } from "../../../tasks/lines/leave_families_out.ts";
import { readCounts } from "../../../tasks/lines/read_counts.ts";
import { close } from "../../stats/reference.ts";
import { runTask } from "../run_task.ts";

const { families } = await runTask(readCounts, { shifted: "v6" });
const args = { shift: "v6", families, apart: "VGG", level: 0.95 };

Deno.test("leaveFamiliesOut() gives a bar for each family and a row for each network, in their order", async () => {
  const { estimates, rows, columns, ofFamilies, ...found } = await runTask(
    leaveFamiliesOut,
    args,
  );
  assert.deepEqual(
    estimates.map(({ group }) => group),
    families.map(({ name }) => name),
  );
  assert.deepEqual(
    rows.map(([model, family]) => [model, family]),
    families.flatMap(({ name, points }) =>
      points.map(({ model }) => [model, name])
    ),
  );
  assert.ok(rows.every(({ length }) => length === columns.length));
  const place = families.findIndex(({ name }) => name === "VGG");
  const { value, low, high } = found;
  assert.deepEqual(ofFamilies[place], { low, high });
  assert.equal(estimates[place]?.mean?.mean, value);
  const own = families[place]?.points.length ?? 0;
  const all = families.flatMap(({ points }) => points).length;
  assert.deepEqual(found.shares.map(({ n, name }) => [n, name]), [
    [own, "models of the family"],
    [all - own, "other models"],
    [2000, undefined],
  ]);
  // What more of one source would bring is reckoned from these: they add up to the interval.
  const squares = found.shares.reduce(
    (sum, { standardError }) => sum + standardError ** 2,
    0,
  );
  close(1.959964 * Math.sqrt(squares), (high - low) / 2, 1e-3);
});

Deno.test("leaveFamiliesOut() says of each network what its two intervals hold", async () => {
  const { rows, ofModels, ofLine } = await runTask(leaveFamiliesOut, args);
  const held = ({ low, high }: { low: number; high: number }) =>
    low <= 0 && high >= 0 ? "yes" : "no";
  assert.deepEqual(rows.map((row) => row.at(-2)), ofModels.map(held));
  assert.deepEqual(rows.map((row) => row.at(-1)), ofLine.map(held));
});

Deno.test("leaveFamiliesOut() tells the noise of the test images as a standard error", async () => {
  const { noise } = await runTask(leaveFamiliesOut, args);
  const variances = families.flatMap(({ points }) =>
    points.map(({ shifted }) => shifted * (1 - shifted) / 2000)
  );
  // The noise of the reference accuracies adds to that of the shifted ones.
  const ratio = noise / Math.sqrt(mean(variances));
  assert.ok(ratio > 1 && ratio < 1.5, `${ratio}`);
});

Deno.test("leaveFamiliesOut() refuses a family that is not there", async () => {
  await assert.rejects(
    () => runTask(leaveFamiliesOut, { ...args, apart: "ViT" }),
    {
      message:
        /^Cannot look at family "ViT": there are "random features", "cuda-convnet", /,
    },
  );
});
