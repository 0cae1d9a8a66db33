import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readPackageFile } from "../../../data/datasets/package_file.ts";
import { withPackage } from "../../engine/define/made_package.ts";

const content = new TextEncoder().encode("[0, 1]");
const dataset = {
  source: "some-images",
  version: "1.2.3",
  files: [{
    name: "labels.json",
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  }],
};

Deno.test("readPackageFile() reads a file with the listed digest", async () => {
  await withPackage({ "labels.json": content }, async (resolve) => {
    const bytes = await readPackageFile("labels.json", { dataset, resolve });
    assert.deepEqual([...bytes], [...content]);
  });
});

Deno.test("readPackageFile() wants the digest that the dataset lists", async () => {
  await withPackage({ "labels.json": Uint8Array.of(1) }, async (resolve) => {
    await assert.rejects(
      readPackageFile("labels.json", { dataset, resolve }),
      /the file was altered/,
    );
  });
});

Deno.test("readPackageFile() rejects a file that the dataset does not list", async () => {
  await assert.rejects(readPackageFile("index.js", { dataset }), {
    name: "RangeError",
    message:
      'Cannot read "index.js" of some-images@1.2.3: the dataset lists no such file',
  });
});
