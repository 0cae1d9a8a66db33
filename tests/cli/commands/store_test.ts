import assert from "node:assert/strict";
import { join } from "node:path";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { on, rig } from "../rig.ts";
import { training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

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
      ["2 artifacts shared by several, counted once", "N"],
      ["5 records", "N"],
      ["Results in store: N in 11 files"],
    ],
  );
});

test.inFull("store prints the numbers as JSON with --json", async () => {
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

test.inFull("store says with --check that all is what it should be, and what is left over", async () => {
  await using toy = await rig();
  await toy.run(on("reproduce"), { pipelines });
  const words = on("store", "--check");
  const whole = await toy.run(words, { pipelines });
  const sentence =
    /5 records and 6 artifacts checked \([\d.]+ kB\): all are what their names say\n$/;
  assert.match(whole.stdout, sentence);
  assert.equal(whole.stdout.split("\n").length, 2);
  for (const name of ["tmp/half", "a", "b", "c", "d"]) {
    await Deno.writeTextFile(join(toy.folder, "store", name), "");
  }
  const left = await toy.run(words, { pipelines });
  assert.deepEqual([left.code, left.stderr], [0, ""]);
  assert.match(left.stdout, sentence);
  assert.deepEqual(left.stdout.split("\n").slice(0, 2), [
    "  left over  1 half-written file (0 B) of a run that is under way or was killed; the next run removes them",
    "  left over  4 files that no store has: a, b, c and 1 more",
  ]);
});

Deno.test("store says with --check what is damaged and what to do, and exits with 1", async () => {
  await using toy = await rig();
  await toy.run(on("reproduce"), { pipelines });
  const folder = join(toy.folder, "store");
  const [first, second] = [...contentsOf(folder).objects.values()];
  assert.ok(first && second);
  await Deno.writeTextFile(join(folder, first.path), "?");
  await Deno.remove(join(folder, second.path));
  await Deno.mkdir(join(folder, second.path));
  const { code, stdout } = await toy.run(on("store", "--check"), { pipelines });
  assert.equal(code, 1);
  const way = "remove it; a run that needs it makes it again";
  const lines = stdout.split("\n");
  assert.deepEqual(lines.slice(0, 2), [
    `  damaged  ${first.path}: its bytes do not match its name; ${way}`,
    `  damaged  ${second.path}: it is a folder; ${way}`,
  ]);
  assert.match(
    lines[2] ?? "",
    /^5 records and 6 artifacts checked .*: 2 files damaged$/,
  );
  const json = await toy.run(on("store", "--check", "--json"), { pipelines });
  assert.equal(json.code, 1);
  const { damaged, records, artifacts } = JSON.parse(json.stdout);
  assert.deepEqual([damaged.length, records, artifacts], [2, 5, 6]);
  assert.deepEqual(damaged[1], {
    path: second.path,
    wrong: "it is a folder",
    wayOut: way,
  });
});
