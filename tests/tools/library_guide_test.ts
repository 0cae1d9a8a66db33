import assert from "node:assert/strict";
import { join, relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { test } from "../full.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const page = await Deno.readTextFile(join(ROOT, "docs/guide/library.md"));
const [settings = "", program = "", , printed = ""] = [
  ...page.matchAll(/^```\w.*\n([^]*?)^```$/gm),
].map(([, text = ""]) => text);

Deno.test("docs/guide/library.md names packages as deno.json does", () => {
  const { imports } = JSON.parse(settings);
  const ours: Readonly<Record<string, string>> = config.imports;
  for (const [name, pinned] of Object.entries(imports)) {
    assert.equal(pinned, ours[name], name);
  }
  const names = Object.keys(imports);
  assert.deepEqual(names, ["acorn", "cephes", "pure-rand", "zod"]);
});

test.inFull("docs/guide/library.md shows a program that runs, with what it prints", async () => {
  const folder = await Deno.makeTempDir({ prefix: "library-" });
  await Deno.writeTextFile(join(folder, "deno.json"), settings);
  await Deno.writeTextFile(
    join(folder, "main.ts"),
    program.replaceAll("../shiftline", relative(folder, ROOT)),
  );
  // With it Deno asks no registry which versions there are.
  await Deno.copyFile(join(ROOT, "deno.lock"), join(folder, "deno.lock"));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--cached-only", "main.ts"],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  assert.equal(text.decode(stdout), printed, text.decode(stderr));
  await Deno.remove(folder, { recursive: true });
});
