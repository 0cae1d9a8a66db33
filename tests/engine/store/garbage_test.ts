import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Garbage,
  garbageIn,
  removeGarbage,
} from "../../../engine/store/garbage.ts";
import { digestOfKey, STORE_FORMAT } from "../../../engine/keys/key.ts";
import { queueFiles } from "../../../engine/run/queue/queue_files.ts";
import { openStore } from "../../../engine/store/store.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { codePath } from "../../../engine/store/store_layout.ts";
import { sizesOf } from "../../../engine/store/store_sizes.ts";
import { CHAIN } from "../chain.ts";
import { filesBelow } from "../../files_below.ts";
import { newRigHere, type Rig } from "../rig.ts";
import { withFolder } from "./other_machine.ts";
import { test } from "../../full.ts";

const STAGES = new Map([
  ["chain.smoke", new Set(["load", "train", "evaluate"])],
]);
const ROOTS = {
  stages: STAGES,
  published: new Set<string>(),
  unfinished: false,
};

/** A rig with two runs, the second with another number of epochs. */
async function twice(): Promise<Rig> {
  const rig = await newRigHere(CHAIN);
  await rig.reproduce({ about });
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  await rig.reproduce({ about });
  return rig;
}

const about = { commit: null, device: "none" };

/** Numbers of files by kind. */
function counts(garbage: Garbage): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(garbage).map(([kind, files]) => [kind, files.length])
      .filter(([, n]) => n !== 0),
  );
}

Deno.test("garbageIn() keeps a run that alone says why a stage failed", async () => {
  await using rig = await twice();
  const contents = contentsOf(rig.store);
  const stages = new Map([["chain.smoke", new Set(["load", "fetch"])]]);
  const forgotten = (...states: readonly ("failed" | "ran" | undefined)[]) =>
    garbageIn({
      ...contents,
      runs: contents.runs.map(({ run, ...one }, i) => {
        const { [i]: state } = states;
        const { chain } = run.pipelines;
        assert(chain !== undefined);
        const fetch = state && { fetch: { state, key: undefined } };
        const stages = { ...chain.stages, ...fetch };
        return {
          ...one,
          run: { ...run, pipelines: { chain: { ...chain, stages } } },
        };
      }),
    }, { ...ROOTS, stages, runs: 0 }).runs.length;
  assert.equal(forgotten(undefined, undefined), 2);
  assert.equal(forgotten("failed", undefined), 1);
  assert.equal(forgotten("failed", "failed"), 1);
  assert.equal(forgotten("failed", "ran"), 2);
});

test.inFull("garbageIn() keeps what the last keys and the remembered runs lead to", async () => {
  await using rig = await twice();
  const contents = contentsOf(rig.store);
  assert.deepEqual(counts(garbageIn(contents, ROOTS)), {});
  assert.deepEqual(counts(garbageIn(contents, { ...ROOTS, runs: 2 })), {});
  // train and evaluate of 12 epochs
  const older = { runs: 1, records: 2, artifacts: 2 };
  assert.deepEqual(counts(garbageIn(contents, { ...ROOTS, runs: 1 })), older);
  assert.deepEqual(
    counts(garbageIn(contents, { ...ROOTS, runs: 0 })),
    { ...older, runs: 2 },
  );
});

test.inFull("garbageIn() keeps of a pipeline or stage that is no more what runs and sites need", async () => {
  await using rig = await twice();
  const contents = contentsOf(rig.store);
  const without = (...names: readonly string[]) => ({
    ...ROOTS,
    stages: new Map([
      [
        "chain.smoke",
        STAGES.get("chain.smoke")?.difference(new Set(names)) ??
          new Set<string>(),
      ],
    ]),
  });
  const gone = { ...ROOTS, stages: new Map() };
  assert.deepEqual(counts(garbageIn(contents, gone)), { lastKeys: 1 });
  assert.deepEqual(counts(garbageIn(contents, without("train"))), {});
  assert.deepEqual(
    counts(garbageIn(contents, { ...without("train"), runs: 0 })),
    { runs: 2, records: 3, artifacts: 3 },
  );
  const all = garbageIn(contents, { ...gone, runs: 0 });
  assert.deepEqual(
    counts(all),
    { runs: 2, lastKeys: 1, records: 5, artifacts: 5 },
  );
  const published = new Set(contents.records.keys());
  assert.deepEqual(
    counts(garbageIn(contents, { ...gone, runs: 0, published })),
    { runs: 2, lastKeys: 1 },
  );
  await removeGarbage(rig.store, all);
  assert.equal(contentsOf(rig.store).lastKeys.size, 0);
  assert.equal((await rig.reproduce()).runs.length, 3);
});

test.inFull("garbageIn() keeps what a published site names", async () => {
  await using rig = await twice();
  const contents = contentsOf(rig.store);
  const [first] = contents.runs;
  const keys = Object.values(first?.run.pipelines["chain"]?.stages ?? {})
    .flatMap(({ key }) => key ?? []);
  assert.equal(keys.length, 3);
  assert.deepEqual(
    counts(garbageIn(contents, {
      ...ROOTS,
      runs: 1,
      published: new Set(keys),
    })),
    { runs: 1 },
  );
  const artifact = contents.records.get(keys[2] ?? "")?.record
    ?.outputs["value"]?.digest ?? "";
  assert.deepEqual(
    counts(garbageIn(contents, {
      ...ROOTS,
      runs: 1,
      published: new Set([artifact]),
    })),
    { runs: 1, records: 2, artifacts: 1 },
  );
});

Deno.test("removeGarbage() leaves a store that runs nothing again, and nothing to remove", async () => {
  await using rig = await twice();
  const garbage = garbageIn(contentsOf(rig.store), { ...ROOTS, runs: 1 });
  const before = filesBelow(rig.store);
  await removeGarbage(rig.store, garbage);
  const gone = Object.values(garbage).flat().map(({ path }) => path);
  assert.deepEqual(
    [...filesBelow(rig.store)],
    [...before].filter((path) => !gone.includes(path)),
  );
  assert.deepEqual(
    counts(garbageIn(contentsOf(rig.store), { ...ROOTS, runs: 1 })),
    {},
  );
  assert.deepEqual((await rig.reproduce()).runs, []);
  rig.edit("pipeline.ts", ["epochs: 13", "epochs: 12"]);
  assert.deepEqual((await rig.reproduce()).runs, ["evaluate", "train"]);
});

Deno.test("garbageIn() finds what a killed process may leave behind, and records that are not whole", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const [key = ""] = contentsOf(rig.store).records.keys();
  const orphan = "ab".repeat(32);
  const unfinished = "cd".repeat(32);
  const write = async (path: string, text: string) => {
    const at = join(rig.store, path);
    await Deno.mkdir(join(at, ".."), { recursive: true });
    await Deno.writeTextFile(at, text);
  };
  await write(`objects/ab/${orphan}`, "an artifact without a record");
  await write(`records/ab/${orphan}.json`, "{ not whole");
  await write(`scratch/${key}`, "of a stage that has finished");
  await write(`scratch/${unfinished}`, "of a stage that would go on");
  await write("tmp/half", "half");
  await write("notes.txt", "somebody's own file");
  await Deno.copyFile(
    join(rig.store, `records/${key.slice(0, 2)}/${key}.json`),
    join(rig.store, `records/ab/${unfinished}.json`),
  );
  const contents = contentsOf(rig.store);
  const found = {
    records: 2,
    artifacts: 1,
    unfinishedWork: 1,
    halfWritten: 1,
  };
  assert.deepEqual(counts(garbageIn(contents, ROOTS)), found);
  const all = garbageIn(contents, { ...ROOTS, unfinished: true });
  assert.deepEqual(counts(all), { ...found, unfinishedWork: 2 });
  await removeGarbage(rig.store, all);
  assert.deepEqual((await rig.reproduce()).runs, []);
  assert.equal(
    await Deno.readTextFile(join(rig.store, "notes.txt")),
    "somebody's own file",
  );
  // Of a stage that is needed, but can no longer be read.
  await write(`records/${key.slice(0, 2)}/${key}.json`, "{ not whole");
  assert.equal(counts(garbageIn(contentsOf(rig.store), ROOTS))["records"], 1);
});

Deno.test("garbageIn() keeps what a worker made after its run was killed, until a run has taken notice", () =>
  withFolder(async (folder) => {
    const store = await openStore(folder);
    const queue = queueFiles(folder);
    const digest = await store.putObject(Uint8Array.of(1, 2, 3));
    const key = {
      format: STORE_FORMAT,
      task: "a.ts#a",
      result: { value: "json" },
      code: {},
      packages: {},
      params: {},
      inputs: {},
      environment: {},
    };
    await store.putRecord({
      key,
      stage: "a",
      outputs: { value: { digest, bytes: 3 } },
      finishedAt: "2026-01-01T00:00:00.000Z",
      seconds: 1,
    });
    await queue.putEnd(digestOfKey(key), { by: {} });
    await queue.putEnd("0".repeat(64), { by: {} }); // of a stage that failed
    const stages = new Map([["p.smoke", new Set(["a"])]]);
    const garbage = (unfinished = false) =>
      counts(
        garbageIn(contentsOf(folder), { ...ROOTS, stages, unfinished }),
      );
    assert.deepEqual(garbage(), { queued: 1 });
    assert.deepEqual(garbage(true), { records: 1, artifacts: 1, queued: 2 });
    await store.putLastKeys("p.smoke", new Map([["a", digestOfKey(key)]]));
    assert.deepEqual(garbage(), { queued: 2 });
  }));

Deno.test("garbageIn() removes nothing while the last keys of a pipeline that there is are damaged", () =>
  withFolder(async (folder) => {
    const store = await openStore(folder);
    await store.putObject(Uint8Array.of(1));
    const path = join(folder, "stages/p.smoke.json");
    await Deno.mkdir(join(folder, "stages"));
    for (const text of ["{", '{"a":"b"}', "\0\0"]) {
      await Deno.writeTextFile(path, text);
      const contents = contentsOf(folder);
      const stages = new Map([["p.smoke", new Set(["a"])]]);
      assert.throws(() => garbageIn(contents, { ...ROOTS, stages }), {
        name: "StoreError",
        message:
          'Cannot tell what nothing needs: "stages/p.smoke.json" in the store is damaged or missing; reproduce its pipeline, which writes it again',
      });
      assert.deepEqual(
        counts(garbageIn(contents, ROOTS)),
        { lastKeys: 1, artifacts: 1 },
        "of a pipeline that is no more they say nothing",
      );
    }
    for (const path of ["stages/p.smoke.json", "runs/abc.json"]) {
      await Deno.remove(join(folder, path)).catch(() => {});
      await Deno.mkdir(join(folder, path), { recursive: true });
      assert.throws(() => garbageIn(contentsOf(folder), ROOTS), {
        name: "StoreError",
        message: new RegExp(`"${path}" in the store is damaged`),
      });
      await Deno.remove(join(folder, path));
    }
    await store.putLastKeys("p.smoke", new Map());
    assert.deepEqual(counts(garbageIn(contentsOf(folder), ROOTS)), {
      lastKeys: 1,
      artifacts: 1,
    });
  }));

Deno.test("removeGarbage() removes copies of code but one, and submissions to Slurm that are over", () =>
  withFolder(async (folder) => {
    await openStore(folder);
    const kept = [`${codePath(0)}/a.ts`, "slurm/2/0.log", "slurm/2/asked.json"];
    const paths = [
      ...[...kept, `${codePath(1)}/a.ts`, "code/other-0/deep/a.ts"],
      ...["slurm/1/0.log", "slurm/1/asked.json", "slurm/1/over"],
    ];
    for (const path of paths) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), "1");
    }
    const garbage = garbageIn(contentsOf(folder), ROOTS);
    assert.deepEqual(counts(garbage), { code: 2, submissions: 3 });
    await removeGarbage(folder, garbage);
    assert.deepEqual(
      [...filesBelow(folder)].filter((path) => path !== "format.json"),
      kept,
    );
    for (const place of [codePath(1), "code/other-0", "slurm/1"]) {
      await assert.rejects(
        Deno.stat(join(folder, place)),
        Deno.errors.NotFound,
      );
    }
  }));

Deno.test("sizesOf() counts what pipelines share once", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  rig.edit("pipeline.ts", ['name: "chain"', 'name: "other"']);
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  await rig.reproduce();
  await Deno.writeTextFile(join(rig.store, "tmp/half"), "half");
  const sizes = sizesOf(contentsOf(rig.store));
  assert.deepEqual(
    sizes.pipelines.map(({ name, stages, own, shared }) => [
      ...[name, stages, own.files, shared.files],
    ]),
    [["chain.smoke", 3, 2, 1], ["other.smoke", 3, 2, 1]],
  );
  assert.equal(sizes.own.files, 4);
  assert.deepEqual(sizes.shared, { files: 1, bytes: "[0,1,2]".length });
  assert.deepEqual(sizes.others, { files: 0, bytes: 0 });
  assert.deepEqual(sizes.unfinished, { files: 1, bytes: 4 });
  assert.deepEqual(
    [sizes.records.files, sizes.total.files],
    [5, 11],
  );
  const { own, shared, records } = sizes;
  assert.equal(
    sizes.total.bytes,
    own.bytes + shared.bytes + records.bytes + 4,
  );
});
