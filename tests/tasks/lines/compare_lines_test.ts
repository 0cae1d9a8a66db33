import assert from "node:assert/strict";
import { lineDisagreement } from "../../../stats/lines/line_disagreement.ts";
import { compareLines } from "../../../tasks/lines/compare_lines.ts";
import {
  byNetwork,
  checkpoints,
  otherwiseScattered,
  photo,
  scattered,
  sizes,
} from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("compareLines() says in words whether two lines disagree", async () => {
  const shared = { points: byNetwork(photo), level };
  const result = await runTask(compareLines, {
    first: checkpoints,
    second: sizes,
    ...shared,
  });
  const expected = lineDisagreement([checkpoints, sizes], {
    points: photo,
    level,
  });
  assert.deepEqual(result.disagreement, expected);
  assert.equal(result.value, expected.mean.difference);
  assert.equal(result.words, "agree within their intervals");
  const lowered = { ...checkpoints, intercept: checkpoints.intercept - 1 };
  const far = await runTask(compareLines, {
    first: lowered,
    second: sizes,
    ...shared,
  });
  assert.equal(far.words, "disagree everywhere");
});

Deno.test("compareLines() has the runs as units where both lines have several", async () => {
  const { line: first } = scattered;
  const { line: second } = otherwiseScattered;
  const runs = { first: scattered.runs, second: otherwiseScattered.runs };
  const shared = { first, second, points: byNetwork(photo), level };
  const { disagreement } = await runTask(compareLines, { ...shared, runs });
  assert.deepEqual(
    disagreement,
    lineDisagreement([first, second], {
      points: photo,
      level,
      runs: [runs.first, runs.second],
    }),
  );
  for (const name of ["first", "second"] as const) {
    const alone = await runTask(compareLines, {
      ...shared,
      runs: { ...runs, [name]: [runs[name].flat()] },
    });
    assert.deepEqual(
      alone.disagreement,
      lineDisagreement([first, second], { points: photo, level }),
    );
  }
});
