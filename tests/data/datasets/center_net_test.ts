import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { centerNet, readCenterNet } from "../../../data/datasets/center_net.ts";

Deno.test("readCenterNet() gives the files of the package, which exports neither", async () => {
  // They are checked against their SHA-256 digests as they are read.
  for (const { name, bytes } of centerNet.files) {
    assert.equal((await readCenterNet(name)).length, bytes);
    assert.throws(
      () => import.meta.resolve(`${centerNet.source}/${name}`),
      /not defined by "exports"/,
    );
  }
});

Deno.test("centerNet names the version of its package that is installed", () => {
  const { source, version } = centerNet;
  assert.equal(config.imports[source], `npm:${source}@${version}`);
});
