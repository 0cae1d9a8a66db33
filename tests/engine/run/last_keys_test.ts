import assert from "node:assert/strict";
import { type LastKeys, openLastKeys } from "../../../engine/run/last_keys.ts";
import { openStore, type Store } from "../../../engine/store/store.ts";
import { useStore } from "../../../engine/store/use_store.ts";
import { withFolder } from "../store/other_machine.ts";

/** A store that only remembers what is written of keys. */
function storeOf(written: unknown[]): Pick<Store, "lastKeys" | "putLastKeys"> {
  return {
    lastKeys: () => ({ load: "1" }),
    putLastKeys(pipeline: string, keys: ReadonlyMap<string, string>) {
      written.push([pipeline, Object.fromEntries(keys)]);
      return written.length > 1
        ? Promise.reject(new Error("Cannot write"))
        : Promise.resolve();
    },
  };
}

/** The keys of one pipeline, of a process that has the store to itself. */
function keysOf(written: unknown[]): LastKeys {
  return openLastKeys(storeOf(written), {
    pipeline: "a.smoke",
    leases: {
      claim: () =>
        Promise.resolve({
          kind: "ours",
          lease: {
            lost: new AbortController().signal,
            deaths: 0,
            [Symbol.dispose]() {},
          },
        }),
    },
  });
}

Deno.test("openLastKeys() writes many changes at once, and nothing where nothing changed", async () => {
  const written: unknown[] = [];
  const keys = keysOf(written);
  assert.equal(keys.of("load"), "1");
  assert.equal(keys.of("train"), undefined);
  keys.set("load", "1");
  await keys.flush();
  assert.deepEqual(written, []);
  for (let i = 0; i < 1000; i++) keys.set("train", `${i}`);
  assert.equal(keys.of("train"), "999");
  await keys.flush();
  await keys.flush();
  assert.deepEqual(written, [["a.smoke", { load: "1", train: "999" }]]);
});

Deno.test("flush() throws what kept the keys from being written, until they are", async () => {
  const keys = keysOf(["full"]);
  keys.set("train", "1");
  await assert.rejects(keys.flush(), { message: "Cannot write" });
  await assert.rejects(keys.flush(), { message: "Cannot write" });
});

Deno.test("openLastKeys() loses nothing of what two runs write at once", () =>
  withFolder(async (folder) => {
    const pipeline = "a.smoke";
    const digest = (i: number) => `${i}`.padStart(64, "0");
    const store = await openStore(folder);
    // So many that writing them takes a while.
    const before = Array.from({ length: 900 }, (_, i) => `stage number ${i}`);
    await store.putLastKeys(
      pipeline,
      new Map(before.map((stage) => [stage, digest(0)])),
    );
    using one = await useStore(folder);
    using two = await useStore(folder);
    const both = await Promise.all(
      [one, two].map(async (leases) =>
        openLastKeys(await openStore(folder), { pipeline, leases })
      ),
    );
    for (let round = 1; round <= 5; round++) {
      for (const [i, keys] of both.entries()) {
        keys.set(`${i} in round ${round}`, digest(i));
      }
      await Promise.all(both.map((keys) => keys.flush()));
    }
    assert.equal(Object.keys(store.lastKeys(pipeline)).length, 900 + 10);
  }));
