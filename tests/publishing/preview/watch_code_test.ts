import assert from "node:assert/strict";
import { join } from "node:path";
import { watchCode } from "../../../publishing/preview/watch_code.ts";

Deno.test("watchCode() notices code, tables and whatever else it may read, and not what an editor leaves beside them", async () => {
  const root = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "watch-" }),
  );
  try {
    for (const folder of ["data/tables", "publishing"]) {
      await Deno.mkdir(join(root, folder), { recursive: true });
    }
    await Deno.writeTextFile(join(root, "deno.lock"), "{}");
    const stop = new AbortController();
    const seen = new Set<string>();
    const watching = watchCode(root, {
      signal: stop.signal,
      onChange(paths) {
        for (const path of paths) seen.add(path);
        if (seen.size === 5) stop.abort();
      },
    });
    // It begins to watch after a look at what is there.
    for (let tries = 0; tries < 50 && !stop.signal.aborted; tries++) {
      for (
        const file of [
          "data/tables/.rows.csv.swp",
          "publishing/a.ts~",
          "data/tables/rows.csv",
          "data/tables/rows.csv.bak",
          "data/tables/notes.txt",
          "publishing/a.ts",
          "publishing/b.mts",
          "deno.lock",
        ]
      ) await Deno.writeTextFile(join(root, file), `${tries}`);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    stop.abort();
    await watching;
    assert.deepEqual([...seen].sort(), [
      "data/tables/notes.txt",
      "data/tables/rows.csv",
      "deno.lock",
      "publishing/a.ts",
      "publishing/b.mts",
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
