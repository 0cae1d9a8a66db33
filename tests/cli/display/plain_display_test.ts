import assert from "node:assert/strict";
import { plainDisplay } from "../../../cli/display/plain_display.ts";
import { recorded } from "../rig.ts";

Deno.test("plainDisplay() says of progress at most one line in 15 seconds", () => {
  const output = recorded();
  let now = 0;
  const { show } = plainDisplay(output, { clock: () => now });
  show({
    kind: "stage-started",
    pipeline: "toy-line",
    stage: "train",
    causes: [{ kind: "new" }],
  });
  for (let second = 0; second <= 40; second++) {
    now = second * 1000;
    const progress = { unit: "step", done: second, total: 100, loss: 0.5 };
    show({
      kind: "stage-progress",
      pipeline: "toy-line",
      stage: "train",
      progress,
    });
  }
  assert.deepEqual(output.text().trimEnd().split("\n"), [
    "start train: never run before",
    "      train: step 15/100, loss 0.500, 1 m 25 s left",
    "      train: step 30/100, loss 0.500, 1 m 10 s left",
  ]);
});

Deno.test("plainDisplay() says of progress as much where the clock is set back", () => {
  const output = recorded();
  let now = 9e6;
  const { show } = plainDisplay(output, { clock: () => now });
  const stage = { pipeline: "toy-line", stage: "train" };
  show({ kind: "stage-started", ...stage, causes: [{ kind: "new" }] });
  for (let second = 0; second <= 40; second++) {
    now += second === 20 ? -7.2e6 : 1000;
    const progress = { unit: "step", done: second, total: 100, loss: 0.5 };
    show({ kind: "stage-progress", ...stage, progress });
  }
  assert.deepEqual(output.text().trimEnd().split("\n"), [
    "start train: never run before",
    "      train: step 14/100, loss 0.500, 1 m 26 s left",
    "      train: step 30/100, loss 0.500, 1 m 07 s left",
  ]);
});

Deno.test("plainDisplay() says what ends, fails, waits and is made again", () => {
  const output = recorded();
  const { show } = plainDisplay(output, { clock: () => 0 });
  show({ kind: "waiting-for-store", holder: "process 7" });
  show({
    kind: "stage-finished",
    pipeline: "toy-line",
    stage: "load",
    seconds: 1.25,
    bytes: 1,
    unchanged: true,
  });
  show({
    kind: "stage-failed",
    pipeline: "toy-line",
    stage: "train",
    error: new Error("lost"),
  });
  show({
    kind: "artifact-damaged",
    pipeline: "toy-line",
    stage: "load",
    field: "value",
    digest: "d",
    message: "Cannot read artifact d: it is missing",
  });
  const other = { pipeline: "toy-line", stage: "points" };
  const message = "process 12 on host-b makes it";
  show({ kind: "stage-elsewhere", ...other, message });
  show({ kind: "stage-differs", ...other });
  assert.deepEqual(output.text().trimEnd().split("\n"), [
    "Waiting for a command that has the store to itself (process 7)",
    "done  load: 1.3 s, same result as before",
    "fail  train: lost",
    "again load: Cannot read artifact d: it is missing, so its value is made again",
    "wait  points: process 12 on host-b makes it",
    "note  points: another run made it as well, and it was not the same: the task is not deterministic; the first result stays",
  ]);
});

Deno.test("plainDisplay() cuts digests in the cause of a stage", () => {
  const output = recorded();
  const { show } = plainDisplay(output, { clock: () => 0 });
  const [before, after] = ["a".repeat(64), "b".repeat(64)];
  const cause = {
    kind: "environment",
    name: "kernels",
    before,
    after,
  } as const;
  show({
    kind: "stage-started",
    pipeline: "toy-line",
    stage: "train",
    causes: [cause],
  });
  assert.equal(
    output.text(),
    "start train: kernels aaaaaaaaaaaa → bbbbbbbbbbbb\n",
  );
});

Deno.test("plainDisplay() names the pipeline of a stage where several run, and says once what many failed of", () => {
  const output = recorded();
  const { show } = plainDisplay(output, { clock: () => 0 });
  const run = { kind: "run-started", profile: "smoke", stages: 1 } as const;
  show({ ...run, pipeline: "toy-a" });
  show({ ...run, pipeline: "toy-b" });
  for (const pipeline of ["toy-a", "toy-b"]) {
    show({ kind: "stage-started", pipeline, stage: "load", causes: [] });
  }
  for (const stage of ["load", "train"]) {
    const error = new Error("lost");
    show({ kind: "stage-failed", pipeline: "toy-b", stage, error });
  }
  show({
    kind: "site-updated",
    folder: "site",
    pipelines: ["toy-a", "toy-c"],
    keepsFront: true,
  });
  show({
    kind: "site-updated",
    folder: "site",
    pipelines: ["toy-a", "toy-b", "toy-c", "toy-d"],
    keepsFront: false,
  });
  assert.deepEqual(output.text().trimEnd().split("\n"), [
    "toy-a at profile smoke: 1 stage",
    "toy-b at profile smoke: 1 stage",
    "start load of toy-a: ",
    "start load of toy-b: ",
    "fail  load of toy-b: lost",
    "fail  train of toy-b",
    "site  site has new pages of toy-a and toy-c; its front page and claims follow at the end",
    "site  site/index.html shows 4 pipelines already",
  ]);
});

/** A display that knows how long a run of two trainings takes. */
function ofTwoTrainings(secondsOf: () => number | undefined) {
  const output = recorded();
  const clock = { now: 0 };
  const alike = { task: "train", alike: "train", imageSteps: 6000 };
  const { show } = plainDisplay(output, {
    clock: () => clock.now,
    times: () => ({
      stages: new Map([["train/1", alike], ["train/2", alike]]),
      idOf: ({ stage }) => stage,
      secondsOf,
      jobs: 1,
    }),
  });
  show({ kind: "run-started", pipeline, profile: "smoke", stages: 2 });
  show({ kind: "stage-started", pipeline, stage: "train/1", causes: [] });
  return { output, clock, show };
}

const pipeline = "toy-line";

Deno.test("plainDisplay() says once a minute how long the whole run still takes, where that can be told", () => {
  const { output, clock, show } = ofTwoTrainings(() => undefined);
  for (let second = 0; second <= 130; second++) {
    clock.now = second * 1000;
    show({
      kind: "stage-progress",
      pipeline,
      stage: "train/1",
      progress: { unit: "step", done: second, total: 600, images: 10 },
    });
  }
  assert.deepEqual(
    output.text().split("\n").filter((line) => line.includes("stages")),
    [
      "toy-line at profile smoke: 2 stages",
      "      0 of 2 stages done, about 19 min left",
      "      0 of 2 stages done, about 18 min left",
    ],
  );
});

Deno.test("plainDisplay() does not say how long a run still takes that has ended", () => {
  const { output, clock, show } = ofTwoTrainings(() => 100);
  const progress = { unit: "step", done: 9, total: 600, images: 10 };
  clock.now = 30_000;
  show({ kind: "stage-progress", pipeline, stage: "train/1", progress });
  const error = new Error("lost");
  show({ kind: "stage-failed", pipeline, stage: "train/1", error });
  clock.now = 70_000;
  show({
    kind: "run-finished",
    pipeline,
    profile: "smoke",
    stages: 2,
    ran: 0,
    cached: 0,
    failed: 1,
    seconds: 70,
  });
  show({
    kind: "site-updated",
    folder: "site",
    pipelines: [],
    keepsFront: false,
  });
  assert.doesNotMatch(output.text(), / left/);
});
