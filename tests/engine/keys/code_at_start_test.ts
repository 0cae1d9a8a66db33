import assert from "node:assert/strict";
import { join } from "node:path";
import { codeAtStart } from "../../../engine/keys/code_at_start.ts";

/** A project of one module that has been there for a while, as far as the clock says. */
async function withModule(
  test: (at: (path: string) => string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "start-" });
  const at = (path: string) => join(folder, path);
  try {
    await Deno.mkdir(at("deep"));
    await Deno.writeTextFile(at("deep/a.ts"), "1");
    await test(at);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (
  const [what, isSame, change] of [
    ["nothing happened to", true, () => {}],
    ["was written again", false, (path: string) => {
      Deno.writeTextFileSync(path, "22");
    }],
    ["was written again with its old size and time", false, (path: string) => {
      const { mtime } = Deno.statSync(path);
      const other = `${path}.new`;
      Deno.writeTextFileSync(other, "2");
      Deno.utimeSync(other, mtime ?? 0, mtime ?? 0);
      Deno.renameSync(other, path);
    }],
    ["is gone", false, (path: string) => Deno.removeSync(path)],
  ] as const
) {
  Deno.test(`isSame() is ${isSame} for a module that ${what} since`, () =>
    withModule((at) => {
      const code = codeAtStart(at(""));
      change(at("deep/a.ts"));
      assert.equal(code.isSame(at("deep/a.ts")), isSame);
    }));
}

Deno.test("isSame() is false for a module that came since", () =>
  withModule((at) => {
    const code = codeAtStart(at(""));
    Deno.writeTextFileSync(at("b.ts"), "1");
    assert.equal(code.isSame(at("b.ts")), false);
  }));

Deno.test("isSame() knows of a module elsewhere whether it is older than the start", () =>
  withModule((at) => {
    const path = at("deep/a.ts");
    const elsewhere = (now: number) =>
      codeAtStart(at("deep/none"), () => now).isSame(path);
    Deno.mkdirSync(at("deep/none"));
    assert.equal(elsewhere(Date.now()), false);
    assert.equal(elsewhere(Date.now() + 10_000), true);
  }));

for (
  const [what, refusal] of [
    ["has gone by the time it is read", new Deno.errors.NotFound()],
    ["may not be read", new Deno.errors.PermissionDenied()],
    ["is a file by now", new Deno.errors.NotADirectory()],
  ] as const
) {
  Deno.test(`codeAtStart() passes over a folder that ${what}`, () =>
    withModule((at) => {
      Deno.mkdirSync(at("site/page"), { recursive: true });
      const { readDirSync } = Deno;
      Deno.readDirSync = (path) => {
        if (path === at("site/page")) throw refusal;
        return readDirSync(path);
      };
      try {
        const code = codeAtStart(at(""));
        assert.equal(code.isSame(at("deep/a.ts")), true);
      } finally {
        Deno.readDirSync = readDirSync;
      }
    }));
}
