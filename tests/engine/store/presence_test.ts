import assert from "node:assert/strict";
import { join } from "node:path";
import {
  enterStore,
  holderText,
  nameOfProcess,
} from "../../../engine/store/presence.ts";
import { thisMachine } from "../../../engine/store/machine.ts";
import { filesBelow } from "../../files_below.ts";
import { OTHER, present, raised, withFolder } from "./other_machine.ts";

/** Short enough for a test. */
const lease = 0.06;

Deno.test("enterStore() leaves a file that says who it is, and removes it in the end", () =>
  withFolder((folder) => {
    {
      using one = enterStore(folder, { about: { job: "7" } });
      using two = enterStore(folder);
      const [seen] = two.others();
      assert.equal(seen?.id, one.id);
      assert.equal(seen.isAlive, true);
      assert.equal(seen.note?.machine, thisMachine());
      assert.equal(nameOfProcess(seen), `process ${Deno.pid} (job 7)`);
      one.say({ job: "8", stage: "x".repeat(1000) });
      assert.equal(two.look(one.id)?.note?.about?.["job"], "8");
      one.say({ job: "9" });
      assert.deepEqual(two.look(one.id)?.note?.about, { job: "9" });
    }
    assert.deepEqual(filesBelow(folder), []);
  }));

Deno.test("enterStore() says when the folder cannot be made", async () => {
  const file = await Deno.makeTempFile();
  assert.throws(() => enterStore(join(file, "store")), {
    name: "StoreError",
    message: /^Cannot write to store ".*store": /,
  });
  await Deno.remove(file);
});

Deno.test("look() takes a process of this machine for dead as soon as the kernel has freed its lock", () =>
  withFolder((folder) => {
    present(folder, { id: "dead", machine: thisMachine() });
    using presence = enterStore(folder);
    assert.equal(presence.look("dead")?.isAlive, false);
    assert.equal(presence.look("dead")?.isDead, true);
    assert.equal(presence.look("nobody"), undefined);
  }));

Deno.test("look() goes by signs of life on this machine, too, where a file system knows no locks", () =>
  withFolder((folder) => {
    const { lockSync, tryLockSync } = Deno.FsFile.prototype;
    const none = (): never => {
      throw new Error("Function not implemented (os error 38)");
    };
    Object.assign(Deno.FsFile.prototype, { lockSync: none, tryLockSync: none });
    try {
      using presence = enterStore(folder);
      using other = enterStore(folder);
      assert.equal(presence.look(other.id)?.isAlive, true);
      const machine = thisMachine();
      present(folder, { id: "silent", machine, seconds: 35, lease: 30 });
      assert.equal(presence.look("silent")?.isAlive, false);
    } finally {
      Object.assign(Deno.FsFile.prototype, { lockSync, tryLockSync });
    }
  }));

Deno.test("look() goes by the clock of the file system for other machines, and by what they say of their lease", () =>
  withFolder((folder) => {
    using presence = enterStore(folder);
    const alive = (seconds: number, lease: number) => {
      present(folder, { seconds, lease });
      return presence.look("other")?.isAlive;
    };
    assert.equal(alive(12, 30), true);
    assert.equal(alive(35, 30), false);
    assert.equal(alive(35, 60), true);
  }));

Deno.test("look() is certain that a machine is dead once its old sign of life stayed the same for half a lease, as the clock may have been set forward", () =>
  withFolder(async (folder) => {
    const lease = 0.2;
    using presence = enterStore(folder);
    let start = performance.now();
    const isDead = () => presence.look("other")?.isDead;
    for (const seconds of [3600, 3599]) { // it gives another sign, as the living do
      present(folder, { lease, seconds });
      start = performance.now();
      assert.equal(presence.look("other")?.isAlive, false);
    }
    while (!isDead()) await turn();
    assert.ok(performance.now() - start > 1000 * lease / 2);
  }));

Deno.test("look() takes a machine for dead that was silent while this process watched, though the clock was set back", () =>
  withFolder(async (folder) => {
    using presence = enterStore(folder);
    present(folder, { lease, seconds: -3600 });
    assert.equal(presence.look("other")?.isAlive, true);
    while (presence.look("other")?.isAlive) await turn();
    assert.equal(presence.look("other")?.isDead, true);
  }));

for (const text of ["", "{", "{}"]) {
  Deno.test(`look() takes a process whose file says "${text}" for one that has just started`, () =>
    withFolder((folder) => {
      present(folder);
      Deno.writeTextFileSync(join(folder, "alive/other.json"), text);
      using presence = enterStore(folder);
      const seen = presence.look("other");
      assert.equal(seen?.isAlive, true);
      assert.equal(holderText(seen), "another process, just started");
    }));
}

Deno.test("look() and others() take nobody for gone where the system cannot tell", () =>
  withFolder(async (folder) => {
    using presence = enterStore(folder);
    assert.throws(() => presence.look("x".repeat(300)), {
      name: "StoreError",
      message: /^Cannot read store ".*": .*os error 36/,
    });
    const alive = join(folder, "alive");
    await Deno.rename(alive, join(folder, "aside"));
    assert.deepEqual(presence.others(), []);
    await Deno.writeTextFile(alive, "");
    assert.throws(() => presence.others(), { name: "StoreError" });
    await Deno.remove(alive);
    await Deno.rename(join(folder, "aside"), alive);
  }));

Deno.test("others() opens nothing that is no file", () =>
  withFolder(async (folder) => {
    using presence = enterStore(folder);
    const path = join(folder, "alive/pipe.json");
    await new Deno.Command("mkfifo", { args: [path] }).output();
    assert.deepEqual(presence.others(), []);
  }));

Deno.test("a presence is renewed, and hears of it when it was taken for dead", () =>
  withFolder(async (folder) => {
    using one = enterStore(folder, { lease });
    const path = join(folder, "alive", `${one.id}.json`);
    const before = await Deno.stat(path);
    await new Promise<void>((resolve) => one.onBeat(resolve));
    assert.equal(
      (await Deno.stat(path)).ino,
      before.ino,
      "it is the same file",
    );
    using two = enterStore(folder);
    two.bury(one.id);
    assert.match(
      await raised(one.lost),
      /^Cannot go on with store ".*": this process was taken for dead, because it gave no sign of life for 0.06 s; /,
    );
  }));

Deno.test("a presence that was taken for dead judges nobody by its own clock", () =>
  withFolder((folder) => {
    using one = enterStore(folder);
    present(folder);
    assert.equal(one.look("other")?.isAlive, true);
    one.bury(one.id);
    assert.throws(() => one.look("other"), /was taken for dead/);
    assert.throws(() => one.now(), /was taken for dead/);
    assert.ok(one.lost.aborted);
    return Promise.resolve();
  }));

Deno.test("holderText() leaves out this machine, and says of one without name that it is another", () => {
  const sighting = {
    id: "other",
    note: { ...OTHER, machine: thisMachine() },
    isAlive: true,
    isDead: false,
    age: 3.2,
  };
  const text = "process 12, since 2026-01-02T03:04:05.000Z";
  assert.equal(holderText(sighting), text);
  const note = { ...OTHER, machine: "/elsewhere" };
  assert.equal(
    holderText({ ...sighting, note }),
    text.replace(",", " on another machine,") + ", last sign of life 3 s ago",
  );
  assert.equal(nameOfProcess({ note: OTHER }), "process 12 on host-b");
});

/** Lets timers run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
