import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../engine/define/hash.ts";
import { readFacts } from "../../../engine/keys/file_facts.ts";
import { materialsOf } from "../../../provenance/attest/materials.ts";
import { ROOT } from "../../cli/rig.ts";

/** A stage of which nothing is known but its code and packages. */
const stage = {
  name: "train",
  task: undefined,
  key: undefined,
  finishedAt: undefined,
  seconds: undefined,
  params: {},
  packages: { "@scope/name": "1.2.3_zod@4.0.0 abc" },
  environment: {},
  calls: [],
  inputs: [],
  outputs: {},
  source: undefined,
  code: {},
};

Deno.test("materialsOf() gives the bytes of code that still says what it said, and names the rest by what it said", async () => {
  const path = "engine/define/hash.ts";
  const now = await readFacts(join(ROOT, path));
  const bytes = await Deno.readFile(join(ROOT, path));
  const syntaxSha256 = now.facts.digest;
  const stages = [
    { ...stage, code: { [path]: syntaxSha256 } },
    { ...stage, code: { [path]: "0".repeat(64), "gone.ts": "1".repeat(64) } },
    { ...stage, code: { [path]: syntaxSha256 } },
  ];
  assert.deepEqual(
    JSON.parse(JSON.stringify(await materialsOf(stages, ROOT))),
    [
      { uri: "pkg:npm/%40scope/name@1.2.3" },
      { name: path, digest: { syntaxSha256: "0".repeat(64) } },
      { name: path, digest: { sha256: digestOf(bytes), syntaxSha256 } },
      { name: "gone.ts", digest: { syntaxSha256: "1".repeat(64) } },
    ],
  );
});

Deno.test("materialsOf() names published files with the digest that pins them", async () => {
  const place = { url: "https://example.org/a.npy", title: "images" };
  const pins = [{ sha256: "0".repeat(64) }, { gitBlob: "0".repeat(40) }];
  const stages = pins.map((pin) => ({
    ...stage,
    packages: {},
    source: { ...place, ...pin },
  }));
  assert.deepEqual(
    await materialsOf(stages, ROOT),
    pins.toReversed().map((digest) => ({
      name: "images",
      uri: "https://example.org/a.npy",
      digest,
    })),
  );
});
