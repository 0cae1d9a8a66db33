import assert from "node:assert/strict";
import {
  diffLines,
  type PipelineDifference,
} from "../../../cli/lines/diff_lines.ts";

Deno.test("diffLines() counts what a stopped run had not reached", () => {
  const run = {
    profile: "smoke",
    started: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    commit: null,
    device: "toy",
    pipelines: {},
  };
  const names = Array.from({ length: 9 }, (_, i) => `train/${i}`);
  const difference = {
    pipeline: "toy",
    claims: [],
    stages: [],
    appeared: names,
    gone: [],
  };
  const lines = diffLines({
    before: { ...run, id: "a", state: "stopped" },
    after: { ...run, id: "b", state: "finished" },
    pipelines: [difference],
    appeared: [],
    gone: [],
  }).map((line) => line.map(({ text }) => text).join(""));
  assert.deepEqual(lines.slice(1, 2), [
    "  a was stopped: what it had not reached is only in the later run",
  ]);
  assert.deepEqual(lines.slice(-2), [
    "  train/5  only in the later run",
    "  and 3 more stages only in the later run (--json)",
  ]);
});

Deno.test("diffLines() tells what was edited since the commit, as far as runs know it", () => {
  const run = {
    profile: "smoke",
    started: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    state: "finished" as const,
    device: "toy",
    pipelines: {},
  };
  const commit = "1234567890abcdef".repeat(3).slice(0, 40);
  const files = ["a.ts", "b.ts", "c.ts", "d.ts"];
  const linesOf = (
    before: readonly string[] | undefined,
    after: readonly string[] | undefined,
  ) =>
    diffLines({
      before: { ...run, commit, id: "a", edited: before },
      after: { ...run, commit, id: "b", edited: after },
      pipelines: [],
      appeared: [],
      gone: [],
    }).slice(1).map((line) => line.map(({ text }) => text).join(""));
  assert.deepEqual(linesOf([], files), [
    "  commit 1234567890ab → 1234567890ab (edited: a.ts, b.ts, c.ts and 1 more)",
  ]);
  assert.deepEqual(linesOf(files, files), []);
  assert.deepEqual(linesOf(files, undefined), []);
  assert.deepEqual(linesOf(undefined, []), []);
  assert.deepEqual(linesOf(undefined, ["a.ts"]), [
    "  commit 1234567890ab (edited: not known) → 1234567890ab (edited: a.ts)",
  ]);
});

/** A run, but for its id. */
const run = {
  profile: "smoke",
  started: "2026-01-01T00:00:00.000Z",
  seconds: 1,
  state: "finished" as const,
  commit: null,
  device: "toy",
};

Deno.test("diffLines() does not say of a number that it went to itself where only later digits changed", () => {
  const lines = diffLines({
    before: { ...run, id: "a", pipelines: {} },
    after: { ...run, id: "b", pipelines: {} },
    pipelines: [{
      pipeline: "toy",
      claims: [{
        claim: "low",
        before: "supported",
        after: "supported",
        estimates: [
          { unit: "points", before: -0.0022, after: -0.00221 },
          { title: "b", unit: "points", before: 0.01, after: 0.02 },
        ],
      }],
      stages: [],
      appeared: [],
      gone: [],
    }],
    appeared: [],
    gone: [],
  }).map((line) => line.map(({ text }) => text).join(""));
  assert.deepEqual(lines.slice(-3), [
    "  claim low  still supported",
    "    −0.22 points, changed in later digits",
    "    b +1.00 points → +2.00 points",
  ]);
});

Deno.test("diffLines() says of many stages where their differences begin", () => {
  const stages = Array.from({ length: 7 }, (_, i) => ({
    stage: `train/${i}`,
    state: "ran" as const,
    differences: [],
    causes: i === 0
      ? ["n 500 → 400"]
      : ["inputs a and b changed, made by train/0"],
    result: "changed" as const,
  }));
  const textOf = (some: typeof stages) =>
    diffLines({
      before: { ...run, id: "a", pipelines: {} },
      after: { ...run, id: "b", pipelines: {} },
      appeared: [],
      gone: [],
      pipelines: [{
        pipeline: "toy",
        claims: [],
        stages: some,
        appeared: [],
        gone: [],
      }],
    }).map((line) => line.map(({ text }) => text).join("")).join("\n");
  assert.match(textOf(stages), /\n {2}7 stages differ, because of train\/0\n/);
  assert.doesNotMatch(textOf(stages.slice(1)), /differ/);
});

Deno.test("diffLines() sums many stages of a pipeline up, and tells each if all are asked for", () => {
  const ran = {
    state: "ran",
    differences: [],
    causes: ["inputs a and b changed, made by train/0"],
    result: "changed",
  } as const;
  const failed = { ...ran, state: "failed", result: "unknown" } as const;
  const stages: PipelineDifference["stages"] = [
    ...Array.from({ length: 5 }, (_, i) => ({
      ...ran,
      stage: `train/${i}`,
      causes: ["n 500 → 400", ...i === 0 ? ["a.ts changed"] : []],
    })),
    { ...ran, stage: "fit", result: "unchanged" },
    { ...failed, stage: "test/0" },
    { ...failed, stage: "test/1" },
  ];
  const empty = { claims: [], stages: [], appeared: [], gone: [] };
  const textsOf = (options: { readonly all: boolean }) =>
    diffLines({
      before: { ...run, id: "a", pipelines: {} },
      after: { ...run, id: "b", pipelines: {} },
      appeared: ["new"],
      gone: [],
      pipelines: [
        { ...empty, pipeline: "toy", stages },
        { ...empty, pipeline: "one" },
        { ...empty, pipeline: "other" },
      ],
    }, options).map((line) => line.map(({ text }) => text).join(""));
  assert.deepEqual(textsOf({ all: false }).slice(1), [
    "",
    "toy",
    "  8 stages differ, because of train/0, train/1, train/2, train/3 and train/4",
    "    n 500 → 400, in 5 stages",
    "    a.ts changed",
    "    ran anew: train (5)",
    "    ran anew, same result: fit",
    "    failed: test/0 and test/1",
    "",
    "one and other: no difference",
    "new: only in the later run",
    "",
    "--all tells each stage with its causes and numbers",
  ]);
  const all = textsOf({ all: true });
  for (const { stage } of stages) {
    assert.ok(all.some((text) => text.startsWith(`  ${stage}  `)), stage);
  }
  assert.deepEqual(all.filter((text) => /--all|train \(5\)/.test(text)), []);
});
