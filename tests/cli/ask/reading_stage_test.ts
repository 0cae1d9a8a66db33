import assert from "node:assert/strict";
import { readingStage } from "../../../cli/ask/reading_stage.ts";
import type { Shown } from "../../../cli/display/display.ts";
import { StageError } from "../../../engine/define/error.ts";

const pipeline = "asked-mine";

const STARTED: readonly Shown[] = [
  { kind: "waiting-for-store", holder: "gc" },
  { kind: "run-started", pipeline, profile: "", stages: 3 },
  { kind: "stage-started", pipeline, stage: "readTable", causes: [] },
];

const READ: Shown = {
  kind: "stage-finished",
  pipeline,
  stage: "readTable",
  seconds: 1,
  bytes: 1,
  unchanged: false,
};

const ENDED: Shown = {
  kind: "run-finished",
  pipeline,
  profile: "",
  stages: 3,
  ran: 0,
  cached: 0,
  failed: 1,
  seconds: 1,
};

function failed(message: string): Shown {
  const cause = new Error(message);
  const error = new StageError("readTable", "Cannot complete", { cause });
  return { kind: "stage-failed", pipeline, stage: "readTable", error };
}

function follow(events: readonly Shown[], { bytes }: { bytes: number }) {
  const shown: string[] = [];
  const reading = readingStage(({ kind }) => shown.push(kind), { bytes });
  const before = events.map((event) => {
    reading.show(event);
    return shown.length;
  });
  reading.end();
  return { ...reading, shown, before };
}

Deno.test("readingStage() shows a run over small files once they are read, in its order", () => {
  const { shown, before, isRead, refusal } = follow(
    [...STARTED, READ, ENDED],
    { bytes: 1000 },
  );
  assert.deepEqual(before, [1, 1, 1, 4, 5]);
  assert.deepEqual(
    shown,
    [...STARTED, READ, ENDED].map(({ kind }) => kind),
  );
  assert.deepEqual([isRead(), refusal()], [true, undefined]);
});

Deno.test("readingStage() shows a run over large files from its start, and neither the stage that failed nor its end", () => {
  const events = [...STARTED, failed("Cannot use predictions: no"), ENDED];
  const { shown, isRead, refusal } = follow(events, { bytes: 1e9 });
  assert.deepEqual(shown, STARTED.map(({ kind }) => kind));
  assert.deepEqual([isRead(), refusal()], [
    false,
    ["Cannot use predictions: no"],
  ]);
});

Deno.test("readingStage() tells all that is wrong with files, a line each, and shows nothing of the run", () => {
  const problems = ["Cannot use predictions: a\nb", "Cannot use features f: c"];
  const { shown, refusal } = follow(
    [...STARTED, failed(problems.join("\n")), ENDED],
    { bytes: 1000 },
  );
  assert.deepEqual([shown, refusal()], [["waiting-for-store"], problems]);
});

Deno.test("readingStage() leaves to others what fails for another reason, and shows it in the end", () => {
  const events = [...STARTED, failed("out of memory"), ENDED];
  const { shown, refusal, isRead } = follow(events, { bytes: 1000 });
  assert.deepEqual(shown, events.map(({ kind }) => kind));
  assert.deepEqual([isRead(), refusal()], [false, undefined]);
});
