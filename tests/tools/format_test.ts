/** Which files `deno fmt` leaves as they are. */
import assert from "node:assert/strict";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };

Deno.test("deno fmt leaves drawings alone, in whatever folder somebody writes them", async () => {
  const folder = await Deno.makeTempDir({ prefix: "format-" });
  try {
    const { fmt, exclude } = config;
    const files = {
      "deno.json": `${JSON.stringify({ fmt, exclude }, null, 2)}\n`,
      "fig/x.svg": '<svg width="1"   height="1"></svg>',
    };
    await Deno.mkdir(join(folder, "fig"));
    for (const [path, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, path), text);
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--check"],
      cwd: folder,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
