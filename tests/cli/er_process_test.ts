/** `er` as a process with the permissions that `deno task er` gives it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { ROOT } from "./rig.ts";

const TABLE = fileURLToPath(new URL("./data/er_table.csv", import.meta.url));

Deno.test("deno task er works on a table anywhere, without network or processes", async () => {
  const { command } = config.tasks.er;
  assert.match(command, / -P=er cli\/main\.ts er$/);
  assert.deepEqual(Object.keys(config.permissions.er).toSorted(), [
    ...["env", "read", "sys", "write"],
  ]);
  const folder = await Deno.makeTempDir({ prefix: "er-process-" });
  try {
    await Deno.copyFile(TABLE, join(folder, "mine.csv"));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--no-check"],
        ...["--config", join(ROOT, "deno.json"), "-P=er"],
        ...[join(ROOT, "cli/main.ts"), "er", "--table", "mine.csv"],
        ...["--reference", "reference", "--shifted", "shifted"],
        ...["--group", "group"],
      ],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.equal(code, 0, text(stderr));
    assert.match(text(stdout), /^Page: er\/mine\/index\.html$/m);
    await Deno.stat(join(folder, "er/mine/effective-robustness.svg"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
