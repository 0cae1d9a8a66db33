/** A store that another machine uses: here that is whoever writes its lease. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  createLease,
  holderText,
  isThisMachine,
  LEASE_TIMING,
  type LeaseHolder,
  readLease,
  thisMachine,
  writeLease,
} from "../../../engine/store/lease.ts";
import { lockStore } from "../../../engine/store/lock.ts";
import { CHAIN } from "../chain.ts";
import { filesBelow } from "../files_below.ts";
import { newRig } from "../rig.ts";

const OTHER: LeaseHolder = {
  id: "other",
  machine: "host-b/0123",
  pid: 12,
  since: "2026-01-02T03:04:05.000Z",
};
/** Short enough for a test. */
const timing = { beat: 20, stale: 60, settle: 20 };

async function withFolder(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "lease-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Sets the time of the lease, as seen by the file system. */
async function renewedAgo(folder: string, seconds: number): Promise<void> {
  const time = new Date(Date.now() - 1000 * seconds);
  await Deno.utime(join(folder, "lease.json"), time, time);
}

Deno.test("lockStore() is refused while another machine renews its lease", () =>
  withFolder(async (folder) => {
    writeLease(folder, OTHER, 7);
    await renewedAgo(folder, 12);
    await assert.rejects(lockStore(folder, { ifHeld: "refuse" }), {
      name: "StoreError",
      message:
        `Cannot use store "${folder}": another run is using it (process 12 on host-b, since 2026-01-02T03:04:05.000Z, last sign of life 12 s ago); wait until it ends, or choose another folder with --store`,
    });
    assert.equal(readLease(folder)?.id, "other");
  }));

Deno.test("lockStore() takes over at once from another machine that was silent for long", () =>
  withFolder(async (folder) => {
    writeLease(folder, OTHER, 7);
    await renewedAgo(folder, LEASE_TIMING.stale / 1000 + 5);
    using lock = await lockStore(folder, {
      ifHeld: "refuse",
      timing: { ...LEASE_TIMING, settle: 1 },
    });
    assert.equal(readLease(folder)?.machine, thisMachine());
    assert.equal(lock.lost.aborted, false);
  }));

Deno.test("lockStore() takes over from a machine whose lease lies in the future, once it was silent for long", () =>
  withFolder(async (folder) => {
    writeLease(folder, OTHER, 7);
    await renewedAgo(folder, -3600); // the clock of the file system was set back
    let waited = "";
    using _lock = await lockStore(folder, {
      ifHeld: "wait",
      timing,
      onWait: (holder) => waited = holder,
    });
    assert.match(
      waited,
      /^process 12 on host-b, .* last sign of life 0 s ago$/,
    );
    assert.equal(readLease(folder)?.machine, thisMachine());
  }));

Deno.test("lockStore() yields to a machine that takes over at the same time", () =>
  withFolder(async (folder) => {
    writeLease(folder, OTHER, 7);
    await renewedAgo(folder, 3600);
    const controller = new AbortController();
    const locking = lockStore(folder, {
      ifHeld: "wait",
      signal: controller.signal,
      timing: { ...timing, settle: 50, stale: 10_000 },
      onWait: () => controller.abort(new Error("it waits")),
    });
    while (readLease(folder)?.id === "other") await turn();
    writeLease(folder, { ...OTHER, id: "third", machine: "host-c/4" }, 0);
    await assert.rejects(locking, { message: "it waits" });
    assert.equal(readLease(folder)?.id, "third");
  }));

Deno.test("createLease() gives a store without lease to one of those who ask", () =>
  withFolder((folder) => {
    assert.equal(createLease(folder, OTHER), true);
    assert.equal(createLease(folder, { ...OTHER, id: "third" }), false);
    assert.equal(readLease(folder)?.id, "other");
    assert.deepEqual(filesBelow(folder), ["lease.json"]);
    return Promise.resolve();
  }));

Deno.test("lockStore() gives its lock back though the file system has gone", () =>
  withFolder(async (folder) => {
    const { unlockSync } = Deno.FsFile.prototype;
    const lock = await lockStore(folder, { ifHeld: "refuse" });
    try {
      Deno.FsFile.prototype.unlockSync = () => {
        throw new Error("Transport endpoint is not connected (os error 107)");
      };
      lock[Symbol.dispose]();
    } finally {
      Deno.FsFile.prototype.unlockSync = unlockSync;
    }
    using _again = await lockStore(folder, { ifHeld: "refuse" });
  }));

Deno.test("lockStore() takes the lease of a dead process of this machine at once", () =>
  withFolder(async (folder) => {
    writeLease(folder, { ...OTHER, machine: thisMachine() }, 7);
    using _lock = await lockStore(folder, { ifHeld: "refuse" });
    assert.equal(readLease(folder)?.pid, Deno.pid);
  }));

Deno.test("lockStore() renews its lease, and removes it in the end", () =>
  withFolder(async (folder) => {
    {
      using _lock = await lockStore(folder, { ifHeld: "refuse", timing });
      while ((readLease(folder)?.beat ?? 0) < 3) await turn();
    }
    assert.equal(readLease(folder), undefined);
    assert.deepEqual(filesBelow(join(folder, "tmp")), []);
  }));

Deno.test("lockStore() says that it lost the store to another machine, and leaves that one's lease", () =>
  withFolder(async (folder) => {
    {
      using lock = await lockStore(folder, { ifHeld: "refuse", timing });
      writeLease(folder, OTHER, 0);
      const { promise, resolve } = Promise.withResolvers<void>();
      lock.lost.addEventListener("abort", () => resolve());
      await promise;
      assert.equal(
        lock.lost.reason.message.replace(/\d+ s ago/, "… ago"),
        `Cannot go on with store "${folder}": process 12 on host-b, since 2026-01-02T03:04:05.000Z, last sign of life … ago took it over, because this process gave no sign of life for a while; finished stages are kept, run the command again`,
      );
    }
    assert.equal(readLease(folder)?.id, "other");
  }));

for (const text of ["", "{", "{}"]) {
  Deno.test(`lockStore() takes a lease that says "${text}" for none`, () =>
    withFolder(async (folder) => {
      await Deno.writeTextFile(join(folder, "lease.json"), text);
      using _lock = await lockStore(folder, { ifHeld: "refuse" });
      assert.equal(readLease(folder)?.pid, Deno.pid);
    }));
}

Deno.test("holderText() leaves out this machine, and says of one without name that it is another", () => {
  const lease = { ...OTHER, machine: thisMachine(), beat: 1, age: 3 };
  const text = "process 12, since 2026-01-02T03:04:05.000Z";
  assert.equal(holderText(lease), text);
  assert.equal(
    holderText({ ...lease, machine: "/elsewhere" }),
    text.replace(",", " on another machine,") + ", last sign of life 3 s ago",
  );
});

Deno.test("isThisMachine() goes by what both know", () => {
  const [name = "", id = ""] = thisMachine().split("/");
  for (const part of [`${name}/${id}`, `/${id}`, `${name}/`, "/"]) {
    assert.equal(isThisMachine(part), true, part);
  }
  assert.ok(name + id, "at least one is known here");
  for (const part of [`x${name}/x${id}`]) {
    assert.equal(isThisMachine(part), false, part);
  }
});

Deno.test("reproduce() ends with a word if another machine takes the store over", async () => {
  await using rig = await newRig(CHAIN);
  rig.edit("train.ts", ["run: (", "run: async ("]);
  rig.edit("train.ts", [
    'count("train");',
    'count("train"); if (SLOW) await new Promise(() => setInterval(() => {}, 1000));',
  ]);
  rig.edit("train.ts", ["SLOW", "epochs === 12"]);
  await assert.rejects(
    rig.reproduce({
      leaseTiming: timing,
      emit(event) {
        if (event.kind === "stage-started" && event.stage === "train") {
          writeLease(rig.store, OTHER, 0);
        }
      },
    }),
    { name: "StoreError", message: /^Cannot go on with store ".*took it over/ },
  );
  await Deno.remove(join(rig.store, "lease.json"));
  rig.edit("train.ts", ["epochs === 12", "epochs === 11"]);
  assert.deepEqual((await rig.reproduce()).runs, ["evaluate", "train"]);
});

/** Lets timers run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
