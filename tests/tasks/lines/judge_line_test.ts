import assert from "node:assert/strict";
import { fitLine } from "../../../stats/lines/regression.ts";
import { judgeLine } from "../../../tasks/lines/judge_line.ts";
import { runTask } from "../run_task.ts";

function pointsOf(shifted: readonly number[]) {
  return shifted.map((shifted, i) => ({
    model: `${i}`,
    reference: 0.5 + i / 20,
    shifted,
  }));
}

Deno.test("judgeLine() says in words whether there is a line", async () => {
  const judge = async (shifted: readonly number[]) =>
    (await runTask(judgeLine, {
      line: fitLine(pointsOf(shifted)),
      level: 0.95,
      leastR2: 0.5,
      runs: pointsOf(shifted).map((point) => [point]),
    })).words;
  assert.equal(await judge([0.3, 0.36, 0.41, 0.48, 0.52]), "a line");
  assert.equal(await judge([0.3, 0.2, 0.4, 0.1, 0.3]), "no line");
});
