import assert from "node:assert/strict";
import { join } from "node:path";
import { lockStore } from "../../../engine/store/lock.ts";
import { CHAIN } from "../chain.ts";
import { newRig, type Rig } from "../rig.ts";

/** A file that a stage in an isolate may see. */
const GO = "1/node_modules/go";

/** A chain whose first stage waits for a file. */
async function waitingRig(): Promise<Rig> {
  const rig = await newRig(CHAIN);
  rig.edit("load.ts", ["run: (", "run: async ("]);
  rig.edit("load.ts", ["number[] => {", "Promise<number[]> => {"]);
  rig.edit("load.ts", [
    'count("load");',
    `count("load");
    const go = ${JSON.stringify(rig.path(GO))};
    while (!await Deno.readTextFile(go).then(() => true, () => false));`,
  ]);
  return rig;
}

Deno.test("two runs at once on one store: the second waits and finds everything made", async () => {
  await using rig = await waitingRig();
  const first = rig.spawn();
  await first.until("stage-started");
  const second = rig.spawn();
  await second.until("waiting-for-lock");
  await Deno.writeTextFile(rig.path(GO), "");
  const ends = [await first.end(), await second.end()];
  assert.deepEqual(ends.map(({ code }) => code), [0, 0], ends[1]?.error);
  assert.deepEqual(rig.counted(), ["evaluate", "load", "train"]);
  assert.ok(ends[1]?.output.includes("stage-cached evaluate"));
});

Deno.test("two runs at once on one store: the second is refused if it asks for that", async () => {
  await using rig = await waitingRig();
  const first = rig.spawn();
  await first.until("stage-started");
  await assert.rejects(rig.reproduce({ ifLocked: "refuse" }), {
    name: "StoreError",
    message: new RegExp(
      `^Cannot use store ".*": another run is using it \\(process ${first.process.pid}, since .*\\); wait until it ends, or choose another folder with --store$`,
    ),
  });
  await Deno.writeTextFile(rig.path(GO), "");
  assert.equal((await first.end()).code, 0);
});

Deno.test("a killed run does not hold its lock", async () => {
  await using rig = await waitingRig();
  const first = rig.spawn();
  await first.until("stage-started");
  first.process.kill("SIGKILL");
  await first.end();
  await Deno.writeTextFile(rig.path(GO), "");
  const { runs } = await rig.reproduce({ ifLocked: "refuse" });
  assert.deepEqual(runs, ["evaluate", "load", "train"]);
});

Deno.test("lockStore() waits until the lock is free", async () => {
  const folder = await Deno.makeTempDir();
  const first = await lockStore(folder, { ifHeld: "wait" });
  const waits = Promise.withResolvers<string>();
  const second = lockStore(folder, { ifHeld: "wait", onWait: waits.resolve });
  assert.match(await waits.promise, new RegExp(`^process ${Deno.pid}, since `));
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("lockStore() stops waiting when its signal is raised", async () => {
  const folder = await Deno.makeTempDir();
  using _first = await lockStore(folder, { ifHeld: "wait" });
  const controller = new AbortController();
  const reason = new Error("Cannot continue: interrupted");
  const onWait = () => controller.abort(reason);
  const { signal } = controller;
  await assert.rejects(
    lockStore(folder, { ifHeld: "wait", signal, onWait }),
    reason,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("lockStore() says when the folder cannot be made", async () => {
  const file = await Deno.makeTempFile();
  await assert.rejects(lockStore(join(file, "store"), { ifHeld: "wait" }), {
    name: "StoreError",
    message: /^Cannot write to store ".*store": /,
  });
  await Deno.remove(file);
});
