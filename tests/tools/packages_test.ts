import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import listed from "../../package_files.json" with { type: "json" };
import { pinsOf } from "../../engine/keys/package_files.ts";
import { readPackageLock } from "../../engine/keys/packages.ts";
import { packagesRead } from "../../tools/packages.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

Deno.test("package_files.json has every package that stages read, no other, and what is installed here", async () => {
  const store = await Deno.makeTempDir();
  try {
    const names = await packagesRead(store);
    const lock = await readPackageLock(ROOT);
    const pins = new Map(Object.entries(pinsOf(names, { root: ROOT, lock })));
    const file = new Map(Object.entries(listed));
    const differ = [...new Set([...pins.keys(), ...file.keys()])]
      .filter((name) => pins.get(name) !== file.get(name));
    assert.deepEqual(
      differ,
      [],
      `package_files.json is not of the packages that stages read (deno task packages writes it), or node_modules was altered, in ${differ}`,
    );
  } finally {
    await Deno.remove(store, { recursive: true });
  }
});
