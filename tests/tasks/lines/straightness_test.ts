import assert from "node:assert/strict";
import { formatQuantity } from "../../../reports/value/quantity.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import {
  straightness,
  withoutGroups,
} from "../../../stats/lines/straightness.ts";
import { checkStraightness } from "../../../tasks/lines/check_straightness.ts";
import { leaveSizesOut } from "../../../tasks/lines/leave_sizes_out.ts";
import { tabulateStraightness } from "../../../tasks/lines/tabulate_straightness.ts";
import { byNetwork } from "../../stats/difference_reference.ts";
import { narrow, photo, sizes } from "../../stats/straightness_reference.ts";
import { runTask } from "../run_task.ts";

const all = sizes.flatMap(({ name, points }) =>
  points.map((point) => ({ name, point }))
);
const line = fitLine(all.map(({ point }) => point));
const points = all.map(({ point }) => [point]);
const names = all.map(({ name }) => name);

Deno.test("checkStraightness() groups networks by size, and tells their heights from the least accurate on", async () => {
  const { groups, found, heights } = await runTask(checkStraightness, {
    line,
    points,
    sizes: names,
  });
  assert.deepEqual(groups, sizes);
  assert.deepEqual(found, straightness(sizes, line));
  assert.equal(
    heights,
    "2000 images (3 networks) −0.63, 5000 (3) +0.23, 10000 (3) +0.62, 20000 (6) +0.46, 40000 (3) −1.10",
  );
});

Deno.test("checkStraightness() refuses networks of unknown size", async () => {
  await assert.rejects(
    async () =>
      await runTask(checkStraightness, { line, points, sizes: ["2000"] }),
    { message: "Cannot group 18 networks by size: there are 1 sizes" },
  );
});

Deno.test("leaveSizesOut() says between what a gain lies, and that of a difference", async () => {
  const shared = { line, groups: sizes };
  const own = await runTask(leaveSizesOut, {
    ...shared,
    points: byNetwork(photo),
  });
  const photoTerm = { sign: 1, networks: photo } as const;
  const { whole, lowest, highest } = withoutGroups(sizes, {
    line,
    terms: [photoTerm],
  });
  assert.deepEqual(own, {
    whole,
    low: lowest.value,
    high: highest.value,
    lowest: "40000",
    highest: "20000",
  });
  const difference = await runTask(leaveSizesOut, {
    ...shared,
    points: byNetwork(photo),
    minus: byNetwork(narrow),
  });
  assert.equal(
    difference.low,
    withoutGroups(sizes, {
      line,
      terms: [photoTerm, { sign: -1, networks: narrow }],
    }).lowest.value,
  );
});

Deno.test("tabulateStraightness() has a column for every cell, and none of a test that there is not", async () => {
  const measured = await runTask(leaveSizesOut, {
    line,
    groups: sizes,
    points: byNetwork(photo),
  });
  const found = straightness(sizes, line);
  const row = { ...measured, cells: ["flip"], found };
  const { columns, rows } = await runTask(tabulateStraightness, {
    titles: ["shift"],
    rows: [row, { ...row, found: { ...found, lackOfFit: null } }],
  });
  const shown = rows.map((cells) =>
    cells.map((cell) =>
      cell === null || typeof cell === "string" ? cell : formatQuantity(cell)
    )
  );
  const gains = ["flip", "+3.10", "+2.15", "40000", "+3.61", "20000"];
  assert.deepEqual(shown, [
    [...gains, "12.37", "0.0004"],
    [...gains, null, null],
  ]);
  assert.equal(columns.length, gains.length + 2);
});
