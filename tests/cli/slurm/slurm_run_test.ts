/** What a run tells the isolate that deals with Slurm, for which a stub stands in; a test has time go by. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { openSlurmRun, type SlurmRun } from "../../../cli/slurm/slurm_run.ts";
import { checkoutOf } from "../../../engine/run/queue/queue_files.ts";
import { DEFAULT_POOL, type Pool } from "../../../engine/run/slurm/pools.ts";
import type { ToFleet } from "../../../engine/run/slurm/fleet_protocol.ts";
import { withFolder } from "../../engine/store/other_machine.ts";
import { rig, ROOT } from "../rig.ts";

/** A run on a device, and looks at its queue when a test asks for one. */
function withRun(
  pools: readonly Pool[],
  act: (rig: {
    readonly folder: string;
    readonly run: SlurmRun;
    /** What was said so far of how much there is to do. */
    readonly said: readonly ToFleet[];
    /** Whether another look is to come; has it come. */
    look(): boolean;
  }) => Promise<void>,
): Promise<void> {
  const { Worker, setTimeout } = globalThis;
  const timers: (() => void)[] = [];
  const said: ToFleet[] = [];
  class Isolate extends EventTarget {
    onmessage?: (event: { readonly data: unknown }) => void;
    terminate() {}
    postMessage(message: ToFleet) {
      if (message.kind === "work") said.push(message);
      else queueMicrotask(() => this.onmessage?.({ data: { kind: "ready" } }));
    }
  }
  return withFolder(async (folder) => {
    globalThis.Worker = Isolate as unknown as typeof Worker;
    globalThis.setTimeout = ((after: () => void) =>
      timers.push(after)) as unknown as typeof setTimeout;
    try {
      using run = await openSlurmRun({
        root: folder,
        store: folder,
        pools,
        extra: [],
        worker: [],
        show: ({ kind }) =>
          assert.fail(kind),
      });
      await run.begin("wasm");
      await act({
        folder,
        run,
        said,
        look() {
          const next = timers.shift();
          next?.();
          return next !== undefined;
        },
      });
    } finally {
      Object.assign(globalThis, { Worker, setTimeout });
    }
  });
}

/** Puts a job for a device into the queue. */
async function put(
  folder: string,
  device: string,
  root = folder,
): Promise<void> {
  const jobs = `${folder}/queue/jobs`;
  await Deno.mkdir(jobs, { recursive: true });
  const end = `${checkoutOf(root)}.${"ab".repeat(32)}.json`;
  await Deno.writeTextFile(`${jobs}/000001.0.${device}.0.${end}`, "");
}

Deno.test("begin() tells what there is to do for workers of its checkout, look by look", () =>
  withRun([DEFAULT_POOL], async ({ folder, said, look }) => {
    const readyIn = (message: ToFleet | undefined) =>
      message?.kind === "work" ? message.pools[0]?.[1].ready : undefined;
    assert.ok(look());
    assert.equal(readyIn(said.at(-1)), 0);
    await put(folder, "wasm", "/another/checkout");
    assert.ok(look());
    assert.equal(readyIn(said.at(-1)), 0);
    await put(folder, "wasm");
    assert.ok(look());
    assert.equal(readyIn(said.at(-1)), 1);
  }));

Deno.test("failed is raised when stages wait for a device that no pool computes on", () =>
  withRun(
    [{ ...DEFAULT_POOL, name: "gpu", device: "webgpu" }],
    async ({ folder, run, look }) => {
      look();
      assert.equal(run.failed.aborted, false);
      await put(folder, "wasm");
      look();
      assert.match(
        run.failed.reason.message,
        /^Cannot go on: .* device "wasm", and no pool .*"gpu" on "webgpu"/,
      );
      assert.equal(look(), false);
    },
  ));

Deno.test("begin() skips looks that fail, and raises failed after a minute of them", () =>
  withRun([DEFAULT_POOL], async ({ folder, run, said, look }) => {
    await Deno.mkdir(`${folder}/queue`);
    const jobs = `${folder}/queue/jobs`;
    const fail = (times: number) => {
      for (let time = 0; time < times; time++) assert.ok(look());
    };
    await Deno.writeTextFile(jobs, "");
    fail(59);
    assert.equal(said.length, 0);
    await Deno.remove(jobs);
    assert.ok(look());
    assert.equal(said.length, 1);
    await Deno.writeTextFile(jobs, "");
    fail(59);
    assert.equal(run.failed.aborted, false);
    fail(1);
    assert.match(run.failed.reason.message, /^Cannot read store /);
    assert.equal(look(), false);
  }));

Deno.test("reproduce --detach permits the job what the line was permitted", async () => {
  const { Worker } = globalThis;
  const runs: (readonly string[])[] = [];
  class Isolate extends EventTarget {
    onmessage?: (event: { readonly data: unknown }) => void;
    terminate() {}
    postMessage(message: ToFleet) {
      const isRun = message.kind === "detach";
      if (isRun) runs.push(message.run);
      const data = isRun ? { kind: "detached", job: "7" } : { kind: "ready" };
      queueMicrotask(() => this.onmessage?.({ data }));
    }
  }
  await using made = await rig();
  const { folder } = made;
  await Deno.writeTextFile(`${folder}/pools.json`, '{ "cpu": { "cpus": 1 } }');
  const words = ["reproduce", "--executor", "slurm", "--device", "wasm"];
  const options = ["--slurm", "pools.json", "--site", "/m/site"];
  globalThis.Worker = Isolate as unknown as typeof Worker;
  try {
    for (const line of [words, [...words, ...options]]) {
      const done = await made.run([...line, "--detach"], {
        pipelines: [],
        mirror: "/m/copies",
      });
      assert.equal(done.code, 0, done.stderr);
    }
  } finally {
    globalThis.Worker = Worker;
  }
  const root = resolve(ROOT);
  const project = `--allow-read=${root},/etc/machine-id`;
  const [usual = [], named = []] = runs;
  assert.deepEqual(
    usual.filter((word) => word.startsWith("--allow-")),
    [`${project},/m/copies`],
  );
  const [read, write, ...more] = named.filter((word) =>
    word.startsWith("--allow-")
  );
  assert.equal(read, `${project},/m/site,/m/copies,pools.json`);
  assert.match(write ?? "", /^--allow-write=.*\/\.store,.*,\/m\/site$/);
  assert.deepEqual(more, []);
});
