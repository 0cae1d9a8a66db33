/** What `reproduce` says at its end of what it found. */
import assert from "node:assert/strict";
import { on, type Rig, rig, rigsAfter } from "../rig.ts";
import { training } from "../toy_pipelines.ts";
import { reporting } from "../toy_report.ts";
import { test } from "../../full.ts";

/** A store in which the claim of the toy report is supported. */
const rigAfterRun = rigsAfter(async (t) => void await reproduce(t, 12));

/** What is printed of a run; the loss that is claimed to be below 0.1 is one part of its epochs. */
async function reproduce(
  t: Rig,
  epochs: number,
  ...more: readonly string[]
): Promise<string> {
  const pipelines = [reporting({ epochs })];
  return (await t.run(on("reproduce", ...more), { pipelines })).stdout;
}

Deno.test("reproduce() says at the end of a run what it found, with the page, and then where the site lies", async () => {
  await using t = await rig();
  assert.match(
    await reproduce(t, 12),
    /\nFound:\n {2}supported {2}The loss gets low\n {4}0\.083 \(0\.073 to 0\.093\) {2}site\/toy-report\/index\.html\nSee site\/index\.html \(/,
  );
});

test.inFull("reproduce() says of what it found nothing more when nothing runs", async () => {
  await using t = await rigAfterRun();
  assert.doesNotMatch(await reproduce(t, 12), /Found/);
});

Deno.test("reproduce() compares what it found with the last run that found anything, not with one that failed", async () => {
  await using t = await rig();
  await reproduce(t, 12);
  await t.run(on("reproduce"), { pipelines: [reporting({ fails: true })] });
  const { stdout } = await t.run(on("reproduce"), {
    pipelines: [reporting(), training()],
  });
  assert.match(stdout, /toy-line at profile default: [1-9] ran/);
  assert.doesNotMatch(stdout, /Found/);
});

test.inFull("reproduce() marks a verdict that is another than in the run before, and says nothing of one that is not", async () => {
  await using t = await rigAfterRun();
  const same = await reproduce(t, 13);
  assert.match(same, /: 3 ran/);
  assert.doesNotMatch(same, /Found/);
  assert.match(
    await reproduce(t, 10),
    /\nFound:\n {2}supported → inconclusive {2}The loss gets low\n/,
  );
});

test.inFull("reproduce() compares what it found with runs of the same profile alone", async () => {
  await using t = await rigAfterRun();
  assert.match(
    await reproduce(t, 12, "--profile", "smoke", "--replace"),
    /\nFound; a smoke run proves nothing:\n {2}contradicted {2}The loss gets low\n/,
  );
});

test.inFull("reproduce() tells with --json what it found in an event", async () => {
  await using t = await rigAfterRun();
  const lines = (await reproduce(t, 10, "--json")).trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line));
  const found = events.filter(({ kind }) => kind === "claims-found");
  assert.deepEqual(found.map(({ at: _, kind: _kind, ...event }) => event), [{
    profile: "default",
    all: "site/claims/index.html",
    claims: [{
      pipeline: "toy-report",
      claim: "low",
      statement: "The loss gets low",
      verdict: "inconclusive",
      before: "supported",
      found: "0.100 (0.090 to 0.110)",
      page: "site/toy-report/index.html",
    }],
  }]);
  assert.equal(events.at(-1).kind, "site-written");
});
