import assert from "node:assert/strict";
import { readingProgress } from "../../../cli/ask/reading_progress.ts";
import { recorded } from "../rig.ts";

Deno.test("readingProgress() says every few seconds how many files are read, and how long the rest takes", () => {
  const stderr = recorded();
  let now = 0;
  const show = readingProgress("shifted", { stderr, clock: () => now });
  for (let done = 1; done <= 100; done++) {
    now += 250;
    show(done, 100);
  }
  const lines = stderr.text().split("\n");
  assert.equal(lines[0], "shifted: 12 of 100 files read, about 25 s left");
  assert.equal(lines[1], "shifted: 24 of 100 files read, about 20 s left");
  assert.deepEqual(lines.slice(-2), ["shifted: 100 of 100 files read", ""]);
  assert.equal(lines.length, 10);
});

Deno.test("readingProgress() says as much where the clock is set back", () => {
  const stderr = recorded();
  let now = 1e6;
  const show = readingProgress("shifted", { stderr, clock: () => now });
  for (let done = 1; done <= 100; done++) {
    now += done === 50 ? -9e5 : 250;
    show(done, 100);
  }
  assert.equal(stderr.text().split("\n").length, 10);
});
