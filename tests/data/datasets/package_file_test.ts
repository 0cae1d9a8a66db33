import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { readPackageFile } from "../../../data/datasets/package_file.ts";

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

/** Runs `use` with a resolver into a folder where the package holds `files`. */
async function withPackage(
  files: Readonly<Record<string, Uint8Array>>,
  use: (resolve: (specifier: string) => string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/some-images`);
    for (const [name, bytes] of Object.entries(files)) {
      await Deno.writeFile(`${folder}/some-images/${name}`, bytes);
    }
    await use((specifier) => pathToFileURL(`${folder}/${specifier}`).href);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

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
