import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readPinnedFile } from "../../../engine/define/pinned_file.ts";
import { withPackage } from "./made_package.ts";

const content = new TextEncoder().encode("[0, 1]");
const file = {
  source: "some-images",
  version: "1.2.3",
  name: "labels.json",
  sha256: createHash("sha256").update(content).digest("hex"),
};

Deno.test("readPinnedFile() reads a file with the digest that is asked for", async () => {
  await withPackage({ "labels.json": content }, async (resolve) => {
    const bytes = await readPinnedFile(file, { resolve });
    assert.deepEqual([...bytes], [...content]);
  });
});

Deno.test("readPinnedFile() names a missing file and the way out", async () => {
  await withPackage({}, async (resolve) => {
    await assert.rejects(readPinnedFile(file, { resolve }), {
      message:
        'Cannot read "labels.json" of some-images@1.2.3: the file is missing, run `deno install --reload=npm:some-images`',
    });
  });
});

Deno.test("readPinnedFile() names a file of a package that is not installed", async () => {
  await assert.rejects(readPinnedFile(file), {
    message:
      'Cannot read "labels.json" of some-images@1.2.3: the file is missing, run `deno install --reload=npm:some-images`',
  });
});

Deno.test("readPinnedFile() names an altered file, both digests and the way out", async () => {
  const altered = Uint8Array.from(content, (byte, i) => i === 1 ? 49 : byte);
  const digest = createHash("sha256").update(altered).digest("hex");
  await withPackage({ "labels.json": altered }, async (resolve) => {
    await assert.rejects(readPinnedFile(file, { resolve }), {
      message:
        `Cannot read "labels.json" of some-images@1.2.3: the file was altered (SHA-256 ${digest}, not ${file.sha256}), run \`deno install --reload=npm:some-images\``,
    });
  });
});

Deno.test({
  name: "readPinnedFile() says so when reading is not permitted",
  permissions: { read: false },
  async fn() {
    const resolve = () => "file:///nowhere/labels.json";
    await assert.rejects(readPinnedFile(file, { resolve }), {
      message:
        'Cannot read "labels.json" of some-images@1.2.3: reading it is not permitted',
    });
  },
});
