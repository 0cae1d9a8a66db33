import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import {
  compiledFolder,
  forgetTemporaryCode,
} from "../forget_temporary_code.ts";

Deno.test("forgetTemporaryCode() removes what is compiled of folders that are gone, and nothing else", async () => {
  const compiled: string[] = [];
  const folders: string[] = [];
  for (const name of ["gone", "kept"]) {
    const folder = await Deno.makeTempDir({ prefix: `${name}-` });
    await Deno.writeTextFile(`${folder}/one.ts`, "export const one: 1 = 1;\n");
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-config", `${folder}/one.ts`],
    }).output();
    assert.ok(success);
    folders.push(folder);
    compiled.push(join(compiledFolder(), basename(folder), "one.ts.js"));
  }
  assert.deepEqual(compiled.map(existsSync), [true, true]);
  await Deno.remove(folders[0] ?? "", { recursive: true });
  forgetTemporaryCode();
  assert.deepEqual(compiled.map(existsSync), [false, true]);
  await Deno.remove(folders[1] ?? "", { recursive: true });
});
