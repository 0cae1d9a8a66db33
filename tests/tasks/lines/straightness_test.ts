import assert from "node:assert/strict";
import { formatQuantity } from "../../../reports/value/quantity.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { overOtherForms } from "../../../stats/lines/other_forms.ts";
import { straightness } from "../../../stats/lines/straightness.ts";
import { checkStraightness } from "../../../tasks/lines/check_straightness.ts";
import { measureOtherForms } from "../../../tasks/lines/measure_other_forms.ts";
import { tabulateStraightness } from "../../../tasks/lines/tabulate_straightness.ts";
import { byNetwork } from "../../stats/difference_reference.ts";
import {
  labelPhoto,
  labelSizes,
  narrow,
  photo,
  sizes,
  values,
} from "../../stats/straightness_reference.ts";
import { close } from "../../stats/reference.ts";
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

Deno.test("measureOtherForms() says between what a gain lies, and that of a difference", async () => {
  const shared = { line, groups: sizes };
  const own = await runTask(measureOtherForms, {
    ...shared,
    points: byNetwork(photo),
  });
  const photoTerm = { sign: 1, networks: photo } as const;
  const { whole, lowest, highest, onScale } = overOtherForms([{
    ...shared,
    terms: [photoTerm],
  }]);
  assert.deepEqual(own, {
    whole,
    parabola: highest.value,
    logit: onScale.logit,
    linear: onScale.linear,
    low: lowest.value,
    high: highest.value,
    lowest: "without 40000",
    lowestInWords: "without 40000 images",
    highest: "parabola",
    highestInWords: "over a parabola through all sizes",
  });
  const difference = await runTask(measureOtherForms, {
    ...shared,
    points: byNetwork(photo),
    minus: { points: byNetwork(narrow) },
  });
  const both = overOtherForms([{
    ...shared,
    terms: [photoTerm, { sign: -1, networks: narrow }],
  }]);
  assert.equal(difference.low, both.lowest.value);
  assert.equal(difference.high, both.highest.value);
});

Deno.test("measureOtherForms() subtracts over a line of its own where there is one", async () => {
  const { whole, parabola, low, lowest, high } = await runTask(
    measureOtherForms,
    {
      line,
      groups: sizes,
      points: byNetwork(photo),
      minus: {
        line: fitLine(labelSizes.flatMap(({ points }) => points)),
        groups: labelSizes,
        points: byNetwork(labelPhoto),
      },
    },
  );
  const { contrast } = values;
  close(whole, contrast.whole);
  close(parabola ?? NaN, contrast.parabola);
  assert.equal(lowest, "without 20000");
  close(low, contrast.without["20000"] ?? NaN);
  assert.equal(high, parabola);
});

Deno.test("measureOtherForms() has no parabola where there are two sizes", async () => {
  const groups = sizes.slice(0, 2);
  const { parabola, low, high } = await runTask(measureOtherForms, {
    line: fitLine(groups.flatMap((group) => group.points)),
    groups,
    points: byNetwork(photo),
  });
  assert.equal(parabola, null);
  assert.ok(low < high);
});

Deno.test("tabulateStraightness() has a column for every cell, and none of what there is not", async () => {
  const measured = await runTask(measureOtherForms, {
    line,
    groups: sizes,
    points: byNetwork(photo),
  });
  const found = straightness(sizes, line);
  const row = { ...measured, cells: ["flip"], found };
  const { columns, rows } = await runTask(tabulateStraightness, {
    titles: ["shift"],
    rows: [row, {
      ...row,
      parabola: null,
      found: { ...found, lackOfFit: null, curvature: null },
    }],
  });
  const shown = rows.map((cells) =>
    cells.map((cell) =>
      cell === null || typeof cell === "string" ? cell : formatQuantity(cell)
    )
  );
  const gains = ["flip", "+3.10", "+2.15", "without 40000", "+3.84"];
  const axes = ["+3.06", "+3.24"];
  const tests = ["12.37", "0.0004", "28.73", "0.0001"];
  assert.deepEqual(shown, [
    [...gains, "parabola", "+3.84", ...axes, ...tests],
    [...gains, "parabola", null, ...axes, null, null, null, null],
  ]);
  assert.equal(columns.length, shown[0]?.length);
});
