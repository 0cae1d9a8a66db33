/** Files of a store that are not as they were written, each kind a test, which makes it long. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { canonicalJson } from "../../engine/define/hash.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { CHAIN } from "./chain.ts";
import { pipelineOf, type RandomGraph } from "./random_graph.ts";
import { newRig, newRigHere, type Ran, type Rig, unseen } from "./rig.ts";
import { toyProject } from "./toy_project.ts";
import { STRANGERS } from "../strangers.ts";
import { fewOf, inFull, test } from "../full.ts";
import { filesBelow } from "../files_below.ts";

/** Path of the artifact that a stage made. */
function objectOf(rig: Rig, ran: Ran, stage: string): string {
  const digest = ran.result.records.get(stage)?.outputs["value"]?.digest ?? "";
  return join(rig.store, "objects", digest.slice(0, 2), digest);
}

function flipBit(path: string): void {
  const bytes = Deno.readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  Deno.writeFileSync(path, bytes);
}

function damaged({ events }: Ran): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "artifact-damaged"
      ? [
        `${event.stage}.${event.field}: ${
          event.message.replace(/[0-9a-f]{12}/, "…")
        }`,
      ]
      : []
  );
}

for (const jobs of [4, ...inFull(1)]) {
  Deno.test(`reproduce() makes an artifact with a flipped bit again when a stage reads it, with ${jobs} jobs`, async () => {
    await using rig = await newRig(CHAIN);
    const first = await rig.reproduce();
    flipBit(objectOf(rig, first, "load"));
    assert.deepEqual(
      (await rig.reproduce({ jobs })).runs,
      [],
      "nobody reads it",
    );
    rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
    const second = await rig.reproduce({ jobs });
    assert.deepEqual(damaged(second), [
      "load.value: Cannot read artifact …: its bytes are not what was written",
    ]);
    assert.deepEqual(second.runs, ["evaluate", "load", "train"]);
    assert.equal(second.value, "accuracy of 13 epochs on 3 images");
    assert.deepEqual((await rig.reproduce({ jobs })).runs, []);
  });

  test.inFull(`reproduce() makes an artifact with a flipped bit again when only the output reads it, with ${jobs} jobs`, async () => {
    await using rig = await newRig(CHAIN);
    const first = await rig.reproduce();
    flipBit(objectOf(rig, first, "evaluate"));
    flipBit(objectOf(rig, first, "train"));
    const second = await rig.reproduce({ jobs });
    assert.deepEqual(damaged(second), [
      "evaluate.value: Cannot read artifact …: its bytes are not what was written",
      "train.value: Cannot read artifact …: its bytes are not what was written",
    ]);
    assert.deepEqual(second.runs, ["evaluate", "train"]);
    assert.equal(second.value, first.value);
    assert.deepEqual((await rig.reproduce({ jobs })).runs, []);
  });
}

test.inFull("reproduce() makes a truncated artifact again", async () => {
  await using rig = await newRig(CHAIN);
  const first = await rig.reproduce();
  await Deno.truncate(objectOf(rig, first, "evaluate"), 5);
  assert.deepEqual(await rig.plan(), {
    evaluate: ["its value is damaged in the store"],
  });
  const second = await rig.reproduce();
  assert.deepEqual(damaged(second), [
    "evaluate.value: Cannot read artifact …: its size is not what was written",
  ]);
  assert.deepEqual(second.runs, ["evaluate"]);
  assert.equal(second.value, first.value);
});

Deno.test("reproduce() makes a deleted artifact again", async () => {
  await using rig = await newRig(CHAIN);
  const first = await rig.reproduce();
  await Deno.remove(objectOf(rig, first, "train"));
  assert.deepEqual((await rig.plan())["train"], [
    "its value is missing from the store",
  ]);
  const second = await rig.reproduce();
  assert.deepEqual(damaged(second), [
    "train.value: Cannot read artifact …: it is missing",
  ]);
  assert.deepEqual(second.runs, ["train"]);
});

for (
  const [kind, put] of fewOf(
    Object.entries(STRANGERS),
    ([kind]) => kind === "folder",
  )
) {
  Deno.test(`reproduce() names an artifact and a record that are a ${kind}, and makes them again`, async () => {
    await using rig = await newRig(CHAIN);
    const first = await rig.reproduce();
    const record = first.result.records.get("load");
    const key = record === undefined ? "" : digestOfKey(record.key);
    const made = join(rig.store, "records", key.slice(0, 2), `${key}.json`);
    for (
      const path of [
        objectOf(rig, first, "load"),
        objectOf(rig, first, "evaluate"),
        made,
      ]
    ) put(path);
    assert.deepEqual((await rig.plan())["load"], [
      "its record is damaged in the store",
    ]);
    const second = await rig.reproduce();
    assert.deepEqual(damaged(second), [
      "load.record: Cannot read record …: what it says is not what a run would write",
      "evaluate.value: Cannot read artifact …: it is missing",
    ]);
    assert.deepEqual(second.result.failures, []);
    assert.equal(second.value, first.value);
    assert.deepEqual(second.runs, ["evaluate", "load"]);
    assert.ok((await Deno.lstat(made)).isFile);
    assert.deepEqual((await rig.reproduce()).runs, []);
  });
}

Deno.test("reproduce() runs only a stage whose record was deleted, and gets the same bytes", async () => {
  await using rig = await newRig(CHAIN);
  const first = await rig.reproduce();
  const key = first.result.records.get("train")?.key;
  const digest = key === undefined ? "" : digestOfKey(key);
  await Deno.remove(
    join(rig.store, "records", digest.slice(0, 2), `${digest}.json`),
  );
  assert.deepEqual((await rig.plan())["train"], [
    "its record is missing from the store",
  ]);
  const { runs, value, events, result } = await rig.reproduce();
  assert.deepEqual([runs, value], [["train"], first.value]);
  assert.deepEqual(
    result.records.get("train")?.outputs,
    first.result.records.get("train")?.outputs,
  );
  assert.ok(!events.some(({ kind }) => kind === "artifact-damaged"));
});

test.inFull("reproduce() repeats nothing and counts no negative time although the clock goes backwards", async () => {
  await using rig = await newRig(CHAIN);
  let now = Date.UTC(2026, 0, 1);
  const clock = () => now -= 3_600_000;
  const about = { commit: null, device: "none" };
  const first = await rig.reproduce({ clock, about });
  assert.deepEqual(first.runs, ["evaluate", "load", "train"]);
  for (const event of first.events) {
    if ("seconds" in event) assert.equal(event.seconds, 0, event.kind);
  }
  const second = await rig.reproduce({ clock, about });
  assert.deepEqual([second.runs, second.value], [[], first.value]);
  assert.deepEqual(await rig.plan(), {});
  const { runs } = contentsOf(rig.store);
  assert.deepEqual(runs.map(({ run }) => [run.seconds, run.state]), [
    [0, "finished"],
    [0, "finished"],
  ]);
});

Deno.test("reproduce() runs a stage whose record is garbage", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  const paths = placesIn(join(rig.store, "records"));
  for (const garbage of ["", "{}", "\u0000\u0001", '{"key":{"format":1}}']) {
    for (const path of paths) await Deno.writeTextFile(path, garbage);
    assert.deepEqual((await rig.plan())["load"], [
      "its record is damaged in the store",
    ]);
    const { runs, value } = await rig.reproduce();
    assert.deepEqual(runs, ["evaluate", "load", "train"]);
    assert.equal(value, "accuracy of 12 epochs on 3 images");
  }
});

test.inFull("reproduce() makes again a record that was copied to another key", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  const [a = "", b = "", c = ""] = placesIn(join(rig.store, "records"));
  await Deno.copyFile(a, b);
  await Deno.copyFile(a, c);
  const { runs } = await rig.reproduce();
  assert.equal(runs.length, 2);
});

const TWINS = {
  "tasks.ts": `
import { bytes } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
export const make = defineTask({
  module: import.meta.url, name: "make", result: bytes,
  run: ({ n }: { n: number }) => { count("make " + n); return Uint8Array.of(7, n >> 8, 7, 7); },
});
export const copy = defineTask({
  module: import.meta.url, name: "copy", result: bytes,
  run: ({ from }: { from: Uint8Array }) => { count("copy"); return from; },
});
export const join = defineTask({
  module: import.meta.url, name: "join", result: bytes,
  run: ({ parts, salt }: { parts: readonly Uint8Array[]; salt: number }) => {
    count("join");
    return Uint8Array.from([...parts.flatMap((part) => [...part]), salt]);
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { copy, join, make } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "twins", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const made = make({ n: 1 }, "first");
    const copied = copy({ from: made });
    const other = make({ n: 2 }, "other");
    const far = [256, 512, 768, 1024, 1280].map((n) => make({ n }, \`\${n}\`));
    return {
      one: join({ parts: [copied, made, other, ...far], salt: 1 }, "one"),
      two: join({ parts: [made, copied], salt: 2 }, "two"),
    };
  },
});
`,
};

for (const jobs of [1, 4]) {
  test.inFull(`reproduce() mends artifacts that share their bytes, and many at once, with ${jobs} jobs`, async () => {
    await using rig = await newRig(TWINS);
    const first = await rig.reproduce({ jobs });
    assert.equal(first.runs.length, 10);
    for (const path of placesIn(join(rig.store, "objects"))) flipBit(path);
    rig.edit("pipeline.ts", ["salt: 1", "salt: 3"]);
    rig.edit("pipeline.ts", ["salt: 2", "salt: 4"]);
    const { value, result } = await rig.reproduce({ jobs });
    assert.deepEqual(result.failures, []);
    assert.deepEqual(value, {
      one: Uint8Array.from([
        ...[0, 0, 0, 1, 2, 3, 4, 5].flatMap((n) => [7, n, 7, 7]),
        3,
      ]),
      two: Uint8Array.of(7, 0, 7, 7, 7, 0, 7, 7, 4),
    });
    assert.deepEqual((await rig.reproduce({ jobs })).runs, []);
  });
}

for (const jobs of [1, 2]) {
  Deno.test(`reproduce() mends an artifact of a stage that has the key of one before it, with ${jobs} jobs`, async () => {
    await using project = await toyProject();
    const same = { operation: "sum", salt: 0 } as const; // gives what it is given, so the three have one key
    const graph = (salt: number): RandomGraph => [
      { operation: "parity", salt: 2, from: [] },
      { ...same, from: [0] },
      { ...same, from: [1] },
      { ...same, from: [2] },
      { operation: "sum", salt, from: [3] },
      { operation: "sum", salt, from: [3, 1] },
      { operation: "sum", salt, from: [2, 3] },
    ];
    for (const salt of [1, 2, 3]) {
      const [done] = await project.reproduce([pipelineOf(graph(salt))], {
        jobs,
      });
      assert.deepEqual(done?.result.failures, []);
      assert.deepEqual(done?.output, {
        kind: "value",
        value: [salt, salt, salt],
      });
      for (const path of placesIn(join(project.store, "objects"))) {
        flipBit(path);
      }
    }
  });
}

Deno.test("reproduce() reports a damaged artifact that cannot be made again as a failure", async () => {
  await using rig = await newRig({
    ...CHAIN,
    "evaluate.ts": CHAIN["evaluate.ts"].replace(
      'count("evaluate");',
      `count("evaluate");
    if (Deno.readTextFileSync(MARK) !== "") throw new Error("no more");`,
    ),
  });
  const mark = rig.path("1/node_modules/mark");
  rig.edit("evaluate.ts", ["MARK", unseen(mark)]);
  await Deno.writeTextFile(mark, "");
  const first = await rig.reproduce();
  flipBit(objectOf(rig, first, "evaluate"));
  await Deno.writeTextFile(mark, "x");
  const second = await rig.reproduce();
  assert.deepEqual(second.output, {
    kind: "unresolved",
    missing: [{ path: "", stage: "evaluate" }],
  });
  assert.deepEqual(second.result.failures.map(({ message }) => message), [
    'Cannot complete stage "evaluate": no more',
  ]);
  assert.equal(second.result.records.has("evaluate"), false);
});

Deno.test("reproduce() reports an artifact of the output that is damaged again as soon as it is made as a failure", async () => {
  await using rig = await newRigHere(CHAIN);
  const path = objectOf(rig, await rig.reproduce(), "evaluate");
  flipBit(path);
  const { output, result } = await rig.reproduce({
    emit: ({ kind }) => kind === "stage-finished" && flipBit(path),
  });
  assert.deepEqual(output, {
    kind: "unresolved",
    missing: [{ path: "", stage: "evaluate" }],
  });
  assert.deepEqual(
    result.failures.map(({ message }) => message.replace(/[0-9a-f]{12}/, "…")),
    [
      'Cannot complete stage "evaluate": Cannot read artifact …: its bytes are not what was written',
    ],
  );
});

/** Where the files of a folder lie. */
function placesIn(folder: string): readonly string[] {
  return filesBelow(folder).map((path) => join(folder, path));
}

for (
  const [what, damage] of [
    ["a date that is none", { finishedAt: "\u001b[31mX" }],
    ["a time without end", { seconds: 1e308 }],
    ["a name that moves the cursor", { stage: "\u001b[2J" }],
    ["a size that is none", {
      outputs: { value: { digest: "0".repeat(64), bytes: -1 } },
    }],
    ["another artifact than its key asks for", { outputs: {} }],
  ] as const
) {
  test.inFull(`reproduce() names a record with ${what}, and makes it again`, async () => {
    await using rig = await newRig(CHAIN);
    const first = await rig.reproduce();
    const record = first.result.records.get("train");
    assert.ok(record);
    const digest = digestOfKey(record.key);
    const path = join(
      rig.store,
      "records",
      digest.slice(0, 2),
      `${digest}.json`,
    );
    const text = await Deno.readTextFile(path);
    // As another machine may write it, in place of the file and in the words of a record.
    await Deno.remove(path);
    await Deno.writeTextFile(
      path,
      `${canonicalJson({ ...JSON.parse(text), ...damage })}\n`,
    );
    assert.deepEqual((await rig.plan())["train"], [
      "its record is damaged in the store",
    ]);
    assert.notEqual(
      await Deno.readTextFile(path),
      text,
      "a plan mends nothing",
    );
    const second = await rig.reproduce();
    assert.deepEqual(damaged(second), [
      "train.record: Cannot read record …: what it says is not what a run would write",
    ]);
    assert.deepEqual([second.runs, second.value], [["train"], first.value]);
    assert.deepEqual((await rig.reproduce()).runs, []);
    assert.deepEqual(
      JSON.parse(await Deno.readTextFile(path)).outputs,
      record.outputs,
    );
  });
}

test.inFull("reproduce() drops a damaged record although its stage fails then", async () => {
  await using rig = await newRig(CHAIN);
  const first = await rig.reproduce();
  const record = first.result.records.get("train");
  assert.ok(record);
  const digest = digestOfKey(record.key);
  const path = join(rig.store, "records", digest.slice(0, 2), `${digest}.json`);
  await Deno.writeTextFile(path, "{");
  const controller = new AbortController();
  await assert.rejects(rig.reproduce({
    signal: controller.signal,
    emit({ kind }) {
      if (kind === "artifact-damaged") controller.abort(new Error("enough"));
    },
  }));
  await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
});
