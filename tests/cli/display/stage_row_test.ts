import assert from "node:assert/strict";
import fc from "../../property.ts";
import { paint, widthOf } from "../../../cli/display/line.ts";
import {
  advance,
  type RunningStage,
} from "../../../cli/display/running_stage.ts";
import { overallRow, stageRows } from "../../../cli/display/stage_row.ts";

/** A training of 12 epochs of 10 steps, a step a second, after `steps` steps. */
function training(name: string, steps: number) {
  let stage: RunningStage = { name, started: 0 };
  for (let done = 0; done <= steps; done++) {
    const progress = {
      unit: "step",
      done,
      total: 120,
      epoch: Math.floor(done / 10) + 1,
      epochs: 12,
      loss: 1.23456,
      images: 812,
    };
    stage = advance(stage, { at: done * 1000, progress });
  }
  return stage;
}

const plain = { colour: false };

Deno.test("stageRows() shows bar, epoch, loss, speed, time since the start and time left", () => {
  const [row = []] = stageRows([training("train/own", 60)], {
    now: 60_000,
    columns: 100,
  });
  assert.equal(
    paint(row, plain),
    "  train/own  ████████░░░░░░░░  epoch 7/12  loss 1.23  812 images/s  1 m 00 s  1 m 00 s left",
  );
});

Deno.test("stageRows() shows a stage without progress by its time alone", () => {
  const [row = []] = stageRows([{ name: "load", started: 0 }], {
    now: 3_400,
    columns: 100,
  });
  assert.equal(paint(row, plain), "  load  ················      3 s");
});

Deno.test("stageRows() aligns the rows of several stages", () => {
  const rows = stageRows([training("a", 5), training("longer", 100)], {
    now: 100_000,
    columns: 120,
  }).map((row) => paint(row, plain));
  const starts = rows.map((row) => row.indexOf("loss"));
  assert.equal(new Set(starts).size, 1);
});

Deno.test("stageRows() gives up the bar before the time left, and that before the epoch", () => {
  const at = (columns: number) =>
    paint(
      stageRows([training("train/own", 60)], { now: 60_000, columns })[0] ?? [],
      plain,
    );
  assert.match(at(70), /█.*epoch 7\/12.* left$/);
  assert.match(
    at(50),
    /^ {2}train\/own {2}epoch 7\/12 {2}1 m 00 s {2}1 m 00 s left$/,
  );
  assert.match(at(36), /^ {2}train\/own {2}epoch 7\/12 {2}1 m 00 s$/);
});

Deno.test("stageRows() cuts a long name before it gives up epoch and time left", () => {
  const name = "train/tint-0.5-scratch-101 of spurious-tint";
  const [row = []] = stageRows([training(name, 60)], {
    now: 60_000,
    columns: 64,
  });
  assert.equal(
    paint(row, plain),
    "  train/tint-0.5-scratch-1…  epoch 7/12  1 m 00 s  1 m 00 s left",
  );
});

Deno.test("overallRow() leaves out on a narrow terminal what was cached, then the time since the start, not failures and what is left", () => {
  const overall = {
    pipelines: 14,
    ended: 3,
    done: 804,
    cached: 778,
    failed: 8,
    total: 1193,
    waiting: 0,
    seconds: 12,
  };
  const at = (columns: number) =>
    paint(overallRow(overall, { columns }), plain);
  assert.equal(
    at(79),
    "  3 of 14 pipelines, 804 of 1193 stages done (778 cached), 8 failed, 12 s",
  );
  assert.equal(
    at(64),
    "  3 of 14 pipelines, 804 of 1193 stages done, 8 failed, 12 s",
  );
  const left = overallRow({ ...overall, failed: 0, left: 185 }, {
    columns: 79,
  });
  assert.equal(
    paint(left, plain),
    "  3 of 14 pipelines, 804 of 1193 stages done, 12 s, about 3 min left",
  );
  const least = overallRow({ ...overall, failed: 0, left: 185 }, {
    columns: 64,
  });
  assert.equal(
    paint(least, plain),
    "  3 of 14 pipelines, 804 of 1193 stages done, about 3 min left",
  );
});

Deno.test("stageRows() fits every terminal that has room for name and time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 24, max: 200 }),
      fc.integer({ min: 0, max: 120 }),
      (columns, steps) => {
        const rows = stageRows([training("train/own", steps)], {
          now: steps * 1000,
          columns,
        });
        assert(rows.every((row) => widthOf(row) <= columns));
      },
    ),
  );
});
