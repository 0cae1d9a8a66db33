import assert from "node:assert/strict";
import { join } from "node:path";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import { test } from "../../full.ts";
import { close } from "../../stats/reference.ts";
import { rig } from "../rig.ts";
import {
  IMAGES,
  rigAfterTrial,
  SMALL_TRIALS,
  writeImages,
  writeSets,
} from "./small_trial.ts";

test.inFull("ask() says how long a trial still takes as soon as one of its networks has been trained", async () => {
  await using t = await rig();
  await writeSets(t.folder);
  const { code, stderr } = await t.run(
    ["ask", ...IMAGES, "--store", "store"],
    { ...SMALL_TRIALS, isLive: true, columns: 120 },
  );
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\d+ of \d+ stages done [^\n]* left/);
});

test.inFull("ask() takes apart what the networks of its trial lose, and answers by what a linear classifier loses, as without networks", async () => {
  await using t = await rigAfterTrial();
  // A little brighter: the sets share enough for terms.
  await Deno.remove(join(t.folder, "field"), { recursive: true });
  await writeImages(join(t.folder, "field"), { n: 30, seed: 2, brightness: 1 });
  const ask = async (...more: readonly string[]) => {
    const words = ["ask", ...IMAGES, "--store", "store", "--json", ...more];
    const { code, stdout, stderr } = await t.run(words, SMALL_TRIALS);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as AskFindings;
  };
  const quick = await ask("--quick");
  const { drop, fineTunedDrop, trial, rule } = await ask();
  assert.equal(quick.drop?.models, "probe");
  assert.equal("fineTunedDrop" in quick, false);
  assert.deepEqual([drop?.models, fineTunedDrop?.models], [6, 4]);
  for (const own of [drop, fineTunedDrop]) {
    assert.ok(own && own.terms.length === 3);
    close(
      own.terms.reduce((sum, { value }) => sum + value, 0),
      own.total,
      1e-9,
    );
    assert.equal(own.ofDrawn, own.total);
  }
  // The same accuracies as those that the line is made of.
  assert.ok(trial !== null && "groups" in trial);
  const { baselines, groups } = trial;
  for (
    const [own, points] of [
      [drop, baselines],
      [fineTunedDrop, groups.flatMap(({ points }) => points)],
    ] as const
  ) {
    for (const set of ["reference", "shifted"] as const) {
      const all = points.map(({ [set]: accuracy }) => accuracy);
      const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
      close(own?.accuracy[set].value ?? NaN, mean, 1e-9);
    }
  }
  const condition = /^accuracy of a linear classifier stays/;
  const read = [quick.rule, rule].map((all) =>
    all.filter(({ condition: text }) => condition.test(text))
  );
  assert.equal(read[0]?.length, 1);
  assert.deepEqual(read[1], read[0]);
  const page = await Deno.readTextFile(
    join(t.folder, "questions/field/index.md"),
  );
  assert.match(
    page,
    /^The mean of 6 networks from scratch, .* is right more often on the shifted than on the reference set, by \d/m,
  );
  assert.match(page, /^The mean of 4 pre-trained networks, .* loses /m);
  assert.match(page, /^\| harder examples that both sets have \| /m);
});
