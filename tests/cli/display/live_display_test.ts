import assert from "node:assert/strict";
import { mock } from "node:test";
import { liveDisplay } from "../../../cli/display/live_display.ts";
import { recorded } from "../rig.ts";

/** A display on a terminal, with a clock set by hand. */
function screen({ columns = 90, rows = 24 } = {}) {
  const output = recorded({ isTerminal: true, columns, rows });
  let now = 0;
  const display = liveDisplay(output, { clock: () => now });
  return {
    show: display.show,
    at: (seconds: number) => void (now = seconds * 1000),
    close: display.close,
    text: output.text,
  };
}

const started = {
  kind: "run-started",
  pipeline: "toy-line",
  profile: "smoke",
  stages: 3,
} as const;

Deno.test("liveDisplay() leaves finished stages with time and cause, and no trace of running ones", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const t = screen();
  t.show(started);
  t.show({ kind: "stage-cached", pipeline: "toy-line", stage: "load" });
  t.show({
    kind: "stage-started",
    pipeline: "toy-line",
    stage: "train/own",
    causes: [
      { kind: "param", name: "epochs", before: 12, after: 13 },
      { kind: "code", name: "models/mlp.ts", before: "a", after: "b" },
    ],
  });
  t.show({
    kind: "stage-finished",
    pipeline: "toy-line",
    stage: "train/own",
    seconds: 125,
    bytes: 10,
    unchanged: true,
  });
  t.show({
    kind: "stage-started",
    pipeline: "toy-line",
    stage: "evaluate",
    causes: [{ kind: "new" }],
  });
  t.at(61);
  mock.timers.tick(100);
  assert.match(
    t.text(),
    /\n {2}evaluate {2}·{16} {2}1 m 01 s\n {4}never run before\n {2}2 of 3 stages done \(1 cached\), 1 m 01 s\n/,
  );
  t.close();
  mock.timers.reset();
  assert.equal(
    shownBy(t.text()),
    [
      "toy-line at profile smoke",
      "✓  2 m 05 s  train/own  epochs 12 → 13 and 1 more cause; same result as before",
      "",
    ].join("\n"),
  );
});

Deno.test("liveDisplay() gives the cursor back however it ends", () => {
  const t = screen();
  t.show(started);
  t.close();
  const text = t.text();
  assert.equal(text.split("\x1b[?25l").length, 2);
  assert(text.endsWith("\x1b[?25h"));
});

Deno.test("liveDisplay() marks a failure and a damaged artifact", () => {
  const t = screen();
  t.show(started);
  t.show({
    kind: "artifact-damaged",
    pipeline: "toy-line",
    stage: "load",
    field: "value",
    digest: "d",
    message: "Cannot read artifact d: it is missing",
  });
  for (const stage of ["points", "line"]) {
    const at = { pipeline: "toy-line", stage };
    const message = "process 12 on host-b makes it";
    t.show({ kind: "stage-elsewhere", ...at, message }); // said once
  }
  t.show({ kind: "stage-differs", pipeline: "toy-line", stage: "points" });
  t.show({
    kind: "stage-failed",
    pipeline: "toy-line",
    stage: "train",
    error: new Error("lost"),
  });
  t.show({
    kind: "run-finished",
    pipeline: "toy-line",
    profile: "smoke",
    stages: 3,
    ran: 0,
    cached: 1,
    failed: 1,
    seconds: 2,
  });
  t.close();
  assert.equal(
    shownBy(t.text()),
    [
      "toy-line at profile smoke",
      "! Cannot read artifact d: it is missing; value of load is made again",
      "! points: process 12 on host-b makes it",
      "! points: another run made it as well, and it was not the same: the task is not",
      "  deterministic; the first result stays",
      "✗ train  failed  lost",
      "✗ toy-line at profile smoke: 0 ran, 1 cached, 1 failed, 1 not reached, 2.0 s",
      "",
    ].join("\n"),
  );
});

Deno.test("liveDisplay() breaks what scrolls away between words, below where it began", () => {
  const t = screen({ columns: 40 });
  t.show(started);
  const at = { pipeline: "toy-line", stage: "train/own" };
  const causes = [{
    kind: "param",
    name: "epochs",
    before: 12,
    after: 13,
  }] as const;
  t.show({ kind: "stage-started", ...at, causes });
  t.show({
    kind: "stage-finished",
    ...at,
    seconds: 5,
    bytes: 1,
    unchanged: true,
  });
  t.show({
    kind: "remote",
    message: "The other store does not answer, so it is left alone",
  });
  t.close();
  assert.equal(
    shownBy(t.text()),
    [
      "toy-line at profile smoke",
      "✓     5.0 s  train/own  epochs 12 → 13;",
      "             same result as before",
      "The other store does not answer, so it",
      "is left alone",
      "",
    ].join("\n"),
  );
});

Deno.test("liveDisplay() counts the stages of all pipelines that run, and tells theirs apart", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const t = screen();
  t.show(started);
  t.show({ ...started, pipeline: "toy-other", stages: 2 });
  for (const pipeline of ["toy-line", "toy-other"]) {
    t.show({ kind: "stage-started", pipeline, stage: "train", causes: [] });
  }
  t.show({ kind: "stage-cached", pipeline: "toy-other", stage: "load" });
  mock.timers.tick(100);
  assert.match(
    t.text(),
    /\n {2}train of toy-line {3}·{16} {2}.*\n {2}train of toy-other {2}.*\n {2}0 of 2 pipelines, 1 of 5 stages done \(1 cached\), 0 s\n/,
  );
  t.show({
    kind: "run-finished",
    pipeline: "toy-other",
    profile: "smoke",
    stages: 2,
    ran: 1,
    cached: 1,
    failed: 0,
    seconds: 2,
  });
  t.show({
    kind: "site-updated",
    folder: "site",
    pipelines: ["toy-other"],
    keepsFront: false,
  });
  // The other one goes on.
  mock.timers.tick(100);
  assert.match(
    t.text(),
    /1 of 2 pipelines, 1 of 5 stages done.*\n {2}site\/index\.html shows toy-other already\n/,
  );
  t.close();
  mock.timers.reset();
  assert.equal(
    shownBy(t.text()),
    [
      "2 pipelines at profile smoke",
      "✓ toy-other at profile smoke: 1 ran, 1 cached, 0 failed, 2.0 s",
      "",
    ].join("\n"),
  );
});

Deno.test("liveDisplay() counts stages that are short or of several pipelines, and says once what many failed of", () => {
  const t = screen();
  const other = { ...started, pipeline: "toy-other" };
  t.show(started);
  t.show(other);
  for (const stage of ["a", "b", "c"]) {
    t.show({
      kind: "stage-finished",
      pipeline: "toy-line",
      stage,
      seconds: 90,
      bytes: 1,
      unchanged: false,
    });
    t.show({
      kind: "stage-failed",
      pipeline: "toy-other",
      stage,
      error: new Error(`stage ${stage} failed`, {
        cause: new Error("no source"),
      }),
    });
  }
  t.close();
  assert.equal(
    shownBy(t.text()),
    "2 pipelines at profile smoke\n✗ a of toy-other  failed  no source\n",
  );
  const one = screen();
  one.show(started);
  one.show({
    kind: "stage-finished",
    pipeline: "toy-line",
    stage: "a",
    seconds: 0.9,
    bytes: 1,
    unchanged: false,
  });
  one.close();
  assert.equal(shownBy(one.text()), "toy-line at profile smoke\n");
});

Deno.test("liveDisplay() keeps its region within the window, causes last", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  for (
    const [rows, expected] of [[24, 13], [10, 7], [6, 3], [3, 2]] as const
  ) {
    const t = screen({ rows });
    t.show(started);
    for (let n = 0; n < 6; n++) {
      t.show({
        kind: "stage-started",
        pipeline: "toy-line",
        stage: `train/${n}`,
        causes: [{ kind: "new" }],
      });
    }
    mock.timers.tick(100);
    const lines = shownBy(t.text()).trimEnd().split("\n").slice(1);
    assert.equal(lines.length, expected, `${rows} rows`);
    t.close();
  }
  mock.timers.reset();
});

Deno.test("liveDisplay() lets nothing through that a terminal would act on", () => {
  const t = screen();
  t.show({ kind: "device-chosen", device: "\x1b[2Jwasm", reason: "a\nb" });
  t.close();
  assert.equal(shownBy(t.text()), "Device \u{fffd}[2Jwasm: a\u{fffd}b\n");
});

/** What a terminal shows after all of it: the text without the lines erased later. */
function shownBy(text: string): string {
  let lines: string[] = [];
  // deno-lint-ignore no-control-regex -- terminals are driven by them
  for (const part of text.split(/(\x1b\[[?0-9]*[A-Za-z])/)) {
    const up = part.endsWith("A") ? /\d+/.exec(part)?.[0] : undefined;
    if (up !== undefined) lines = lines.slice(0, lines.length - Number(up));
    else if (!part.startsWith("\x1b")) {
      lines.push(...part.replaceAll("\r", "").split("\n").slice(0, -1));
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}

Deno.test("liveDisplay() says how long the run still takes, where its stages have run before", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const output = recorded({ isTerminal: true });
  let now = 0;
  const display = liveDisplay(output, {
    clock: () => now,
    times: () => ({
      stages: new Map([["train", {
        task: "train",
        alike: "train",
        imageSteps: 100,
      }]]),
      idOf: ({ stage }) => stage,
      secondsOf: () => 700,
      jobs: 2,
    }),
  });
  display.show(started);
  mock.timers.tick(100);
  assert.doesNotMatch(output.text(), / left/);
  display.show({
    kind: "stage-started",
    pipeline: "toy-line",
    stage: "train",
    causes: [{ kind: "new" }],
  });
  now = 1900; // most runs that make little are over by now
  mock.timers.tick(100);
  assert.doesNotMatch(output.text(), / left/);
  now = 2000;
  mock.timers.tick(100);
  display.close();
  mock.timers.reset();
  assert.match(output.text(), /0 of 3 stages done.*, 2 s, about 12 min left/);
});
