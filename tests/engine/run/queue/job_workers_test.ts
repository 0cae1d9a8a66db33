import assert from "node:assert/strict";
import { type Key, STORE_FORMAT } from "../../../../engine/keys/key.ts";
import {
  moduleAt,
  pathOfModule,
  unfitFor,
} from "../../../../engine/run/queue/job_workers.ts";

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
  unfitFor({ stage: "train", key: { ...KEY, ...change } }, HERE);

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

Deno.test("unfitFor() refuses to work with another Deno, platform or package", () => {
  for (
    const [change, words] of [
      [
        { environment: { ...KEY.environment, deno: "1.0.0" } },
        `deno 1.0.0, and here is ${Deno.version.deno}`,
      ],
      [
        { environment: { ...KEY.environment, platform: "plan9 mips" } },
        `platform plan9 mips, and here is ${Deno.build.os} ${Deno.build.arch}`,
      ],
      [
        { packages: { tensors: "2.0.0" } },
        "package tensors 2.0.0, and here is 1.0.0 (sha256 ab)",
      ],
      [
        { packages: { ...KEY.packages, other: "1" } },
        "package other 1, and here is none of that name",
      ],
    ] as const
  ) {
    assert.throws(() => fitness(change), {
      message:
        `Cannot work for this store: stage "train" is to run with ${words}; check out the commit of the run, with its packages and its Deno`,
    });
  }
});

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
