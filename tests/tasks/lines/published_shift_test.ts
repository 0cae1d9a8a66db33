import assert from "node:assert/strict";
import { readTimmTable } from "../../../data/tables/timm_table.ts";
import { measureGroups } from "../../../tasks/lines/measure_groups.ts";
import { measureMaximum } from "../../../tasks/lines/measure_maximum.ts";
import { measureSensitivity } from "../../../tasks/lines/measure_sensitivity.ts";
import {
  readShift,
  type ReadShiftArgs,
} from "../../../tasks/lines/read_shift.ts";
import { tabulateShift } from "../../../tasks/lines/tabulate_shift.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { runTask } from "../run_task.ts";

/** A table of another date: few columns, in another order, other networks. */
function table(title: string, rows: readonly string[]) {
  const text = ["top1,model,img_size", ...rows].join("\r\n");
  const bytes = new TextEncoder().encode(text);
  return { title, rows: readTimmTable({ title, bytes }), images: 10_000 };
}

const args: ReadShiftArgs = {
  reference: table("ImageNet", [
    "70.0,a.x_in1k,224",
    "72.0,a.x_in1k,288",
    "75.5,b.x_in1k,224",
    "80.0,c.dist_in1k,384",
    "83.0,d.x_in1k,224",
    "82.0,p.openai_ft_in1k,224",
    "85.0,q.in22k_ft_in1k,384",
    "78.0,r.webli_ft_in1k,224",
    "50.0,elsewhere.x_in1k,224",
  ]),
  shifted: table("Sketch", [
    "30.0,a.x_in1k,224",
    "31.0,a.x_in1k,288",
    "34.0,b.x_in1k,224",
    "40.0,c.dist_in1k,384",
    "43.0,d.x_in1k,224",
    "55.0,p.openai_ft_in1k,224",
    "50.0,q.in22k_ft_in1k,384",
    "45.0,r.webli_ft_in1k,224",
  ]),
  rule: "training",
  baselines: ["d.x_in1k", "a.x_in1k", "gone.x_in1k", "b.x_in1k", "c.dist_in1k"],
  pretrained: ["q.in22k_ft_in1k", "p.openai_ft_in1k", "lost.ig1b_ft_in1k"],
};

Deno.test("readShift() takes the listed networks at one size, and says which are missing", async () => {
  const { baselines, pretrained, coverage } = await runTask(readShift, args);
  assert.deepEqual(
    baselines.map(({ model, reference, shifted }) => [
      model,
      reference,
      shifted,
    ]),
    [
      ["d.x_in1k", 0.83, 0.43],
      ["a.x_in1k", 0.7, 0.3],
      ["b.x_in1k", 0.755, 0.34],
      ["c.dist_in1k", 0.8, 0.4],
    ],
  );
  assert.deepEqual(pretrained.map(({ data }) => data), [
    "IN-22k",
    "CLIP-OpenAI",
  ]);
  assert.deepEqual(pretrained[1]?.points, [{
    model: "p.openai_ft_in1k",
    reference: 0.82,
    shifted: 0.55,
    referenceSize: 10_000,
    shiftedSize: 10_000,
  }]);
  assert.equal(
    coverage,
    "2 of the 8 models of the paper’s lists have no row in both tables and are left out: gone.x_in1k, lost.ig1b_ft_in1k.",
  );
});

Deno.test("readShift() takes the largest size by the test rule", async () => {
  const { baselines } = await runTask(readShift, { ...args, rule: "test" });
  assert.deepEqual(
    baselines.map(({ reference }) => reference),
    [0.83, 0.72, 0.755, 0.8],
  );
});

Deno.test("readShift() gives the networks beyond the lists, few of one kind together", async () => {
  const { all, further } = await runTask(readShift, args);
  assert.equal(all.flatMap(({ points }) => points).length, 3);
  assert.deepEqual(
    further.map(({ data, points }) => [data, points.map((one) => one.model)]),
    [["others", ["r.webli_ft_in1k"]]],
  );
});

Deno.test("readShift() needs three baselines and a pre-trained network", async () => {
  await assert.rejects(
    runTask(readShift, { ...args, baselines: args.baselines.slice(0, 3) }),
    {
      message:
        'Cannot compare "ImageNet" with "Sketch": 2 of 3 baselines have a row in both tables, and a line needs 3',
    },
  );
  await assert.rejects(
    runTask(readShift, { ...args, pretrained: ["lost.ig1b_ft_in1k"] }),
    {
      message:
        'Cannot compare "ImageNet" with "Sketch": none of 1 pre-trained networks has a row in both tables',
    },
  );
});

Deno.test("readShift() says so when nothing is missing", async () => {
  const { coverage } = await runTask(readShift, {
    ...args,
    baselines: ["a.x_in1k", "b.x_in1k", "d.x_in1k"],
    pretrained: ["p.openai_ft_in1k"],
  });
  assert.equal(
    coverage,
    "All 4 models of the paper’s lists have a row in both tables.",
  );
});

async function measured() {
  const { baselines, pretrained } = await runTask(readShift, args);
  const line = fitLine(baselines);
  const options = { line, level: 0.95 };
  return {
    line,
    groups: await runTask(measureGroups, { ...options, groups: pretrained }),
  };
}

Deno.test("measureGroups() measures each kind and all together", async () => {
  const { groups } = await measured();
  assert.deepEqual(groups.groups.map(({ name, mean }) => [name, mean.n]), [
    ["IN-22k", 1],
    ["CLIP-OpenAI", 1],
  ]);
  const [first, second] = groups.groups.map(({ mean }) => mean.mean);
  assert.equal(groups.value, ((first ?? NaN) + (second ?? NaN)) / 2);
  assert.equal(groups.max, Math.max(first ?? NaN, second ?? NaN));
  assert.equal(groups.min, Math.min(first ?? NaN, second ?? NaN));
  const points = (value = NaN) => `\\+${(100 * value).toFixed(2)}`;
  // Student's t of one degree of freedom: 12.706.
  const reach = 12.7062047 * Math.abs((first ?? NaN) - (second ?? NaN)) / 2;
  assert.match(
    groups.byKind,
    RegExp(
      `^they share 2 kinds of pre-training data, .* from ${
        points(Math.min(first ?? NaN, second ?? NaN))
      } to ${points(groups.max)} points; .* is ${
        points(groups.value)
      } \\(.* to ${points(groups.value + reach)}\\)$`,
    ),
  );
  assert.equal(groups.maxModel, "p.openai_ft_in1k");
  assert.equal(groups.above, 2);
  assert.ok(
    groups.authorsHalfWidth < groups.overall.averagedColumns.halfWidth,
  );
});

Deno.test("measureMaximum() gives the same numbers for the same seed", async () => {
  const { line, groups } = await measured();
  const once = (seed: number) =>
    runTask(measureMaximum, {
      line,
      level: 0.95,
      resamples: 50,
      seed,
      points: groups.points,
    });
  const [first, again, other] = [await once(1), await once(1), await once(2)];
  assert.deepEqual(first, again);
  assert.notEqual(first.bias, other.bias);
  assert.equal(first.value, other.value);
  assert.equal(first.value, groups.max);
});

Deno.test("measureSensitivity() spans its rows", async () => {
  const { rows, ...ends } = await runTask(measureSensitivity, {
    ...args,
    resamples: 20,
    seed: 1,
    level: 0.95,
  });
  assert.deepEqual(rows.map(({ name, baselines }) => [name, baselines]), [
    ["as reported", 4],
    ["logit scale", 4],
    ["linear scale", 4],
    ["rows at test resolution", 4],
    ["baselines without a teacher or masked pre-training", 3],
    ["baselines of at most 256 pixels", 3],
    ["leaving one baseline out, 4 times", 3],
    ["bootstrap of the baselines, 20 times", 4],
  ]);
  assert.deepEqual(ends, {
    meanLow: Math.min(...rows.map(({ mean }) => mean[0])),
    meanHigh: Math.max(...rows.map(({ mean }) => mean[1])),
    maxLow: Math.min(...rows.map(({ max }) => max[0])),
    maxHigh: Math.max(...rows.map(({ max }) => max[1])),
  });
});

Deno.test("tabulateShift() writes points without the word, and ranges of families", async () => {
  const { line, groups } = await measured();
  const { maximum } = await runTask(measureMaximum, {
    line,
    level: 0.95,
    resamples: 10,
    seed: 1,
    points: groups.points,
  });
  const tables = await runTask(tabulateShift, {
    title: "Sketch",
    line,
    level: 0.95,
    maximum,
    top: 1,
    pretrained: groups,
    all: groups,
    sensitivity: [
      {
        name: "family",
        baselines: 4,
        mean: [-0.01, 0.02],
        max: [0.1, 0.1],
        maxModels: ["a", "b"],
      },
    ],
  });
  assert.deepEqual(tables.sensitivity, [[
    "family",
    { value: 4, unit: "count" },
    "−1.00\u00a0to\u00a0+2.00",
    "+10.00",
    "a; also b",
  ]]);
  assert.equal(tables.top.length, 1);
  assert.equal(tables.top[0]?.[0], "p.openai_ft_in1k");
  assert.equal(tables.summary[0], "Sketch");
  assert.equal(tables.summary[3], "2 of 2");
  assert.equal(tables.noise[3], "1 of 2");
  assert.deepEqual(
    tables.data.map(([set, data]) => [set, data]),
    [
      ["the paper’s", "any"],
      ["the paper’s", "IN-22k"],
      ["the paper’s", "CLIP-OpenAI"],
      ["all", "any"],
      ["all", "IN-22k"],
      ["all", "CLIP-OpenAI"],
    ],
  );
});
