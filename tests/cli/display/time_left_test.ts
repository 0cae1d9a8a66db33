import assert from "node:assert/strict";
import type { StageWork } from "../../../cli/display/pace.ts";
import { type LastTimes, timeLeft } from "../../../cli/display/time_left.ts";

const SECONDS: Readonly<Record<string, number>> = {
  load: 2,
  train: 60,
  "train again": 40,
  conclude: 10,
};

const WORK: Readonly<Record<string, StageWork>> = {
  load: { task: "load", alike: "load", imageSteps: undefined },
  train: { task: "train", alike: "train mlp", imageSteps: 6000 },
  "train again": { task: "train", alike: "train vit", imageSteps: 4000 },
  conclude: { task: "conclude", alike: "conclude", imageSteps: undefined },
};

/** A run of four stages, two at once; its clock is set by hand. */
function following(
  seconds = SECONDS,
  work = WORK,
  idOf: LastTimes["idOf"] = ({ stage }) => stage,
) {
  let now = 0;
  let asked = 0;
  const left = timeLeft(() => {
    asked++;
    return {
      stages: new Map(Object.entries(work)),
      idOf,
      secondsOf: (id) => seconds[id],
      jobs: 2,
    };
  }, () => now * 1000);
  const pipeline = "toy-line";
  return {
    left: left.left,
    follow: left.follow,
    asked: () => asked,
    at: (second: number) => void (now = second),
    cached: (stage: string) =>
      left.follow({ kind: "stage-cached", pipeline, stage }),
    start: (stage: string) =>
      left.follow({ kind: "stage-started", pipeline, stage, causes: [] }),
    progress: (stage: string, done: number) =>
      left.follow({
        kind: "stage-progress",
        pipeline,
        stage,
        progress: { unit: "step", done, total: 60, images: 100 },
      }),
    finish: (stage: string, seconds = 1) =>
      left.follow({
        kind: "stage-finished",
        pipeline,
        stage,
        seconds,
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

Deno.test("timeLeft() tells nothing as long as a training is left that has never run, nor any like it", () => {
  const { train: _, "train again": __, ...others } = SECONDS;
  const unknown = following(others);
  unknown.start("load");
  assert.equal(unknown.left(), undefined);
  unknown.finish("load");
  unknown.start("train");
  assert.equal(unknown.left(), undefined);
  unknown.finish("train", 30);
  assert.equal(unknown.left(), 20); // 4,000 at 200 a second; conclude beside it
  unknown.finish("train again");
  assert.equal(unknown.left(), 10);
});

Deno.test("timeLeft() takes trainings that never ran for as fast as those of their model, or else as all, are so far", () => {
  const more = { ...WORK["train again"], imageSteps: 8000 } as StageWork;
  const t = following({}, { ...WORK, "train more": more });
  t.start("train");
  t.progress("train", 0);
  assert.equal(t.left(), undefined);
  t.at(10);
  t.progress("train", 10); // 100 image-steps a second
  assert.equal(t.left(), (50 + 40 + 80) / 2);
  t.at(20);
  assert.equal(t.left(), (40 + 40 + 80) / 2);
  t.finish("train again", 20); // 200 a second, as networks of its model are
  assert.equal(t.left(), (40 + 40) / 2);
});

Deno.test("timeLeft() takes the pace of this run, as soon as there is one, for that of earlier ones", () => {
  const { train: of, ...WORK_OF } = WORK;
  const t = following({ "train before": 600 }, {
    ...WORK_OF,
    "train before": of as StageWork,
    train: of as StageWork,
    "train more": of as StageWork,
  });
  t.cached("train before"); // 10 image-steps a second, beside other work
  t.start("train");
  assert.equal(t.left(), (600 + 600 + 400) / 2);
  t.progress("train", 0);
  t.at(10);
  t.progress("train", 10); // 100 a second
  assert.equal(t.left(), (50 + 60 + 40) / 2);
  t.finish("train", 60);
  assert.equal(t.left(), 60);
});

Deno.test("timeLeft() takes of what never ran, and does not train, what others of its task take", () => {
  const { load, conclude } = WORK;
  const t = following(
    { load: 2, "load before": 6 },
    {
      load,
      "load before": load,
      "load more": load,
      "load most": load,
      conclude,
    } as typeof WORK,
  );
  t.cached("load before");
  t.start("load");
  assert.equal(t.left(), (2 + 4 + 4) / 2);
  t.finish("load", 8); // as all do today
  t.start("load more");
  assert.equal(t.left(), 8);
});

Deno.test("timeLeft() leaves out what neither trains nor is like what ran, and says nothing if there is nothing else", () => {
  const { load, conclude } = WORK;
  const t = following({}, { load, conclude } as typeof WORK);
  t.start("load");
  assert.equal(t.left(), undefined);
  t.finish("load");
  t.start("conclude");
  t.progress("conclude", 0);
  t.at(10);
  t.progress("conclude", 20);
  assert.equal(t.left(), 20);
});

Deno.test("timeLeft() knows that a GPU runs more stages at once than there are slots", () => {
  const four = Object.fromEntries(
    [1, 2, 3, 4].map((n) => [`train ${n}`, WORK["train"]]),
  ) as typeof WORK;
  const t = following({ "train 1": 60 }, four);
  for (const stage of Object.keys(four)) t.start(stage);
  assert.equal(t.left(), 60);
});

Deno.test("timeLeft() takes no stage for ended because another of its name in another pipeline has, and a shared one for ended with any", () => {
  const { load, train } = WORK;
  const t = following(
    { load: 2, "a's train": 60, "b's train": 40 },
    { load, "a's train": train, "b's train": train } as typeof WORK,
    ({ pipeline, stage }) => stage === "train" ? `${pipeline}'s train` : stage,
  );
  t.follow({ kind: "stage-cached", pipeline: "a", stage: "train" });
  t.follow({ kind: "stage-started", pipeline: "a", stage: "load", causes: [] });
  assert.equal(t.left(), 40);
  t.follow({ kind: "stage-cached", pipeline: "b", stage: "load" });
  t.follow({
    kind: "stage-started",
    pipeline: "b",
    stage: "train",
    causes: [],
  });
  t.at(10);
  assert.equal(t.left(), 30);
});

Deno.test("timeLeft() looks at no record as long as nothing runs", () => {
  const t = following();
  t.cached("load");
  assert.deepEqual([t.left(), t.asked()], [undefined, 0]);
  t.start("train");
  t.at(5);
  t.start("train again");
  t.at(10);
  t.progress("train", 10);
  assert.equal(t.asked(), 0); // nobody has asked for the time left
  t.at(20);
  t.progress("train", 20);
  // At 10 steps in 10 s the first takes 40 s more, the second 40 - 15, and the last 10.
  assert.deepEqual([t.left(), t.left(), t.asked()], [40, 40, 1]);
});
