import assert from "node:assert/strict";
import { join } from "node:path";
import { publishedDigests } from "../../../cli/named/published_digests.ts";
import type { Shell } from "../../../cli/shell/shell.ts";

Deno.test("publishedDigests() are those of the project's own sites, of whatever profile", async () => {
  const root = await Deno.makeTempDir({ prefix: "sites-" });
  try {
    for (const [i, site] of ["site", "site-smoke", "site-full"].entries()) {
      await Deno.mkdir(join(root, site));
      const stages = [{ key: `key ${i}`, outputs: {} }];
      await Deno.writeTextFile(
        join(root, site, "manifest.json"),
        JSON.stringify({ stages }),
      );
    }
    const shell = { root, folder: root } as Shell;
    assert.deepEqual(
      [...publishedDigests(shell, [])].sort(),
      ["key 0", "key 1", "key 2"],
    );
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
