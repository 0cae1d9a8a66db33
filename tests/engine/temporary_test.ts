/** Results that are made again where they are needed, instead of kept. */
import assert from "node:assert/strict";
import { checkStore } from "../../engine/store/check_store.ts";
import { packStore } from "../../engine/store/pack_store.ts";
import { enterStore } from "../../engine/store/presence.ts";
import { openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { unpackInto } from "../../engine/store/unpack_archive.ts";
import { readerOf, verifyStage } from "../../engine/history/verify.ts";
import { openProject } from "../../engine/run/project.ts";
import { CHAIN } from "./chain.ts";
import { WORKERS } from "./queue_rig.ts";
import { newRig, type Ran, type Rig } from "./rig.ts";

/** A chain in which results of some stages are temporary. */
function temporary(...stages: readonly (keyof typeof TASKS)[]): Promise<Rig> {
  return newRig({
    ...CHAIN,
    ...WORKERS,
    ...Object.fromEntries(stages.map((stage) => [
      `${stage}.ts`,
      TASKS[stage].replace(
        "module: import.meta.url,",
        "module: import.meta.url, temporary: true,",
      ),
    ])),
  });
}

const TASKS = {
  load: CHAIN["load.ts"],
  train: CHAIN["train.ts"],
  evaluate: CHAIN["evaluate.ts"],
};

/** The stages whose results are in the store. */
function kept({ store }: Rig): readonly string[] {
  const { records, objects } = contentsOf(store);
  return [...records.values()].flatMap(({ record }) =>
    record !== undefined &&
      Object.values(record.outputs).every(({ digest }) => objects.has(digest))
      ? [record.stage]
      : []
  ).sort();
}

const kinds = ({ events }: Ran) => new Set(events.map(({ kind }) => kind));

const EDIT = ["epochs: 12", "epochs: 13"] as const;

Deno.test("reproduce() keeps no temporary result once all stages are done, and runs nothing for it the second time", async () => {
  await using rig = await temporary("load");
  const first = await rig.reproduce();
  assert.deepEqual(first.runs, ["evaluate", "load", "train"]);
  assert.deepEqual(kept(rig), ["evaluate", "train"]);
  assert.deepEqual(await rig.plan(), {});
  const second = await rig.reproduce();
  assert.deepEqual(second.runs, []);
  assert.equal(second.value, first.value);
});

Deno.test("reproduce() makes a temporary result again where a stage needs it, and plan says so", async () => {
  await using rig = await temporary("load");
  await rig.reproduce();
  rig.edit("pipeline.ts", EDIT);
  assert.deepEqual(await rig.plan(), {
    load: ["its result, which is not kept, is needed by train"],
    train: ["epochs 12 → 13"],
    evaluate: ["input run may change, because train runs"],
  });
  const second = await rig.reproduce();
  assert.deepEqual(second.runs, ["evaluate", "load", "train"]);
  assert.equal(second.value, "accuracy of 13 epochs on 3 images");
  assert(!kinds(second).has("artifact-damaged"));
  assert(!kinds(second).has("stage-differs"));
  assert.deepEqual(
    second.events.flatMap((event) =>
      event.kind === "stage-started" ? [[event.stage, event.causes]] : []
    )[0],
    ["load", [{ kind: "needed", by: "train" }]],
  );
  assert.deepEqual(
    kept(rig).filter((stage) => stage === "load"),
    [],
  );
});

Deno.test("reproduce() goes back as far as temporary results are needed, and no further", async () => {
  await using rig = await temporary("load", "train");
  await rig.reproduce();
  assert.deepEqual(kept(rig), ["evaluate"]);
  rig.edit("evaluate.ts", ["accuracy of", "accuracy after"]);
  assert.deepEqual(Object.keys(await rig.plan()), [
    "load",
    "train",
    "evaluate",
  ]);
  const second = await rig.reproduce();
  assert.deepEqual(second.runs, ["evaluate", "load", "train"]);
  assert.equal(second.value, "accuracy after 12 epochs on 3 images");

  await using other = await temporary("load");
  await other.reproduce();
  other.edit("evaluate.ts", ["accuracy of", "accuracy after"]);
  assert.deepEqual((await other.reproduce()).runs, ["evaluate"]);
});

Deno.test("reproduce() names a kept result that is gone, and makes temporary ones for it", async () => {
  await using rig = await temporary("load");
  await rig.reproduce();
  const store = await openStore(rig.store);
  const [train] = [...contentsOf(rig.store).records.values()]
    .filter(({ record }) => record?.stage === "train");
  const { digest = "" } = train?.record?.outputs["value"] ?? {};
  await store.dropObject(digest);
  assert.deepEqual(await rig.plan(), {
    load: ["its result, which is not kept, is needed by train"],
    train: ["its value is missing from the store"],
    evaluate: ["input run may change, because train runs"],
  });
  const second = await rig.reproduce();
  assert.deepEqual(second.runs, ["load", "train"]);
  assert(kinds(second).has("artifact-damaged"));
});

Deno.test("reproduce() keeps temporary results that are part of the output, that a failed stage or another run may need, and with keepTemporary", async () => {
  await using output = await temporary("evaluate");
  await output.reproduce();
  assert.deepEqual(kept(output), ["evaluate", "load", "train"]);

  await using failing = await temporary("load", "train");
  failing.edit("evaluate.ts", ["return `", 'throw new Error("no"); return `']);
  await failing.reproduce();
  assert.deepEqual(kept(failing), ["train"]);

  await using beside = await temporary("load");
  await openStore(beside.store);
  using other = enterStore(beside.store);
  await beside.reproduce();
  assert.deepEqual(kept(beside), ["evaluate", "load", "train"]);
  other[Symbol.dispose]();
  beside.edit("pipeline.ts", EDIT);
  await beside.reproduce();
  assert(!kept(beside).includes("load"));

  await using asked = await temporary("load");
  await asked.reproduce({ keepTemporary: true });
  assert.deepEqual(kept(asked), ["evaluate", "load", "train"]);
});

Deno.test("a store without its temporary results has no damage, and takes them as they are into an archive and out of it", async () => {
  await using rig = await temporary("load");
  await rig.reproduce();
  const store = await openStore(rig.store);
  const { signal } = new AbortController();
  assert.deepEqual((await checkStore(store, { signal })).damaged, []);

  const contents = contentsOf(rig.store);
  const pieces = await Array.fromAsync(packStore(store, contents, {
    keys: new Set(contents.records.keys()),
    pipelines: [...contents.lastKeys.keys()],
    runs: [],
  }));
  const other = await openStore(rig.path("other"));
  const packed = await unpackInto(other, {
    name: "archive",
    open: () => Promise.resolve(ReadableStream.from(pieces)),
  });
  assert.deepEqual([packed.records, packed.artifacts], [3, 2]);
  for (const [key, { record }] of contents.records) {
    assert.deepEqual(other.record(key), record);
    assert(record !== undefined && other.isWhole(record));
  }
  assert.deepEqual((await checkStore(other, { signal })).damaged, []);
});

Deno.test("a worker of another process leaves a temporary result to be removed, too", async () => {
  await using rig = await temporary("load");
  const run = rig.spawn({ args: ["wait", "workers"] });
  const worker = rig.spawn({
    module: "worker.ts",
    args: [JSON.stringify({ idle: 1 })],
  });
  assert.equal((await run.end()).code, 0);
  await worker.end();
  rig.edit("pipeline.ts", EDIT);
  await rig.reproduce();
  assert(!kept(rig).includes("load"));
});

Deno.test("verifyStage() makes for itself what is not kept, and finds the same bytes", async () => {
  await using rig = await temporary("load", "train");
  await rig.reproduce();
  const before = kept(rig);
  const store = await openStore(rig.store);
  const project = await openProject({
    root: rig.path("1"),
    store: rig.store,
    environments: [],
  });
  using workers = await project.workersOf([await rig.open()], undefined);
  const options = {
    store,
    workers,
    fetch: () => Promise.reject(new TypeError("Cannot fetch in this test")),
    signal: new AbortController().signal,
  };
  const stages = (await rig.planned()).map(({ node, record }) => {
    assert(record !== undefined);
    return { node, record };
  });
  const kinds = async (of: typeof stages) => {
    const object = readerOf(of, options);
    return await Promise.all(
      of.map(async ({ node, record }) =>
        (await verifyStage(node, record, { ...options, object, tolerance: 0 }))
          .kind
      ),
    );
  };
  assert.deepEqual(await kinds(stages), [
    "identical",
    "identical",
    "identical",
  ]);
  assert.deepEqual(kept(rig), before);

  // The record says what the stage does not give.
  const other = stages.map(({ node, record }) => {
    const value = { digest: "0".repeat(64), bytes: 1 };
    return node.stage.name === "load"
      ? { node, record: { ...record, outputs: { value } } }
      : { node, record };
  });
  assert.deepEqual(await kinds(other), ["stale", "failed", "failed"]);
});
