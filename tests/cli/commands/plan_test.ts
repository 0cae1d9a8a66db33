import assert from "node:assert/strict";
import { on, rig, rigWithStore } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

Deno.test("plan() names the old and the new value, and runs nothing", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training()] });
  const changed = { pipelines: [training("toy-line", { epochs: 13 })] };
  const { code, stdout } = await t.run(on("plan"), changed);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    [
      "toy-line at profile default: 1 of 3 stages would run, 1 more may, 1 cached",
      "  run       25 s  train/toy-line  epochs 12 → 13",
      "  may run  0.5 s  conclude        input history may change, because train/toy-line runs",
      "About 25 s in total if run one after another, judging by earlier runs",
      "",
    ].join("\n"),
  );
  assert.equal((await t.run(on("plan"), changed)).stdout, stdout);
});

Deno.test("plan() breaks its sentences between words on a narrow terminal, and not elsewhere", async () => {
  await using t = await rigWithStore();
  const pipelines = [training()];
  const narrow = { pipelines, columns: 40, isTerminal: true };
  assert.match(
    (await t.run(on("plan"), narrow)).stdout,
    /^toy-line at profile default: 3 of 3\nstages would run, 0 cached\n/,
  );
  assert.match(
    (await t.run(on("plan"), { ...narrow, isTerminal: false })).stdout,
    /^toy-line at profile default: 3 of 3 stages would run, 0 cached\n/,
  );
});

Deno.test("plan() has a cause below the name where there is no room beside it", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training()] });
  const pipelines = [training("toy-line", { epochs: 13 })];
  const narrow = { pipelines, columns: 40, isTerminal: true };
  assert.match(
    (await t.run(on("plan", "toy-line"), narrow)).stdout,
    /^ {2}run {7}25 s {2}train\/toy-line\n {20}epochs 12 → 13\n/m,
  );
});

Deno.test("plan() lists what has never run only of pipelines that are named, and says that once", async () => {
  await using t = await rigWithStore();
  const pipelines = [training(), training("toy-other")];
  const all = await t.run(on("plan"), { pipelines });
  assert.equal(
    all.stdout,
    [
      "toy-line at profile default: 3 of 3 stages would run, 0 cached",
      "  none has run before",
      "toy-other at profile default: 3 of 3 stages would run, 0 cached",
      "  none has run before",
      "How long this takes is not known: nothing of the kind has run in this store",
      "deno task plan PIPELINE lists every stage",
      "",
    ].join("\n"),
  );
  const one = await t.run(on("plan", "toy-line"), { pipelines });
  assert.match(
    one.stdout,
    /cached\n {2}none of these has run before:\n {2}run {6}load\n {2}run {6}train\/toy-line\n {2}run {6}conclude\n/,
  );
});

Deno.test("plan() of all pipelines says each cause once, and leaves out what follows from it", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), {
    pipelines: [training(), training("toy-other")],
  });
  const { stdout } = await t.run(on("plan"), {
    pipelines: [training("toy-line", { epochs: 13 }), training("toy-other")],
  });
  assert.equal(
    stdout,
    [
      "toy-line at profile default: 1 of 3 stages would run, 1 more may, 1 cached",
      "  run      25 s  train/toy-line  epochs 12 → 13",
      "toy-other at profile default is up to date: 3 stages cached",
      "About 25 s in total if run one after another, judging by earlier runs",
      "deno task plan PIPELINE lists every stage",
      "",
    ].join("\n"),
  );
});

Deno.test("plan() of all pipelines counts stages that would run for one cause, with their time in all", async () => {
  await using t = await rig();
  const pipelines = [training(), training("toy-other")];
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(
    on("plan", "--force", "train/toy-line", "--force", "conclude"),
    { pipelines },
  );
  assert.match(
    stdout,
    /\n {2}run {6}25 s {2}train\/toy-line and 1 more {2}forced on the command line\n/,
  );
});

Deno.test("plan() says that nothing would run", async () => {
  await using t = await rig();
  const pipelines = [training()];
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("plan"), { pipelines });
  assert.equal(
    stdout,
    "toy-line at profile default is up to date: 3 stages cached\n",
  );
});

Deno.test("plan() sums up over pipelines how long stages took when they last ran, and estimates those that never did", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training()] });
  const { stdout } = await t.run(on("plan", "--force", "load"), {
    pipelines: [
      training(),
      training("toy-other", { size: 4 }), // load and conclude are not those of toy-line
      training("toy-third"), // all are those of toy-line
    ],
  });
  assert.match(
    stdout,
    /\nAbout 51 s in total if run one after another, judging by earlier runs, of which ~26 s is estimated from other stages of the same tasks\n/,
  );
});

Deno.test("plan() estimates stages that have never run by others of their task, of another profile if need be", async () => {
  await using t = await rig();
  await t.run(on("reproduce", "--profile", "smoke"), {
    pipelines: [training()],
  });
  const { stdout } = await t.run(on("plan", "toy-other"), {
    pipelines: [training(), training("toy-other", { size: 4 })],
  });
  assert.equal(
    stdout,
    [
      "toy-other at profile default: 3 of 3 stages would run, 0 cached",
      "  none of these has run before:",
      "  run      ~0.5 s  load",
      "  run      ~2.5 s  train/toy-other",
      "  run      ~0.5 s  conclude",
      "About 3.5 s in total if run one after another, estimated from other stages of the same tasks (at profile smoke)",
      "",
    ].join("\n"),
  );
});

Deno.test("plan() estimates by the profile that is nearest in scale", async () => {
  await using t = await rig();
  const pipelines = [training()];
  for (const profile of ["smoke", "default"]) {
    await t.run(on("reproduce", "--profile", profile), { pipelines });
  }
  const { stdout } = await t.run(
    on("plan", "toy-other", "--profile", "full"),
    { pipelines: [...pipelines, training("toy-other", { size: 4 })] },
  );
  assert.match(stdout, /other stages of the same tasks \(at profile default\)/);
});

Deno.test("plan() of all pipelines estimates those of which none has run before", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training()] });
  const { stdout } = await t.run(on("plan"), {
    pipelines: [training(), training("toy-other", { size: 4 })],
  });
  assert.match(stdout, /\n {2}none has run before: ~26 s\n/);
});

Deno.test("plan() shows what --force would do", async () => {
  await using t = await rig();
  const pipelines = [training()];
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("plan", "--force", "conclude"), {
    pipelines,
  });
  assert.match(
    stdout,
    /run {6}0\.5 s {2}conclude {2}forced on the command line/,
  );
});
