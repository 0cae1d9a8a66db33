import assert from "node:assert/strict";
import { problemKinds } from "../../../../data/asked/tables/problem_kinds.ts";

Deno.test("problemKinds() gives a line a kind: the first of it, and how many there are", () => {
  const problems = problemKinds();
  assert.deepEqual(problems.lines(), []);
  for (
    const [kind, text] of [["b", "B 1"], ["a", "A"], ["b", "B 2"]] as const
  ) {
    problems.add(kind, () => text);
  }
  assert.deepEqual(problems.lines(), ["B 1 (the first of 2 like it)", "A"]);
});

Deno.test("problemKinds() writes no more than it tells", () => {
  const problems = problemKinds();
  let written = 0;
  for (let i = 0; i < 1000; i++) problems.add("one", () => `${++written}`);
  assert.deepEqual(problems.lines(), ["1 (the first of 1000 like it)"]);
});
