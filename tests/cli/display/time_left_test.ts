import assert from "node:assert/strict";
import { timeLeft } from "../../../cli/display/time_left.ts";

const SECONDS: Readonly<Record<string, number>> = {
  load: 2,
  train: 60,
  "train again": 40,
  conclude: 10,
};

/** A run of four stages, two at once; its clock is set by hand. */
function following(seconds = SECONDS) {
  let now = 0;
  let asked = 0;
  const left = timeLeft(() => {
    asked++;
    return {
      stages: Object.keys(SECONDS),
      secondsOf: (stage) => seconds[stage],
      jobs: 2,
    };
  }, () => now * 1000);
  const pipeline = "toy-line";
  return {
    left: left.left,
    asked: () => asked,
    at: (second: number) => void (now = second),
    cached: (stage: string) =>
      left.follow({ kind: "stage-cached", pipeline, stage }),
    start: (stage: string) =>
      left.follow({ kind: "stage-started", pipeline, stage, causes: [] }),
    finish: (stage: string) =>
      left.follow({
        kind: "stage-finished",
        pipeline,
        stage,
        seconds: 1,
        bytes: 1,
        unchanged: false,
      }),
  };
}

Deno.test("timeLeft() shares what is left among the stages that run at once", () => {
  const t = following();
  t.cached("load");
  t.start("train");
  t.start("train again");
  assert.equal(t.left(), 60); // (60 + 40 + 10) / 2 is less than one takes
  t.at(30);
  assert.equal(t.left(), 30);
  t.finish("train again");
  t.at(55);
  assert.equal(t.left(), 10); // not (5 + 10) / 2
  t.finish("conclude");
  t.at(90); // it takes longer than it did
  assert.equal(t.left(), 0);
});

Deno.test("timeLeft() tells nothing where a stage that is left has never run", () => {
  const { train: _, ...others } = SECONDS;
  const unknown = following(others);
  unknown.start("load");
  assert.equal(unknown.left(), undefined);
  unknown.finish("train");
  assert.notEqual(unknown.left(), undefined);
});

Deno.test("timeLeft() looks at no record as long as nothing runs", () => {
  const t = following();
  t.cached("load");
  assert.deepEqual([t.left(), t.asked()], [undefined, 0]);
  t.start("train");
  t.start("train again");
  assert.equal(t.asked(), 1);
});
