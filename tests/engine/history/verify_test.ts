/** Stages that are run again from a record, and what the two results say. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import { type Graph, graphOf } from "../../../engine/run/graph.ts";
import type { Json } from "../../../engine/define/hash.ts";
import {
  openStore,
  type StageRecord,
  type Store,
} from "../../../engine/store/store.ts";
import { defineTask } from "../../../engine/define/task.ts";
import type { TaskContext } from "../../../engine/define/task_context.ts";
import {
  type Verification,
  type VerifyOptions,
  verifyStage,
} from "../../../engine/history/verify.ts";
import { openProject } from "../../../engine/run/project.ts";
import { newRig } from "../rig.ts";
import { workersHere } from "../workers_here.ts";
import { test } from "../../full.ts";

type Measure = (
  args: { readonly of?: number | undefined },
  context: TaskContext,
) => unknown;

/** What the task does now, as if its code had changed. */
let measured: Measure = () => 0;
/** How often it was run. */
let runs = 0;

export const measure = defineTask({
  module: import.meta.url,
  name: "measure",
  result: json(z.unknown()),
  run(args: { of?: number }, context) {
    runs++;
    return measured(args, context);
  },
});

interface Recorded {
  readonly store: Store;
  readonly graph: Graph;
  /** The record of `measure`, which gave this. */
  readonly record: StageRecord;
}

const encode = (value: Json) => new TextEncoder().encode(JSON.stringify(value));

/** A store in which `measure` is on record with a value, made of an input. */
async function withRecord(
  value: Json,
  test: (recorded: Recorded) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "verify-" });
  runs = 0;
  try {
    const store = await openStore(folder);
    const input = await store.putObject(encode(5));
    const digest = await store.putObject(encode(value));
    const record: StageRecord = {
      key: {
        format: 1,
        task: "verify_test.ts#measure",
        result: { value: "json" },
        code: {},
        packages: {},
        params: {},
        inputs: { of: input },
        environment: { device: "toy" },
      },
      stage: "measure/b",
      outputs: { value: { digest, bytes: encode(value).length } },
      finishedAt: "2026-01-01T00:00:00.000Z",
      seconds: 1,
    };
    const graph = graphOf(
      measure({ of: measure({}, "a") as never }, "b"),
    );
    await test({ store, graph, record });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function verified(
  { store, graph, record }: Recorded,
  options: Partial<VerifyOptions> = {},
): Promise<Verification> {
  const node = graph.find("measure/b");
  assert.ok(node);
  return await verifyStage(node, record, {
    store,
    workers: workersHere(),
    fetch: () => Promise.reject(new TypeError("Cannot fetch in this test")),
    signal: new AbortController().signal,
    tolerance: 0,
    ...options,
  });
}

Deno.test("verifyStage() finds the same bytes, made once of the recorded inputs and environment", () =>
  withRecord([5, "toy"], async (recorded) => {
    measured = ({ of }, { environment }) => [of, environment["device"]];
    assert.deepEqual(await verified(recorded), { kind: "identical" });
    assert.equal(runs, 1);
  }));

Deno.test("verifyStage() finds in the store a published file that is known by git's id alone", () =>
  withRecord(7, async (recorded) => {
    const source = {
      url: "https://example.org/seven.json",
      gitBlob: "c7930257dfef505fd996e1d6f22f2f35149990d0", // of "7"
      title: "seven",
    };
    measured = async (_, { fetch }) =>
      JSON.parse(new TextDecoder().decode(await fetch(source)));
    assert.deepEqual(await verified(recorded), { kind: "identical" });
    measured = async (_, { fetch }) => [(await fetch(source)).length];
    assert.equal((await verified(recorded)).kind, "stale"); // of two executions
    const other = { ...source, gitBlob: "0".repeat(40) };
    measured = async (_, { fetch }) => await fetch(other);
    assert.equal((await verified(recorded)).kind, "failed");
  }));

Deno.test("verifyStage() keeps nothing of what it makes", () =>
  withRecord(1, async (recorded) => {
    measured = () => 2;
    const objects = async () => {
      const folder = `${recorded.store.folder}/objects`;
      const found = await Array.fromAsync(Deno.readDir(folder));
      return found.map(({ name }) => name).sort();
    };
    const before = await objects();
    await verified(recorded);
    assert.deepEqual(await objects(), before);
  }));

Deno.test("verifyStage() takes a deviation within the tolerance for close, and says how large it is", () =>
  withRecord({ loss: 4, name: "a" }, async (recorded) => {
    measured = () => ({ loss: 4.5, name: "a" });
    assert.deepEqual(
      await verified(recorded, { tolerance: 0.125 }),
      { kind: "close", deviation: 0.5 / 4.5 },
    );
    assert.equal(runs, 1);
  }));

Deno.test("verifyStage() takes nothing for close but numbers", () =>
  withRecord({ loss: 4, name: "a" }, async (recorded) => {
    measured = () => ({ loss: 4, name: "b" });
    assert.deepEqual(await verified(recorded, { tolerance: 1e9 }), {
      kind: "stale",
      differences: [{
        field: "value",
        kind: "other",
        path: "name",
        before: '"a"',
        after: '"b"',
      }],
    });
  }));

Deno.test("verifyStage() takes the same values in other bytes for close, but not where the same bytes are asked for", () =>
  withRecord({ loss: 4, accuracy: 1 }, async (recorded) => {
    measured = () => ({ accuracy: 1, loss: 4 });
    assert.deepEqual(await verified(recorded), {
      kind: "stale",
      differences: [],
    });
    assert.deepEqual(await verified(recorded, { tolerance: 0.001 }), {
      kind: "close",
      deviation: 0,
    });
  }));

Deno.test("verifyStage() calls a record stale that two equal executions do not give", () =>
  withRecord({ loss: 1 }, async (recorded) => {
    measured = () => ({ loss: 2 });
    assert.deepEqual(await verified(recorded), {
      kind: "stale",
      differences: [
        { field: "value", kind: "number", path: "loss", before: 1, after: 2 },
      ],
    });
    assert.equal(runs, 2);
  }));

Deno.test("verifyStage() calls a record stale that two close executions are far from", () =>
  withRecord(1, async (recorded) => {
    measured = () => 2 + runs / 1000;
    assert.deepEqual(await verified(recorded, { tolerance: 0.01 }), {
      kind: "stale",
      differences: [
        { field: "value", kind: "number", path: "", before: 1, after: 2.001 },
      ],
    });
  }));

Deno.test("verifyStage() tells what differs between two executions that disagree, not from the record", () =>
  withRecord(0, async (recorded) => {
    measured = () => runs;
    assert.deepEqual(await verified(recorded), {
      kind: "non-deterministic",
      differences: [
        { field: "value", kind: "number", path: "", before: 1, after: 2 },
      ],
    });
    assert.equal(runs, 2);
  }));

Deno.test("verifyStage() names a field that only the record has", () =>
  withRecord(1, async ({ record, ...rest }) => {
    measured = () => 1;
    const { value } = record.outputs;
    assert.ok(value);
    const outputs = { ...record.outputs, weights: value };
    assert.deepEqual(
      await verified({ ...rest, record: { ...record, outputs } }),
      {
        kind: "stale",
        differences: [{
          field: "weights",
          kind: "other",
          path: "",
          before: "a field that only one has",
        }],
      },
    );
  }));

Deno.test("verifyStage() gives each execution a scratch of its own, empty at first", () =>
  withRecord([null, 7], async (recorded) => {
    await recorded.store.scratch("any").save(Uint8Array.of(9));
    measured = async (_, { scratch }) => {
      const before = await scratch.load();
      const bytes = Uint8Array.of(7);
      await scratch.save(bytes);
      bytes[0] = 8; // what was saved is a copy
      return [before?.[0] ?? null, (await scratch.load())?.[0], "more"];
    };
    const verification = await verified(recorded);
    assert.ok(verification.kind === "stale");
    assert.deepEqual(
      verification.differences.map(({ path }) => path),
      ["[2]"],
    );
    assert.equal(runs, 2);
  }));

Deno.test("verifyStage() says that what is recorded is damaged, and the way out", () =>
  withRecord(1, async (recorded) => {
    measured = () => 1;
    const { digest = "" } = recorded.record.outputs["value"] ?? {};
    const { folder } = recorded.store;
    await Deno.remove(join(folder, "objects", digest.slice(0, 2), digest));
    const verification = await verified(recorded);
    assert.ok(verification.kind === "failed");
    assert.equal(
      verification.error.message,
      'Cannot verify value of stage "measure/b": its artifact in the store is damaged; deno task reproduce makes it again',
    );
    assert.equal(runs, 0);
  }));

Deno.test("verifyStage() passes on what its task throws, as an error", () =>
  withRecord(1, async (recorded) => {
    const error = new RangeError("the loss is NaN");
    for (const thrown of [error, "out of paper"]) {
      measured = () => {
        throw thrown;
      };
      assert.deepEqual(await verified(recorded), {
        kind: "failed",
        error: thrown === error ? error : new Error("out of paper"),
      });
    }
  }));

Deno.test("verifyStage() throws the reason of its signal, whatever the task throws then", () =>
  withRecord(1, async (recorded) => {
    const controller = new AbortController();
    measured = () => {
      controller.abort(new Error("Stopped"));
      throw new RangeError("Cannot train: the loss is NaN");
    };
    await assert.rejects(
      verified(recorded, { signal: controller.signal }),
      { message: "Stopped" },
    );
  }));

test.inFull("verifyStage() finds what a stage has made of what an earlier one left in a module", async () => {
  await using rig = await newRig({
    "left.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
let stages = 0;
export const stagesSoFar = defineTask({
  module: import.meta.url, name: "stagesSoFar", result: json(z.number()),
  run: (_: { n: number }) => ++stages,
});
`,
    "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { stagesSoFar } from "./left.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "left", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => [stagesSoFar({ n: 1 }, "1"), stagesSoFar({ n: 2 }, "2")],
});
`,
  });
  const { value } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(value, [1, 2]);
  const { store } = rig;
  const project = await openProject({
    root: rig.path("1"),
    store,
    environments: [],
  });
  using workers = await project.workersOf([await rig.open()], undefined);
  const kinds: string[] = [];
  for (const { node, record } of await rig.planned()) {
    assert.ok(record);
    const { kind } = await verifyStage(node, record, {
      store: await openStore(rig.store),
      workers,
      fetch: () => Promise.reject(new TypeError("Cannot fetch in this test")),
      signal: new AbortController().signal,
      tolerance: 0,
    });
    kinds.push(kind);
  }
  assert.deepEqual(kinds, ["identical", "stale"]);
});
