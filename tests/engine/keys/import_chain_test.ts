import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { importChain } from "../../../engine/keys/import_chain.ts";

const FILES = {
  "tasks/train.ts": 'import "../models/long.ts";\nimport "../models/train.ts";',
  "models/long.ts": 'import "./longer.ts";',
  "models/longer.ts": 'import "./optimizer.ts";',
  "models/train.ts":
    'import "./optimizer.ts";\nimport { z } from "zod/mini";\nz;',
  "models/optimizer.ts":
    'export const kernel = new URL("./kernel.wasm", import.meta.url);',
  "models/kernel.wasm": "bytes",
  "shifts/tint.ts": 'import "./tint.ts";\nexport {};',
};

async function withFiles(
  test: (
    chain: (
      ...to: Parameters<typeof importChain>[1]["to"][]
    ) => Promise<readonly (readonly string[])[]>,
  ) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(FILES)) {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    const modules = ["tasks/train.ts", "shifts/tint.ts"]
      .map((path) => pathToFileURL(join(root, path)).href);
    await test((...to) =>
      Promise.all(to.map((one) => importChain(modules, { root, to: one })))
    );
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("importChain() gives a shortest chain from a task to a module, a file that code names, or a package", () =>
  withFiles(async (chain) => {
    assert.deepEqual(
      await chain(
        { kind: "file", path: "models/optimizer.ts" },
        { kind: "file", path: "models/kernel.wasm" },
        { kind: "package", name: "zod" },
      ),
      [
        ["tasks/train.ts", "models/train.ts", "models/optimizer.ts"],
        [
          "tasks/train.ts",
          "models/train.ts",
          "models/optimizer.ts",
          "models/kernel.wasm",
        ],
        ["tasks/train.ts", "models/train.ts"],
      ],
    );
  }));

Deno.test("importChain() starts at a definition, and gives one path for a module that is named itself", () =>
  withFiles(async (chain) => {
    assert.deepEqual(await chain({ kind: "file", path: "shifts/tint.ts" }), [
      ["shifts/tint.ts"],
    ]);
  }));

Deno.test("importChain() gives nothing for code that is not reached", () =>
  withFiles(async (chain) => {
    assert.deepEqual(
      await chain({ kind: "file", path: "gone.ts" }, {
        kind: "package",
        name: "x",
      }),
      [[], []],
    );
  }));
