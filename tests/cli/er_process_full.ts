/** `er` as `deno task er` starts it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Outcome, ROOT } from "./rig.ts";

const TABLE = fileURLToPath(new URL("./data/er_table.csv", import.meta.url));

Deno.test("deno task er reads a table anywhere, and writes where the command that it prints permits it", async () => {
  const folder = await Deno.makeTempDir({ prefix: "er-process-" });
  try {
    const [table, page] = [join(folder, "mine.csv"), join(folder, "its page")];
    await Deno.copyFile(TABLE, table);
    const args = [
      ...["--table", table, "--reference", "reference"],
      ...["--shifted", "shifted", "--group", "group"],
    ];
    const numbers = await deno(["task", "-q", "er", ...args, "--json"]);
    assert.equal(numbers.code, 0, numbers.stderr);
    assert.equal(JSON.parse(numbers.stdout).fit.n, 5);

    const refused = await deno(["task", "-q", "er", ...args, "--to", page]);
    const [, command = ""] =
      /^Cannot write "(?:.*)its page": .*; grant access with `deno (.*)`\n$/
        .exec(refused.stderr) ?? assert.fail(refused.stderr);
    assert.equal(refused.code, 2);
    const words = command.match(/'[^']*'|\S+/g) ?? [];
    const done = await deno(words.map((word) => word.replaceAll("'", "")));
    assert.equal(done.code, 0, done.stderr);
    await Deno.stat(join(page, "effective-robustness.svg"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("deno task er reads a table of a million rows", async () => {
  const folder = await Deno.makeTempDir({ prefix: "er-process-" });
  try {
    const table = join(folder, "million.csv");
    const rows = Array.from({ length: 1_000_000 }, (_, i) => {
      const reference = 0.3 + 0.6 * (i % 1000) / 1000;
      const group = i % 2 === 0 ? "baseline" : "pre-trained";
      return `m${i},${group},${reference},${reference - 0.1 - i % 7 / 1000}`;
    });
    await Deno.writeTextFile(
      table,
      ["model,group,reference,shifted", ...rows, ""].join("\n"),
    );
    const args = ["task", "-q", "er", "--table", table, "--json"];
    const { code, stdout, stderr } = await deno(args);
    assert.equal(code, 0, stderr);
    const { fit, groups } = JSON.parse(stdout);
    assert.equal(fit.n, 500_000);
    assert.equal(groups["pre-trained"].n, 500_000);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function deno(args: readonly string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    code,
    stdout: text(stdout),
    stderr: text(stderr),
  };
}
