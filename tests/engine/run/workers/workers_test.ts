/** Which isolates stages run in, what reaches another, and what becomes of a stage whose isolate dies: long, since all share one toy project. */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bytes } from "../../../../engine/define/codec.ts";
import { sourceOf } from "../../../../engine/define/definition.ts";
import type { WorkerJob } from "../../../../engine/run/workers/execute_in_worker.ts";
import { newWorkers } from "../../../../engine/run/workers/workers.ts";
import { countWorkers } from "../../counted_workers.ts";
import { newRig, type Rig } from "../../rig.ts";
import { StubWorker, stubWorkers } from "../../stub_worker.ts";
import { test } from "../../../full.ts";

const ENGINE = fileURLToPath(new URL("../../../../engine", import.meta.url));

/** Code that is run from where it lies. */
const IN_PLACE = {
  folder: ENGINE,
  pathOf: String,
  urlOf: String,
  original: String,
};

/** Tasks that run in a worker; what they leave behind stays in their isolate. */
const USES = {
  "isolate.ts": `
export const left: { value?: unknown } = {};
let stages = "";
export const uptoHere = (n: number) => stages += n;
`,
  "tasks.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
import { left, uptoHere } from "./isolate.ts";
const result = json(z.unknown());
export const use = defineTask({
  module: import.meta.url, name: "use", result,
  run: async ({ n }: { n: number; after?: unknown }, context): Promise<unknown> => {
    count(uptoHere(n));
    if (n === 1) FIRST
    return n;
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { use } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "uses", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => [1, 2, 3, 4, 5, 6].map((n) => use({ n }, "" + n)),
});
`,
};

/** The stages by isolate, after a run in which the first one does something more. */
async function isolatesOf(
  first: string,
  { jobs = 1 }: { readonly jobs?: number } = {},
) {
  await using rig = await rigOf(first);
  using workers = countWorkers();
  const { runs, result } = await rig.reproduce({ jobs });
  assert.equal(workers.running(), 0);
  return { isolates: byIsolate(runs), result };
}

async function rigOf(first: string): Promise<Rig> {
  const rig = await newRig(USES);
  rig.edit("tasks.ts", ["FIRST", first]);
  return rig;
}

/** The stages of each isolate: what its last one has counted. */
function byIsolate(runs: readonly string[]): readonly string[] {
  return runs.filter((line) =>
    !runs.some((later) => later !== line && later.startsWith(line))
  );
}

Deno.test("reproduce() runs stages one after the other in one worker", async () => {
  const { isolates } = await isolatesOf("{}");
  assert.deepEqual(isolates, ["123456"]);
});

Deno.test("reproduce() starts no more workers than it runs stages at once", async () => {
  const { isolates } = await isolatesOf("{}", { jobs: 2 });
  assert.equal(isolates.join("").length, 6);
  assert.ok(isolates.length <= 2, `${isolates}`);
});

test.inFull("reproduce() uses no worker again whose stage failed", async () => {
  const { isolates, result } = await isolatesOf('throw new Error("no")');
  assert.deepEqual(isolates, ["1", "23456"]);
  assert.deepEqual(result.failures.map(({ stage }) => stage), ["use/1"]);
});

Deno.test("reproduce() uses a worker again whose stage was told that its source cannot be had", async () => {
  const { isolates, result } = await isolatesOf(
    'await context.fetch({ url: "http://127.0.0.1:1/a.csv", title: "a", sha256: "0".repeat(64) });',
  );
  assert.deepEqual(isolates, ["123456"]);
  assert.deepEqual(result.failures.map(({ stage }) => stage), ["use/1"]);
});

test.inFull("reproduce() uses no worker again that holds arrays", async () => {
  const { isolates } = await isolatesOf(
    "left.value = new Uint8Array(260 * 2 ** 20);",
  );
  assert.deepEqual(isolates, ["1", "23456"]);
});

Deno.test("reproduce() uses a worker again whose arrays are garbage", async () => {
  const { isolates } = await isolatesOf(
    "for (let i = 0; i < 8; i++) left.value = new Uint8Array(90 * 2 ** 20);",
  );
  assert.deepEqual(isolates, ["123456"]);
});

for (
  const [what, change] of Object.entries({
    "has put something into the global scope": "Object(globalThis).left = 1;",
    "has changed a method of arrays":
      "Array.prototype.at = () => { throw new Error(); };",
    "has taken something away": "delete Object(globalThis).Blob;",
    "has changed what is left of Deno": "Object(Deno).inspect = String;",
    "has changed an iterator":
      'Object.getPrototypeOf([].values()).left = "behind";',
  })
) {
  test.inFull(`reproduce() uses no worker again whose stage ${what}`, async () => {
    const { isolates, result } = await isolatesOf(change);
    assert.deepEqual(isolates, ["1", "23456"]);
    assert.deepEqual(result.failures, []);
  });
}

/** `(module (memory (export "memory") 1))` */
const MODULE =
  "Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0)";

for (
  const [form, instance] of [
    ["bytes", `(await WebAssembly.instantiate(${MODULE})).instance`],
    [
      "a module",
      `await WebAssembly.instantiate(new WebAssembly.Module(${MODULE}))`,
    ],
  ]
) {
  test.inFull(`reproduce() uses no worker again whose WebAssembly memory, of ${form}, has grown`, async () => {
    const grow = (pages: number) =>
      `{
      const instance = ${instance};
      left.value = instance;
      (instance.exports["memory"] as WebAssembly.Memory).grow(${pages});
    }`;
    const large = await isolatesOf(grow(4000)); // 250 MiB
    assert.deepEqual(large.isolates, ["1", "23456"]);
    const small = await isolatesOf(grow(500));
    assert.deepEqual(small.isolates, ["123456"]);
  });
}

test.inFull("reproduce() replaces a waiting worker in which something throws", async () => {
  await using rig = await rigOf("{}");
  using workers = countWorkers();
  const { runs, result } = await rig.reproduce({
    jobs: 1,
    emit(event) {
      if (event.kind !== "stage-finished" || event.stage !== "use/1") return;
      workers.started[0]?.dispatchEvent(
        new ErrorEvent("error", { message: "left behind", cancelable: true }),
      );
      assert.equal(workers.running(), 0);
    },
  });
  assert.deepEqual(byIsolate(runs), ["1", "23456"]);
  assert.deepEqual(result.failures, []);
  assert.equal(workers.running(), 0);
});

test.inFull("reproduce() runs a stage again, in a new worker, if the worker of another stage dies under it", async () => {
  await using rig = await rigOf(`{
    left.value = true;
    addEventListener("message", () => { throw new Error("left behind"); });
  }`);
  rig.edit("tasks.ts", [
    "return n;",
    "if (n !== 1 && left.value) await new Promise(() => setInterval(() => {}, 1000)); return n;",
  ]);
  using workers = countWorkers();
  const { runs, result } = await rig.reproduce({ jobs: 1 });
  assert.equal(workers.running(), 0);
  assert.deepEqual(result.failures, []);
  assert.match(byIsolate(runs).join(" "), /^12? 23456$/);
});

Deno.test("reproduce() fails a stage whose own worker dies", async () => {
  const { isolates, result } = await isolatesOf(
    '{ setTimeout(() => { throw new Error("by itself"); }, 0); await new Promise(() => setInterval(() => {}, 1000)); }',
  );
  assert.deepEqual(isolates, ["1", "23456"]);
  assert.match(result.failures[0]?.message ?? "", /"use\/1": .*by itself/);
});

test.inFull("reproduce() takes nothing that a finished stage says for a word of the next", async () => {
  await using rig = await rigOf(
    'addEventListener("message", () => context.progress({ unit: "late", done: 1, total: 1 }));',
  );
  const { events, runs } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(byIsolate(runs), ["123456"]);
  assert.deepEqual(
    events.filter(({ kind }) => kind === "stage-progress"),
    [],
  );
});

test.inFull("reproduce() answers nothing that a finished stage asks in the name of the next", async () => {
  await using rig = await rigOf(`{
    const { scratch } = context;
    const late = async () => {
      left.value = await scratch.save(Uint8Array.of(1)).catch((error) => error.message);
    };
    addEventListener("message", () => void late());
  }`);
  rig.edit("tasks.ts", [
    "return n;",
    "if (n !== 2) return n; await new Promise((resolve) => setTimeout(resolve, 100)); return [left.value, await context.scratch.load() ?? null];",
  ]);
  const { value, runs } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(byIsolate(runs), ["123456"]);
  assert.deepEqual((value as unknown[])[1], [
    "Cannot save unfinished work: the stage has ended",
    null,
  ]);
});

Deno.test("newWorkers() answers no question of an earlier run, and takes up no message that is none of a worker", async () => {
  const said: unknown[] = [];
  const odd = [
    "done",
    null,
    undefined,
    {},
    { kind: "ended" },
    { kind: "ended", ends: [] },
    { kind: "ended", ends: [null] },
    { kind: "progress", stage: 0 },
    {
      kind: "progress",
      stage: "0",
      progress: { unit: "n", done: 1, total: 1 },
    },
    { kind: "asked", id: 1, question: { kind: "load", stage: 0 } },
    { kind: "asked", run: -1, id: 1, question: { kind: "load", stage: 0 } },
  ];
  /** Says odd things before it ends. */
  class OddWorker extends StubWorker {
    override postMessage(message?: unknown): void {
      const { kind, run } = Object(message);
      if (kind === "answer") return void said.push(message);
      for (
        const data of [
          ...odd,
          { kind: "asked", run, id: 2, question: { kind: "load", stage: 1 } },
          { kind: "asked", run, id: 3, question: { kind: "guess", stage: 0 } },
          { kind: "asked", run, id: 4, question: { kind: "load", stage: 0 } },
        ]
      ) this.onmessage?.({ data });
      setTimeout(() => super.postMessage(), 0);
    }
  }
  using _ = stubWorkers(OddWorker);
  using workers = newWorkers({
    root: ENGINE,
    reuse: true,
    snapshot: () => Promise.resolve({ copies: IN_PLACE, paths: [], own: [] }),
  });
  const { value } = await workers.run({
    code: {},
    request: {
      stage: "use",
      task: { module: "tasks.ts", name: "use" },
      args: {},
      inputs: {},
      definitions: {},
      environment: {},
    },
    context: {
      object: assert.fail,
      scratch: {
        load: () => Promise.resolve(Uint8Array.of(7)),
        save: () => assert.fail(),
      },
      fetch: assert.fail,
      signal: new AbortController().signal,
      onProgress: () => assert.fail(),
    },
  });
  assert.deepEqual(value, new Uint8Array());
  assert.deepEqual(said, [{ kind: "answer", id: 4, bytes: Uint8Array.of(7) }]);
});

for (
  const [what, word] of [
    ["posts a word", "postMessage('done')"],
    ["posts nothing", "postMessage(null)"],
    ["changes how to post", "postMessage = () => {}"],
  ] as const
) {
  test.inFull(`reproduce() goes on when a stage ${what}`, async () => {
    const { result } = await isolatesOf(`(globalThis as any).${word};`);
    assert.deepEqual(result.failures, []);
  });
}

test.inFull("reproduce() fails a stage that posts an end of which nothing is known", async () => {
  const { result } = await isolatesOf(
    `{
      (globalThis as any).postMessage({ kind: "ended", ends: [{ kind: "failed" }] });
      await new Promise(() => setInterval(() => {}, 1000));
    }`,
  );
  assert.deepEqual(result.failures.map(({ stage }) => stage), ["use/1"]);
});

Deno.test("reproduce() ends waiting and running workers when its signal is raised", async () => {
  await using rig = await rigOf(`{
    context.progress({ unit: "stage", done: 0, total: 1 });
    await new Promise(() => setInterval(() => {}, 1000));
  }`);
  using workers = countWorkers();
  const controller = new AbortController();
  const reason = new Error("Cannot continue: interrupted");
  let open = 6; // the first is running, the others have finished
  await assert.rejects(
    rig.reproduce({
      jobs: 2,
      signal: controller.signal,
      emit(event) {
        const { kind } = event;
        if (kind !== "stage-progress" && kind !== "stage-finished") return;
        if (--open === 0) controller.abort(reason);
      },
    }),
    reason,
  );
  assert.equal(workers.running(), 0);
  assert.deepEqual(
    [...byIsolate(rig.counted())].sort(),
    ["1", "23456"],
  );
});

/** Says nothing once something that a stage has left throws. */
class DyingWorker extends StubWorker {
  static readonly started: DyingWorker[] = [];
  #isDead = false;

  constructor() {
    super();
    DyingWorker.started.push(this);
  }

  die() {
    this.#isDead = true;
    this.onerror?.(new ErrorEvent("error", { message: "left behind" }));
  }

  override postMessage() {
    if (!this.#isDead) super.postMessage();
  }
}

/** Workers that run no code. */
const stubbed = () =>
  newWorkers({
    root: ENGINE,
    reuse: true,
    snapshot: () => Promise.resolve({ copies: IN_PLACE, paths: [], own: [] }),
  });

/** A stage with one input. */
const stage = (object: WorkerJob["context"]["object"]): WorkerJob => ({
  code: {},
  request: {
    stage: "use",
    task: { module: "tasks.ts", name: "use" },
    args: {},
    inputs: {
      given: { digest: "1", codec: { module: "tasks.ts", name: "c" } },
    },
    definitions: {},
    environment: {},
  },
  context: {
    object,
    scratch: { load: () => Promise.resolve(undefined), save: async () => {} },
    fetch: assert.fail,
    signal: new AbortController().signal,
    onProgress: () => {},
  },
});

Deno.test("newWorkers() takes another worker if one dies while the inputs of its next stage are read", async () => {
  using _ = stubWorkers(DyingWorker);
  const { started } = DyingWorker;
  using workers = stubbed();
  await workers.run(stage(() => Promise.resolve(new Uint8Array())));
  await workers.run(stage(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0)); // in which a worker would be taken
    started[0]?.die();
    return new Uint8Array();
  }));
  assert.equal(started.length, 2);
});

for (const isFit of [true, false]) {
  Deno.test(`newWorkers() ${isFit ? "keeps a worker that can" : "ends a worker that cannot"} run another stage, though none is there`, async () => {
    let ended = 0;
    class Rested extends StubWorker {
      override isFit = isFit;
      override terminate() {
        ended++;
      }
    }
    using _ = stubWorkers(Rested);
    using workers = stubbed();
    await workers.run(stage(() => Promise.resolve(new Uint8Array())));
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(ended, isFit ? 0 : 1);
  });
}

Deno.test("newWorkers() keeps no worker once it is disposed of", async () => {
  await using rig = await rigOf("{}");
  await rig.open();
  using counted = countWorkers();
  const root = rig.path("1");
  const { module } = sourceOf(bytes);
  const codec = relative(root, fileURLToPath(module));
  const workers = newWorkers({
    root,
    reuse: true,
    snapshot: () =>
      Promise.resolve({
        copies: {
          folder: root,
          pathOf: (path) => join(root, path),
          urlOf: (module) => module,
          original: (text) => text,
        },
        own: [],
        paths: ["tasks.ts", "count.ts", "isolate.ts", relative(root, ENGINE)],
      }),
  });
  const outputs = await workers.run({
    code: { "tasks.ts": "", "count.ts": "", "isolate.ts": "", [codec]: "" },
    request: {
      stage: "use",
      task: { module: pathToFileURL(join(root, "tasks.ts")).href, name: "use" },
      args: { n: 2 },
      inputs: {},
      definitions: {},
      environment: {},
    },
    context: {
      object: () => Promise.resolve(new Uint8Array()),
      scratch: { load: () => Promise.resolve(undefined), save: async () => {} },
      fetch: () => Promise.reject(new TypeError("Cannot fetch in this test")),
      signal: new AbortController().signal,
      onProgress: () => {},
    },
  });
  assert.equal(new TextDecoder().decode(outputs["value"]), "2");
  assert.equal(counted.running(), 1);
  workers[Symbol.dispose]();
  assert.equal(counted.running(), 0);
});

test.inFull("ready() lays out the code again after that failed", async () => {
  let asked = 0;
  using workers = newWorkers({
    root: ENGINE,
    reuse: true,
    snapshot() {
      if (++asked === 1) return Promise.reject(new Error("the disk is full"));
      return Promise.resolve({ copies: IN_PLACE, paths: [], own: [] });
    },
  });
  await assert.rejects(workers.ready(), { message: "the disk is full" });
  await workers.ready();
  await workers.ready();
  assert.equal(asked, 2);
});
