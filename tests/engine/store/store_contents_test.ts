import assert from "node:assert/strict";
import { join } from "node:path";
import { openStore } from "../../../engine/store/store.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";

Deno.test("contentsOf() takes of last keys those that are digests, whatever stands beside them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const store = await openStore(folder);
    const key = "0".repeat(64);
    await store.putLastKeys("a.smoke", new Map([["train", key]]));
    for (const other of ['"x"', "null", "{}", '{"toString":0}', `["${key}"]`]) {
      await Deno.writeTextFile(
        join(folder, "stages/a.smoke.json"),
        `{"load":${other},"train":"${key}"}`,
      );
      const { lastKeys } = contentsOf(folder);
      assert.deepEqual(lastKeys.get("a.smoke"), { train: key }, other);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
