import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../engine/define/hash.ts";
import { on, type Rig, rig } from "../rig.ts";
import { training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

const pipelines = [training("toy-a")];
const clock = Date.now;

Deno.test("work runs what reproduce --executor folder wants, and runs names where each stage ran", async () => {
  await using toy = await rig();
  const words = on("reproduce", "--executor", "folder");
  const run = toy.run(words, { pipelines, clock });
  await queued(toy);
  const stop = new AbortController();
  const working = toy.run(on("work"), {
    pipelines,
    clock,
    stop: stop.signal,
  });
  const { code, stdout, stderr } = await run;
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^toy-a at profile default: 3 ran, 0 cached, 0 failed/m);
  stop.abort();
  const worker = await working;
  assert.equal(worker.code, 0, worker.stderr);
  assert.match(
    worker.stdout,
    /^done {2}train.*\n.*3 stages ran, 0 failed; nothing left to do\n$/ms,
  );
  const runs = await toy.run(on("runs", "--json"), { pipelines });
  const [only] = JSON.parse(runs.stdout);
  assert.equal(only.workers.length, 1);
  assert.equal(only.workers[0].pid, `${Deno.pid}`);
});

Deno.test("work leaves when nothing was ready for as long as --idle says", async () => {
  await using toy = await rig();
  await toy.run(on("reproduce"), { pipelines });
  const words = on("work", "--idle", "0");
  const { code, stdout } = await toy.run(words, { pipelines, clock });
  assert.equal(code, 0);
  assert.match(stdout, /\n0 stages ran, 0 failed; nothing left to do\n$/);
});

Deno.test("work waits for the first run to make the store for as long as --idle says", async () => {
  await using toy = await rig();
  const stop = new AbortController();
  const waiting = Promise.withResolvers<void>();
  let looks = 0;
  const working = toy.run(on("work", "--idle", "600"), {
    pipelines,
    clock() {
      if (++looks === 2) waiting.resolve();
      return Date.now();
    },
    stop: stop.signal,
  });
  await waiting.promise;
  await toy.run(on("reproduce"), { pipelines });
  stop.abort();
  const { code, stdout, stderr } = await working;
  assert.equal(code, 0, stderr);
  assert.equal(stderr, 'Waiting for a run to create store "store"\n');
  assert.match(stdout, /\n0 stages ran, 0 failed; nothing left to do\n$/);
});

Deno.test("work says that there is no store when --idle is over, or at once without it", async () => {
  await using toy = await rig();
  for (
    const [words, waits] of [[["--idle", "1"], true], [[], false]] as const
  ) {
    // Of the clock of a rig each look takes half a second.
    const { code, stderr } = await toy.run(on("work", ...words), { pipelines });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^(Waiting for a run to create store "store"\n)?Cannot use store "store": there is none yet; /,
    );
    assert.equal(stderr.startsWith("Waiting"), waits);
  }
});

test.inFull("work ends with code 1 and the reason when it leaves jobs for its device and ran none", async () => {
  await using toy = await rig();
  await toy.run(on("reproduce"), { pipelines });
  const jobs = join(toy.folder, "store/queue/jobs");
  await Deno.mkdir(jobs, { recursive: true });
  const json = '{"format":99}';
  const digest = digestOf(new TextEncoder().encode(json));
  for (const [device, code] of [["other", 0], ["toy", 1]] as const) {
    const name = `000001.0.${device}.0.there.${"ab".repeat(32)}.json`;
    await Deno.writeTextFile(join(jobs, name), `${digest}\n${json}`);
    const words = on("work", "--idle", "0");
    const worker = await toy.run(words, { pipelines, clock });
    assert.equal(worker.code, code);
    assert.equal(
      worker.stderr,
      code === 0
        ? ""
        : "Cannot work for this store: a job is left to others: it has format 99 and this version reads 1\n",
    );
    await Deno.remove(join(jobs, name));
  }
});

/** Waits until a stage is in the queue. */
async function queued({ folder }: Rig): Promise<void> {
  const jobs = join(folder, "store/queue/jobs");
  for (let look = 0; look < 6000; look++) {
    const names = await Array.fromAsync(Deno.readDir(jobs)).catch(() => []);
    if (names.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("no stage was queued");
}
