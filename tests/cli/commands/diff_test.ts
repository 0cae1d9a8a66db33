import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { runHistory } from "../../../engine/store/run_history.ts";
import { gone, TABLE } from "../gone_source.ts";
import { on, type Rig, rig, rigWithStore } from "../rig.ts";
import { reporting } from "../toy_report.ts";
import { tabular, training, twinning } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

async function idsOf(t: Rig): Promise<readonly string[]> {
  const { stdout } = await t.run(on("runs", "--json"), { pipelines: [] });
  return JSON.parse(stdout).map(({ id }: { id: string }) => id);
}

Deno.test("diff() tells claims first, then stages with causes and numbers that moved", async () => {
  await using t = await rig();
  const [before, after] = [[reporting()], [reporting({ epochs: 8 })]];
  await t.run(on("reproduce"), { pipelines: before });
  await t.run(on("reproduce"), { pipelines: after });
  const { code, stdout, stderr } = await t.run(on("diff"), {
    pipelines: after,
  });
  assert.equal(code, 0, stderr);
  const [heading = "", ...lines] = stdout.split("\n");
  assert.match(
    heading,
    /^[0-9a-f]{12} \(default, 2026-01-01 00:00:\d\d UTC\) → [0-9a-f]{12} \(default, 2026-01-01 00:00:\d\d UTC\)$/,
  );
  assert.deepEqual(
    lines,
    [
      "",
      "toy-report",
      "  claim low  supported → contradicted",
      "    0.083 → 0.125",
      "  train  ran anew",
      "    epochs 12 → 8",
      "      history[8] removed, was 0.1111111111111111",
      "      history[9] removed, was 0.1",
      "      history[10] removed, was 0.09090909090909091",
      "      history[11] removed, was 0.08333333333333333",
      "  measure  ran anew",
      "    input history changed, made by train",
      "      high 0.09333333333333332 → 0.135",
      "      low 0.07333333333333333 → 0.115",
      "      value 0.08333333333333333 → 0.125",
      "  drawFigure  ran anew, same result",
      "    input history changed, made by train",
      "",
    ],
  );
});

test.inFull("diff() compares the runs that are named, in the order in which they are named", async () => {
  await using t = await rig();
  for (const size of [3, 4, 5]) {
    await t.run(on("reproduce"), { pipelines: [training("toy", { size })] });
  }
  const [first = "", , third = ""] = await idsOf(t);
  const { stdout } = await t.run(
    on("diff", third.slice(0, 8), first),
    { pipelines: [] },
  );
  assert.match(stdout, new RegExp(`^${third} .* → ${first} `));
  assert.match(stdout, /\n {2}load {2}ran anew\n {4}size 5 → 3\n/);
});

Deno.test("diff() leaves out stopped runs unless they are named, or there are no others to compare", async () => {
  await using t = await rig();
  for (const epochs of [12, 8]) {
    await t.run(on("reproduce"), { pipelines: [reporting({ epochs })] });
  }
  const [first = "", stub = ""] = await idsOf(t);
  const history = runHistory(join(t.folder, "store"));
  const [run] = history.list([stub]);
  assert.ok(run !== undefined);
  const pipelines = { "toy-report": { stages: {} } };
  await history.put({ ...run, state: "stopped", pipelines });
  const compared = async (...named: readonly string[]) => {
    const { stdout } = await t.run(on("diff", ...named), { pipelines: [] });
    return [
      /^(\w+) .* → (\w+) /.exec(stdout)?.slice(1),
      stdout.includes("claim low"),
    ];
  };
  assert.deepEqual(await compared(), [[first, stub], false]);
  await t.run(on("reproduce"), { pipelines: [reporting({ epochs: 8 })] });
  const [, , last = ""] = await idsOf(t);
  assert.deepEqual(await compared(), [[first, last], true]);
  assert.deepEqual(await compared(stub), [[stub, last], false]);
  assert.deepEqual(await compared("previous"), [[stub, last], false]);
  // What failed before its first stage has nothing to compare either.
  await history.put({ ...run, id: stub, state: "failed", pipelines });
  assert.deepEqual(await compared(), [[first, last], true]);
});

Deno.test("diff() compares the last run with the one before it that has a pipeline in common with it", async () => {
  await using t = await rig();
  for (const [name, size] of [["toy", 3], ["other", 3], ["toy", 4]] as const) {
    await t.run(on("reproduce"), { pipelines: [training(name, { size })] });
  }
  const [first = "", , third = ""] = await idsOf(t);
  const { stdout } = await t.run(on("diff"), { pipelines: [] });
  assert.match(stdout, new RegExp(`^${first} .* → ${third} `));
});

test.inFull("diff() compares with the latest run if only one is named", async () => {
  await using t = await rig();
  for (const size of [3, 4, 5]) {
    await t.run(on("reproduce"), { pipelines: [training("toy", { size })] });
  }
  const [first = "", , third = ""] = await idsOf(t);
  const { stdout } = await t.run(on("diff", first), { pipelines: [] });
  assert.match(stdout, new RegExp(`^${first} .* → ${third} `));
});

test.inFull("diff() says of a stage that went back to what it was that it is from the store", async () => {
  await using t = await rig();
  for (const size of [3, 4, 3]) {
    await t.run(on("reproduce"), { pipelines: [training("toy", { size })] });
  }
  const { stdout } = await t.run(on("diff"), { pipelines: [] });
  assert.match(stdout, /\n {2}load {2}taken from the store\n {4}size 4 → 3\n/);
});

test.inFull("diff() says of a stage that failed before that it had no result", async () => {
  await using t = await rig();
  for (const fails of [true, false]) {
    await t.run(on("reproduce"), { pipelines: [training("toy", { fails })] });
  }
  const { stdout } = await t.run(on("diff"), { pipelines: [] });
  assert.match(
    stdout,
    /\n {2}train\/toy {2}ran anew; the earlier run had no result\n/,
  );
  assert.doesNotMatch(stdout, /no longer in the store/);
});

test.inFull("diff() names stages and pipelines that only one of the runs has", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), {
    pipelines: [training("toy"), training("old")],
  });
  await t.run(on("reproduce"), {
    pipelines: [reporting({ name: "toy" }), training("new")],
  });
  const { stdout } = await t.run(on("diff"), { pipelines: [] });
  assert.match(stdout, /\n {2}measure {2}only in the later run\n/);
  assert.match(stdout, /\n {2}conclude {2}only in the earlier run\n/);
  assert.match(stdout, /\nnew: only in the later run\n/);
  assert.match(stdout, /\nold: only in the earlier run\n/);
});

test.inFull("diff() tells a source that cannot be had from a failure", async () => {
  await using t = await rig();
  const source = gone("v2.csv");
  const pipelines = [tabular([source])];
  const copy = join(t.folder, "copies", new URL(source.url).host, "v2.csv");
  await Deno.mkdir(dirname(copy), { recursive: true });
  await Deno.writeFile(copy, TABLE);
  await t.run(on("reproduce", "--mirror", "copies"), { pipelines });
  for (const folder of ["records", "objects"]) {
    await Deno.remove(join(t.folder, "store", folder), { recursive: true });
  }
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("diff"), { pipelines });
  assert.match(stdout, /\n {2}outcome finished → without published files\n/);
  assert.match(stdout, /\n {2}fetchSource\/0 {2}without its source\n/);
});

test.inFull("diff() tells the stage that made an input where another made the same bytes", async () => {
  await using t = await rig();
  const twins = (size: number) => [twinning(size)];
  await t.run(on("reproduce"), { pipelines: twins(3) });
  await t.run(on("reproduce"), { pipelines: twins(4) });
  const { stdout } = await t.run(on("diff"), { pipelines: [] });
  for (const twin of ["a", "b"]) {
    assert.ok(
      stdout.includes(`    input data changed, made by load/${twin}\n`),
      stdout,
    );
  }
});

test.inFull("diff() compares no run with itself", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training("toy")] });
  const [id] = await idsOf(t);
  const { code, stderr } = await t.run(on("diff", "latest"), {
    pipelines: [],
  });
  assert.equal(code, 2);
  assert.equal(
    stderr,
    `Cannot compare run ${id} with itself: name an earlier one; deno task runs lists them\n`,
  );
});

Deno.test("diff() says that nothing differs", async () => {
  await using t = await rig();
  const pipelines = [training("toy")];
  await t.run(on("reproduce"), { pipelines });
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("diff"), { pipelines });
  assert.match(stdout, /\ntoy: no difference\n$/);
});

Deno.test("diff() says of a claim that its rule is another", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [reporting()] });
  const pipelines = [reporting({ bound: 0.01 })];
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("diff"), { pipelines });
  assert.match(
    stdout,
    /claim low {2}supported → contradicted\n {4}rule before: The 95% interval lies entirely below 0\.1\.\n {4}rule after: {2}The 95% interval lies entirely below 0\.01\.\n/,
  );
});

test.inFull("diff() prints every difference as JSON", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [reporting()] });
  await t.run(on("reproduce"), { pipelines: [reporting({ epochs: 2 })] });
  const { stdout } = await t.run(on("diff", "--json"), { pipelines: [] });
  const { pipelines: [one], before, after } = JSON.parse(stdout);
  assert.notEqual(before.id, after.id);
  assert.equal(one.pipeline, "toy-report");
  assert.deepEqual(one.claims, [{
    claim: "low",
    before: "supported",
    after: "contradicted",
    estimates: [{ unit: "plain", before: 1 / 12, after: 1 / 2 }],
  }]);
  const train = one.stages.find(({ stage }: { stage: string }) =>
    stage === "train"
  );
  assert.equal(train.differences.length, 10);
});

Deno.test("diff() refuses runs that are not there or not told apart", async () => {
  await using t = await rigWithStore();
  const pipelines = [training("toy")];
  const none = await t.run(on("diff"), { pipelines });
  assert.equal(none.code, 2);
  assert.equal(
    none.stderr,
    "Cannot find the latest run: the store remembers none; deno task reproduce starts one\n",
  );
  await t.run(on("reproduce"), { pipelines });
  const one = await t.run(on("diff"), { pipelines });
  assert.equal(
    one.stderr,
    "Cannot find the previous run: the store remembers only one; deno task reproduce starts another\n",
  );
  const unknown = await t.run(on("diff", "nope", "latest"), { pipelines });
  assert.equal(
    unknown.stderr,
    'Cannot find run "nope": none of 1 ids starts with it; deno task runs lists them\n',
  );
  const third = await t.run(on("diff", "a", "b", "c"), { pipelines });
  assert.equal(third.code, 2);
});
