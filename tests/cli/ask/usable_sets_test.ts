import assert from "node:assert/strict";
import { earlyTexts } from "../../../cli/ask/usable_sets.ts";

Deno.test("earlyTexts() says what is wrong before many files are read, and nothing of few", () => {
  const problems = ["Cannot read images: a has none", "Cannot compare"];
  assert.deepEqual(earlyTexts(problems, { files: 1001 }), [
    "Reading the rest all the same, to list everything that is wrong at once; so far: Cannot read images: a has none (and 1 more)",
  ]);
  assert.deepEqual(earlyTexts(problems, { files: 1000 }), []);
  assert.deepEqual(earlyTexts([], { files: 100_000 }), []);
});
