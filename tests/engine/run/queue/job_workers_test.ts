import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../../engine/define/hash.ts";
import { type Key, STORE_FORMAT } from "../../../../engine/keys/key.ts";
import {
  moduleAt,
  newJobWorkers,
  pathOfModule,
  unfitFor,
} from "../../../../engine/run/queue/job_workers.ts";
import type { WorkerJob } from "../../../../engine/run/workers/execute_in_worker.ts";
import { useStore } from "../../../../engine/store/use_store.ts";
import { countWorkers } from "../../counted_workers.ts";
import { withFolder } from "../../store/other_machine.ts";
import { stubWorkers } from "../../stub_worker.ts";

const KEY: Key = {
  format: STORE_FORMAT,
  task: "a.ts#a",
  result: {},
  code: {},
  packages: { tensors: "1.0.0 (sha256 ab)" },
  params: {},
  inputs: {},
  environment: {
    deno: Deno.version.deno,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    device: "wasm",
  },
};

const HERE = {
  lock: {
    versionOf(name: string) {
      if (name === "tensors") return "1.0.0 (sha256 ab)";
      throw new ReferenceError(`Cannot find "${name}"`);
    },
  },
  environments: [{ package: "tensors", facts: { device: "wasm" } }],
};

const fitness = (change: Partial<Key>) =>
  unfitFor({ key: { ...KEY, ...change } }, HERE);

Deno.test("unfitFor() finds nothing against a job whose key would be the same here", () => {
  assert.equal(fitness({}), undefined);
  const { device: _, ...environment } = KEY.environment;
  assert.equal(fitness({ packages: {}, environment }), undefined);
});

Deno.test("unfitFor() leaves a stage for another device to others", () => {
  const environment = { ...KEY.environment, device: "webgpu" };
  assert.equal(
    fitness({ environment }),
    "stages with device webgpu are left to others: here is wasm",
  );
  const more = { ...KEY.environment, adapter: "A100" };
  assert.equal(
    fitness({ environment: more }),
    "stages with adapter A100 are left to others: here is nothing",
  );
});

Deno.test("unfitFor() leaves a stage for another Deno, platform or package to others, with the way out", () => {
  for (
    const [change, words] of [
      [
        { environment: { ...KEY.environment, deno: "1.0.0" } },
        `deno 1.0.0 are left to others: here is ${Deno.version.deno}`,
      ],
      [
        { environment: { ...KEY.environment, platform: "plan9 mips" } },
        `platform plan9 mips are left to others: here is ${Deno.build.os} ${Deno.build.arch}`,
      ],
      [
        { packages: { tensors: "2.0.0" } },
        "package tensors 2.0.0 are left to others: here is 1.0.0 (sha256 ab)",
      ],
      [
        { packages: { ...KEY.packages, other: "1" } },
        "package other 1 are left to others: here is nothing",
      ],
    ] as const
  ) {
    assert.equal(
      fitness(change),
      `stages with ${words}; check out the commit of the run, with its packages and its Deno`,
    );
  }
});

Deno.test("newJobWorkers() leaves stages to others whose isolates are not those of this checkout", () =>
  withFolder(async (root) => {
    await Deno.writeTextFile(join(root, "worker.ts"), "one");
    const digest = digestOf(new TextEncoder().encode("one"));
    using use = await useStore(root);
    const of = (files: Readonly<Record<string, string>>) => {
      using workers = newJobWorkers({
        code: () => ({ files, own: ["worker.ts"] }),
        pathOfCode: assert.fail,
      }, { ...HERE, root, store: root, use });
      return workers.unfitFor({ code: "1".repeat(64) });
    };
    assert.equal(of({ "worker.ts": digest }), undefined);
    assert.equal(
      of({ "worker.ts": "0".repeat(64) }),
      'stages with another "worker.ts" are left to others; check out the commit of the run, with its packages and its Deno',
    );
  }));

Deno.test("newJobWorkers() ends isolates that have nothing to do, and gives the place of their code to others", () =>
  withFolder(async (root) => {
    using _ = stubWorkers();
    using isolates = countWorkers();
    using use = await useStore(root);
    const stopped = new AbortController();
    const stages: readonly WorkerJob[] = [{
      code: {},
      request: {
        stage: "a",
        task: { module: "file:///a.ts", name: "a" },
        args: {},
        inputs: {},
        definitions: {},
        environment: {},
      },
      context: {
        object: assert.fail,
        scratch: {
          load: () => Promise.resolve(undefined),
          save: async () => {},
        },
        fetch: assert.fail,
        signal: stopped.signal,
        onProgress: () => {},
      },
    }];
    {
      using workers = newJobWorkers({
        code: () => ({ files: {}, own: [] }),
        pathOfCode: assert.fail,
      }, { ...HERE, root, store: root, use });
      const run = (n: number) =>
        workers.runTogether({ code: `${n}`.repeat(64) }, stages);
      for (const n of [1, 2, 1, 2]) await run(n);
      assert.equal(isolates.started.length, 2, "two runs take turns");
      for (const n of [3, 4, 5]) await run(n);
      assert.equal(isolates.running(), 2);
      await Promise.all([1, 2, 3].map(run));
      assert.equal(isolates.running(), 4, "none is ended that runs something");
    }
    assert.equal(isolates.running(), 0);
    const copies = await Array.fromAsync(Deno.readDir(join(root, "code")));
    assert.equal(copies.length, 4);
  }));

Deno.test("pathOfModule() and moduleAt() name a module in one checkout and in another", () => {
  for (
    const [module, path, other] of [
      ["file:///a/tasks/b.ts", "tasks/b.ts", "file:///c/d/tasks/b.ts"],
      ["file:///engine/e.ts", "../engine/e.ts", "file:///c/engine/e.ts"],
      ["https://x.org/e.ts", "https://x.org/e.ts", "https://x.org/e.ts"],
    ] as const
  ) {
    assert.equal(pathOfModule(module, "/a"), path);
    assert.equal(moduleAt(path, "/c/d"), other);
  }
});
