import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";
import { type Rig, rig } from "../rig.ts";
import {
  IMAGES,
  rigAfterTrial,
  SMALL_TRIALS,
  writeImages,
  writeSets,
} from "./small_trial.ts";

const cannot = "Cannot train networks to tell test from shifted images";

function ask(t: Rig, words: readonly string[]) {
  return t.run(["ask", ...words, "--store", "store"], SMALL_TRIALS);
}

/** A manifest of the images in class folders, in groups. */
async function writeManifest(
  folder: string,
  { set, n, groupOf }: {
    readonly set: string;
    readonly n: number;
    readonly groupOf: (i: number) => string;
  },
): Promise<string> {
  const rows = ["dark", "light"].flatMap((label) =>
    Array.from(
      { length: n },
      (_, i) => `${set}/${label}/${i}.png,${label},${groupOf(i)}`,
    )
  );
  const file = `${set}.csv`;
  await Deno.writeTextFile(
    join(folder, file),
    `file_name,label,group\n${rows.join("\n")}\n`,
  );
  return file;
}

test.inFull("ask() says before anything is trained that test and shifted images are too few to be told apart", async () => {
  await using t = await rig();
  await writeSets(t.folder);
  for (const [set, n] of [["held", 5], ["field", 3]] as const) {
    await Deno.remove(join(t.folder, set), { recursive: true });
    await writeImages(join(t.folder, set), {
      n,
      seed: n,
      brightness: set === "held" ? 0 : 90,
    });
  }
  await Deno.remove(join(t.folder, "field/dark/0.png"));
  const few = await ask(t, IMAGES);
  assert.equal(few.code, 2, few.stderr);
  assert.ok(
    few.stderr.endsWith(
      `\n${cannot}: of all 15 some would learn from 7, and at least 8 are needed; add some, or train none, with --quick\n`,
    ),
    few.stderr,
  );
  assert.doesNotMatch(few.stderr, /^start /m);
  assert.deepEqual(filesBelow(join(t.folder, "questions")), []);
  const quick = await ask(t, [...IMAGES, "--quick"]);
  assert.equal(quick.code, 0, quick.stderr);
});

test.inFull("ask() says before anything is trained that all shifted images are of one group", async () => {
  await using t = await rig();
  await writeSets(t.folder);
  const shifted = await writeManifest(t.folder, {
    set: "field",
    n: 30,
    groupOf: () => "patient",
  });
  const { code, stderr } = await ask(t, [
    ...["--reference", "train", "--test", "held", "--shifted", shifted],
    ...["--side", "32"],
  ]);
  assert.equal(code, 2, stderr);
  assert.ok(
    stderr.endsWith(
      `\n${cannot}: all shifted ones are of one group; add some of others, or train none, with --quick\n`,
    ),
    stderr,
  );
  assert.doesNotMatch(stderr, /^start /m);
});

test.inFull("ask() answers without a trial where all shifted images are copies of test images", async () => {
  await using t = await rigAfterTrial();
  const field = join(t.folder, "field");
  await Deno.remove(field, { recursive: true });
  await cp(join(t.folder, "held"), field, { recursive: true });
  const { code, stdout, stderr } = await ask(t, [...IMAGES, "--json"]);
  assert.equal(code, 0, stderr);
  const { answer, trial, examples } = JSON.parse(stdout) as AskFindings;
  assert.deepEqual([answer, trial, examples.shifted], ["undecidable", null, 0]);
  assert.doesNotMatch(stderr, /^start (train|scoreFold)\//m);
});

test.inFull("ask() fine-tunes networks to tell unlabelled images apart, of however few reference images, and answers as without them", async () => {
  await using t = await rigAfterTrial();
  for (const name of ["train", "field"]) {
    await Deno.remove(join(t.folder, name), { recursive: true });
  }
  const all = { n: 20, seed: 7, brightness: 0 };
  await writeImages(join(t.folder, "train"), all);
  // In a flat folder there are no labels.
  await writeImages(join(t.folder, "more"), { ...all, seed: 8 });
  await Deno.rename(join(t.folder, "more/light"), join(t.folder, "field"));
  const found = async (...more: readonly string[]) => {
    const { code, stdout, stderr } = await ask(t, [
      ...IMAGES,
      "--json",
      ...more,
    ]);
    assert.equal(code, 0, stderr);
    return { stderr, ...JSON.parse(stdout) as AskFindings };
  };
  const quick = await found("--quick");
  assert.doesNotMatch(quick.stderr, /^start (train|scoreFold)\//m);
  const { stderr, trainedSupport, trial, rule, answer } = await found();
  assert.match(stderr, /^start scoreFold\//m);
  assert.doesNotMatch(stderr, /^start train\/asked-/m);
  assert.equal(trainedSupport?.trained, true);
  assert.equal("trainedSupport" in quick, false);
  assert.equal(trial, null);
  assert.deepEqual([answer, rule], [quick.answer, quick.rule]);
  const page = await Deno.readTextFile(
    join(t.folder, "questions/field/index.md"),
  );
  assert.match(page, /No network was trained to classify: /);
});

test.inFull("ask() takes groups of shifted images for the units of the intervals of its trial", async () => {
  await using t = await rigAfterTrial();
  const sizes = async (shifted: string) => {
    const { code, stdout, stderr } = await ask(t, [
      ...["--reference", "train", "--test", "held", "--shifted", shifted],
      ...["--side", "32", "--json", "--name", shifted.replace(".", "-")],
    ]);
    assert.equal(code, 0, stderr);
    const { trial } = JSON.parse(stdout) as AskFindings;
    assert.ok(trial !== null && "groups" in trial);
    return {
      stderr,
      sizes: trial.groups.flatMap(({ points }) =>
        points.map(({ shiftedSize }) => shiftedSize)
      ),
    };
  };
  const alone = await sizes("field");
  assert.deepEqual(new Set(alone.sizes), new Set([60]));
  assert.doesNotMatch(alone.stderr, /group/);
  const grouped = await sizes(
    await writeManifest(t.folder, {
      set: "field",
      n: 30,
      groupOf: (i) => `patient ${i % 12}`,
    }),
  );
  assert.ok(grouped.sizes.some((size = 60) => size < 60), `${grouped.sizes}`);
  assert.match(grouped.stderr, /with 60 shifted of 12 groups\.$/m);
  assert.match(grouped.stderr, /^start measureWhole\/asked-photo/m);
  assert.match(
    grouped.stderr,
    /^In the intervals of a trial a group of shifted images counts as one; /m,
  );
});
