import assert from "node:assert/strict";
import { join } from "node:path";
import {
  forgetProblems,
  toldProblems,
} from "../../../cli/ask/told_problems.ts";

const numbered = (n: number, what: string) =>
  Array.from({ length: n }, (_, i) => `${what} ${i}`);

Deno.test("toldProblems() writes all lines to a file where some are left out, and removes it where none is", async () => {
  const folder = await Deno.makeTempDir({ prefix: "told-problems-" });
  try {
    const asked = { file: join(folder, "questions/mine.json") };
    const file = join(folder, "questions/mine-problems.txt");
    const lists = [
      ["one", "one"],
      numbered(200, "bad\u001b\nname"),
      numbered(11, "copy"),
    ];
    const told = await toldProblems(lists, asked, { folder });
    assert.deepEqual(told.texts.filter((line) => /^(?:one|…)/.test(line)), [
      "one",
      "… and 190 more like these",
      "… and 1 more like these",
    ]);
    assert.deepEqual(told.rest, [
      "All 212 lines: questions/mine-problems.txt",
    ]);
    const lines = (await Deno.readTextFile(file)).trimEnd().split("\n");
    assert.equal(lines.length, 212);
    assert.equal(lines[200], "bad\u{fffd}\u{fffd}name 199");

    const few = await toldProblems([numbered(10, "bad")], asked, { folder });
    assert.deepEqual([few.texts.length, few.rest], [10, []]);
    await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
    await forgetProblems(asked);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("toldProblems() says what it can where no file can be written", async () => {
  const folder = await Deno.makeTempDir({ prefix: "told-problems-" });
  try {
    await Deno.writeTextFile(join(folder, "questions"), "a file");
    const asked = { file: join(folder, "questions/mine.json") };
    const lists = [numbered(12, "bad")];
    const { texts, rest } = await toldProblems(lists, asked, { folder });
    assert.deepEqual([texts.length, rest], [11, []]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
