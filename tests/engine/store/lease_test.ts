import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Lease,
  type Leases,
  newLeases,
} from "../../../engine/store/lease.ts";
import { enterStore, type Presence } from "../../../engine/store/presence.ts";
import { stream } from "../../../engine/define/random.ts";
import { filesBelow } from "../../files_below.ts";
import { leased, present, raised, withFolder } from "./other_machine.ts";

/** A process with its leases. */
interface Process extends Disposable {
  readonly presence: Presence;
  readonly leases: Leases;
}

function process(folder: string, lease?: number): Process {
  const presence = enterStore(folder, { lease });
  const leases = newLeases(folder, presence);
  return {
    presence,
    leases,
    [Symbol.dispose]() {
      leases[Symbol.dispose]();
      presence[Symbol.dispose]();
    },
  };
}

async function ours({ leases }: Process, name: string): Promise<Lease> {
  const claim = await leases.claim(name);
  assert.equal(claim.kind, "ours");
  return (claim as Extract<typeof claim, { kind: "ours" }>).lease;
}

/** A lease that another machine has, once that is dead for certain. */
async function soonOurs(process: Process, name: string): Promise<Lease> {
  for (;;) {
    const claim = await process.leases.claim(name);
    if (claim.kind === "ours") return claim.lease;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

Deno.test("claim() gives a lease to one process at a time", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    using two = process(folder);
    const lease = await ours(one, "a");
    const claim = await two.leases.claim("a");
    assert.ok(claim.kind === "theirs" && claim.holder.id === one.presence.id);
    assert.equal(two.leases.holder("a")?.id, one.presence.id);
    await ours(two, "b");
    lease[Symbol.dispose]();
    assert.equal(two.leases.holder("a"), undefined);
    await ours(two, "a");
    lease[Symbol.dispose](); // a second time it gives nothing back
    assert.equal((await one.leases.claim("a")).kind, "theirs");
  }));

Deno.test("claim() takes over from a process that is dead, and what it gives back in the end is all of it", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    present(folder, { seconds: 3600, lease: 0.06 });
    leased(folder, { name: "a" });
    leased(folder, { name: "b", id: "gone" });
    for (const name of ["a", "b"]) {
      const lease = await soonOurs(one, name);
      assert.deepEqual(
        filesBelow(join(folder, "leases")).filter((file) =>
          file.startsWith(name)
        ),
        [`${name}.0`, `${name}.1`],
      );
      lease[Symbol.dispose]();
    }
    assert.deepEqual(filesBelow(join(folder, "leases")), []);
  }));

Deno.test("claim() leaves a lease to a machine whose last sign of life became old because the clock of the file system was set forward", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    present(folder, { seconds: 60 });
    leased(folder, { name: "a" });
    assert.equal((await one.leases.claim("a")).kind, "theirs");
    assert.equal(one.leases.holder("a")?.id, "other");
    assert.deepEqual([...one.leases.held()], ["a"]);
  }));

Deno.test("claim() leaves a lease to a machine that renews it", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    present(folder, { seconds: 12 });
    leased(folder, { name: "a", number: 3 });
    const claim = await one.leases.claim("a");
    assert.ok(claim.kind === "theirs" && claim.holder.id === "other");
  }));

Deno.test("claim() waits a while for a lease to be signed, and takes it then", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    leased(folder, { name: "a", id: "" });
    assert.equal((await one.leases.claim("a")).kind, "theirs");
    const old = new Date(Date.now() - 11_000);
    await Deno.utime(join(folder, "leases/a.0"), old, old);
    await ours(one, "a");
  }));

Deno.test("claim() of many at once over a dead process has one winner, again and again", () =>
  withFolder(async (folder) => {
    const processes = Array.from({ length: 8 }, () => process(folder));
    const random = stream(5, "claims");
    for (let round = 0; round < 40; round++) {
      const number = random.integer(3);
      if (round % 2 === 0) leased(folder, { name: "a", number, id: "dead" });
      const claims = await Promise.all(
        processes.map(({ leases }) => leases.claim("a")),
      );
      const won = claims.filter((claim) => claim.kind === "ours");
      assert.equal(won.length, 1, `round ${round}`);
      for (const { lease } of won) lease[Symbol.dispose]();
    }
    for (const one of processes) one[Symbol.dispose]();
  }));

Deno.test("claim() of several processes never gives one lease to two, while they take and give back and die", async () => {
  await withFolder(async (folder) => {
    const random = stream(7, "claims");
    let held = 0;
    async function work(): Promise<void> {
      for (let turn = 0; turn < 15; turn++) {
        const one = process(folder);
        const claim = await one.leases.claim("a");
        if (claim.kind === "ours") {
          assert.equal(++held, 1);
          await new Promise((resolve) => setImmediate(resolve));
          assert.equal(held, 1);
          held--;
          // Without a word every other time, as a process that is killed.
          if (random.uniform() < 0.5) claim.lease[Symbol.dispose]();
        }
        one.presence[Symbol.dispose]();
      }
    }
    await Promise.all(Array.from({ length: 4 }, work));
  });
});

Deno.test("a lease is lost once another process has taken it over, and is left to that", () =>
  withFolder(async (folder) => {
    using one = process(folder, 0.06);
    const lease = await ours(one, "a");
    present(folder);
    leased(folder, { name: "a", number: 1 });
    assert.equal(
      await raised(lease.lost),
      "process 12 on host-b took it over, because this process gave no sign of life for a while",
    );
    lease[Symbol.dispose]();
    assert.deepEqual(filesBelow(join(folder, "leases")), ["a.0", "a.1"]);
    assert.equal(one.presence.lost.aborted, false);
  }));

Deno.test("a lease is lost, too, once whoever took it over has given it back, and perhaps another has it", () =>
  withFolder(async (folder) => {
    using one = process(folder, 0.06);
    present(folder);
    const lease = await ours(one, "a");
    await Deno.remove(join(folder, "leases/a.0"));
    assert.match(await raised(lease.lost), /^another process took it over, /);
    const again = await ours(one, "a");
    leased(folder, { name: "a" });
    assert.match(
      await raised(again.lost),
      /^process 12 on host-b took it over, /,
    );
    again[Symbol.dispose]();
    assert.deepEqual(filesBelow(join(folder, "leases")), ["a.0"]);
  }));

Deno.test("a lease that is another's is not given back, though nobody has noticed yet", () =>
  withFolder(async (folder) => {
    const one = process(folder);
    leased(folder, { name: "a", id: "dead" });
    const lease = await ours(one, "a");
    await ours(one, "b");
    // Another took both over and gave them back, and others have them now.
    await Deno.remove(join(folder, "leases/a.1"));
    leased(folder, { name: "a" });
    leased(folder, { name: "b" });
    lease[Symbol.dispose]();
    one[Symbol.dispose]();
    assert.deepEqual(filesBelow(join(folder, "leases")), ["a.0", "b.0"]);
  }));

Deno.test("claim() takes over from nobody of whom the system cannot tell whether he lives", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    leased(folder, { name: "a", id: "x".repeat(300) }); // no file has such a name
    const refused = { name: "StoreError", message: /^Cannot read store / };
    await assert.rejects(one.leases.claim("a"), refused);
    assert.throws(() => one.leases.holder("a"), refused);
    assert.deepEqual(filesBelow(join(folder, "leases")), ["a.0"]);
  }));

Deno.test("held() names the leases of the living, taken() those of the dead too", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    using two = process(folder);
    present(folder, { seconds: 3600, lease: 0.06 });
    leased(folder, { name: "dead" });
    leased(folder, { name: "followed" });
    await soonOurs(one, "followed");
    await ours(two, "a");
    const lease = await ours(two, "given-back");
    lease[Symbol.dispose]();
    const { leases } = one;
    assert.deepEqual([...leases.held()].toSorted(), ["a", "followed"]);
    assert.deepEqual(
      [...leases.taken()].toSorted(),
      ["a", "dead", "followed"],
    );
  }));

Deno.test("taken() says when the store cannot be read", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    assert.deepEqual(one.leases.taken(), new Set());
    await Deno.writeTextFile(join(folder, "leases"), "");
    assert.throws(() => one.leases.taken(), {
      name: "StoreError",
      message: /^Cannot read store /,
    });
  }));

Deno.test("claim() says when the store cannot be written", () =>
  withFolder(async (folder) => {
    using one = process(folder);
    await Deno.writeTextFile(join(folder, "leases"), "");
    await assert.rejects(one.leases.claim("a"), {
      name: "StoreError",
      message: /^Cannot write to store /,
    });
  }));
