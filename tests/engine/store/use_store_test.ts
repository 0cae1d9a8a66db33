import assert from "node:assert/strict";
import { join } from "node:path";
import { inTurn } from "../../../engine/store/in_turn.ts";
import { pause } from "../../../engine/store/pause.ts";
import { useStore } from "../../../engine/store/use_store.ts";
import { filesBelow } from "../../files_below.ts";
import { leased, present, withFolder } from "./other_machine.ts";

/** Short enough for a test. */
const lease = 0.06;

Deno.test("useStore() lets several use a store beside each other, and none beside who has it to itself", () =>
  withFolder(async (folder) => {
    const one = await useStore(folder);
    const two = await useStore(folder);
    await assert.rejects(useStore(folder, { alone: true }), {
      name: "StoreError",
      message: new RegExp(
        `^Cannot use store ".*" alone: another run is using it \\(process ${Deno.pid}, since .*\\); wait until it ends$`,
      ),
    });
    one[Symbol.dispose]();
    two[Symbol.dispose]();
    using _alone = await useStore(folder, { alone: true });
    for (const alone of [true, false]) {
      await assert.rejects(useStore(folder, { alone, ifHeld: "refuse" }), {
        name: "StoreError",
        message:
          /^Cannot use store ".*": another command has it to itself \(process \d+, since .*\); wait until it ends, or choose another folder with --store$/,
      });
    }
    assert.equal(filesBelow(join(folder, "alive")).length, 1);
  }));

Deno.test("useStore() waits for who has the store to itself", () =>
  withFolder(async (folder) => {
    const alone = await useStore(folder, { alone: true });
    const waits = Promise.withResolvers<string>();
    const second = useStore(folder, { onWait: waits.resolve });
    assert.match(await waits.promise, /^process \d+, since /);
    alone[Symbol.dispose]();
    (await second)[Symbol.dispose]();
    assert.deepEqual(filesBelow(folder), []);
  }));

Deno.test("useStore() stops waiting when its signal is raised", () =>
  withFolder(async (folder) => {
    using _alone = await useStore(folder, { alone: true });
    const controller = new AbortController();
    const reason = new Error("Cannot continue: interrupted");
    const onWait = () => controller.abort(reason);
    const { signal } = controller;
    await assert.rejects(useStore(folder, { signal, onWait }), reason);
  }));

Deno.test("useStore() removes what is half written unless another process may be writing it", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp/deep"), { recursive: true });
    await Deno.writeTextFile(join(folder, "tmp/x"), "half");
    present(folder);
    (await useStore(folder))[Symbol.dispose]();
    assert.deepEqual(filesBelow(folder), ["alive/other.json", "tmp/x"]);
    present(folder, { seconds: 3600, lease });
    {
      using _use = await useStore(folder, { lease });
      // What this process writes itself stays.
      await Deno.writeTextFile(join(folder, "tmp/own"), "half");
      const isThere = (path: string) =>
        Deno.stat(join(folder, path)).then(() => true, () => false);
      // One by one, for folders go while they are looked through.
      for (const path of ["tmp/x", "tmp/deep"]) {
        while (await isThere(path)) await pause(1);
      }
    }
    assert.deepEqual(filesBelow(folder), ["tmp/own"]);
    await Deno.remove(join(folder, "tmp/own"));
    assert.deepEqual(
      await Array.fromAsync(Deno.readDir(join(folder, "tmp"))),
      [],
    );
  }));

Deno.test("useStore() alone removes the leases of the dead", () =>
  withFolder(async (folder) => {
    leased(folder, { name: "a" });
    present(folder, { seconds: 3600, lease });
    using _alone = await useStore(folder, { alone: true });
    assert.deepEqual(filesBelow(join(folder, "leases")), ["alone.0"]);
    assert.equal(filesBelow(join(folder, "alive")).length, 1);
  }));

for (const alone of [true, false]) {
  Deno.test(
    `useStore() ${
      alone ? "alone " : ""
    }waits until it is certain that whoever has the store to itself is dead`,
    () =>
      withFolder(async (folder) => {
        leased(folder, { name: "alone" });
        present(folder, { seconds: 3600, lease });
        const waits: string[] = [];
        using _use = await useStore(folder, {
          alone,
          ifHeld: "refuse",
          onWait: (holder) => waits.push(holder),
        });
        assert.equal(waits.length, 1);
        assert.match(`${waits}`, /^process 12 on host-b, .* 3600 s ago$/);
      }),
  );
}

Deno.test("useStore() alone is refused where the last sign of life of another became old because the clock was set forward", () =>
  withFolder(async (folder) => {
    present(folder, { seconds: 3600, lease });
    // It lives, and gives another sign.
    const onWait = () => present(folder);
    await assert.rejects(useStore(folder, { alone: true, onWait }), {
      name: "StoreError",
      message: /^Cannot use store ".*" alone: another run is using it /,
    });
  }));

Deno.test("useStore() ends though the file system has gone", () =>
  withFolder(async (folder) => {
    const use = await useStore(folder);
    await use.claim("a");
    await Deno.remove(folder, { recursive: true });
    use[Symbol.dispose]();
    await Deno.mkdir(folder);
  }));

Deno.test("inTurn() does one thing of a name at a time", () =>
  withFolder(async (folder) => {
    let at = 0;
    await Promise.all(Array.from({ length: 4 }, () =>
      inTurn(folder, {
        name: "site",
        async work() {
          assert.equal(++at, 1);
          await new Promise((resolve) => setImmediate(resolve));
          at--;
        },
      })));
  }));
