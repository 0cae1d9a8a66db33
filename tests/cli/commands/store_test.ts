import assert from "node:assert/strict";
import { on, rig } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

const pipelines = [training("toy-a"), training("toy-b", { epochs: 3 })];

Deno.test("store says what each pipeline takes, and what they share once", async () => {
  await using toy = await rig();
  assert.equal((await toy.run(on("reproduce"), { pipelines })).code, 0);
  const { code, stdout } = await toy.run(on("store"), { pipelines });
  assert.equal(code, 0);
  assert.deepEqual(
    stdout.replaceAll(/[\d.]+ k?B/g, "N").trimEnd().split("\n")
      .map((line) => line.trim().split(/ {2,}/)),
    [
      ["pipeline", "stages", "its own", "shared"],
      ["toy-a.default", "3", "N", "N"],
      ["toy-b.default", "3", "N", "N"],
      ["2 artifacts of several, counted once", "N"],
      ["5 records", "N"],
      ["store: N in 11 files"],
    ],
  );
});

Deno.test("store prints the numbers as JSON with --json", async () => {
  await using toy = await rig();
  await toy.run(on("reproduce"), { pipelines });
  const { stdout } = await toy.run(on("store", "--json"), { pipelines });
  const { pipelines: sizes, total } = JSON.parse(stdout);
  assert.deepEqual(sizes.map(({ name }: { name: string }) => name), [
    "toy-a.default",
    "toy-b.default",
  ]);
  assert.ok(total.files > 6);
});

Deno.test("store says that there is none", async () => {
  await using toy = await rig();
  const { code, stderr } = await toy.run(on("store"), { pipelines });
  assert.equal(
    stderr,
    'Cannot use store "store": there is none yet; deno task reproduce makes one, --store names another\n',
  );
  assert.equal(code, 2);
});
