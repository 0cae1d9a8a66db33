import assert from "node:assert/strict";
import { openLastKeys } from "../../../engine/run/last_keys.ts";
import type { Store } from "../../../engine/store/store.ts";

/** A store that only remembers what is written of keys. */
function storeOf(written: unknown[]): Store {
  return {
    lastKeys: () => ({ load: "1" }),
    putLastKeys(pipeline: string, keys: ReadonlyMap<string, string>) {
      written.push([pipeline, Object.fromEntries(keys)]);
      return written.length > 1
        ? Promise.reject(new Error("Cannot write"))
        : Promise.resolve();
    },
  } as unknown as Store;
}

Deno.test("openLastKeys() writes many changes at once, and nothing where nothing changed", async () => {
  const written: unknown[] = [];
  const keys = openLastKeys(storeOf(written), "a.smoke");
  assert.equal(keys.of("load"), "1");
  assert.equal(keys.of("train"), undefined);
  keys.set("load", "1");
  await keys.flush();
  assert.deepEqual(written, []);
  for (let i = 0; i < 1000; i++) keys.set("train", `${i}`);
  await keys.flush();
  await keys.flush();
  assert.deepEqual(written, [["a.smoke", { load: "1", train: "999" }]]);
});

Deno.test("flush() throws what kept the keys from being written, until they are", async () => {
  const keys = openLastKeys(storeOf(["full"]), "a.smoke");
  keys.set("train", "1");
  await assert.rejects(keys.flush(), { message: "Cannot write" });
  await assert.rejects(keys.flush(), { message: "Cannot write" });
});
