import assert from "node:assert/strict";
import { join } from "node:path";
import { partOf } from "../../../engine/store/disk_entry.ts";
import { openAlone } from "../../../engine/store/open_alone.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import { readAnswer } from "../../../reports/site/answer_file.ts";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import { filesBelow } from "../../files_below.ts";
import { type Rig, rig } from "../rig.ts";
import { npy, TABLE, writeTable } from "./asked_table.ts";
import {
  FAILING_TRIALS,
  IMAGES,
  rigAfterTrial,
  SMALL_TRIALS,
  TRIALS_WITHOUT_LINE,
  writeImages,
  writeSets,
} from "./small_trial.ts";
import { test } from "../../full.ts";

function ask(t: Rig, words: readonly string[]) {
  return t.run(["ask", ...words, "--store", "store"], {
    pipelines: [],
    asked: askedPipeline,
  });
}

Deno.test("ask() answers, keeps the question and writes a page; asked again, nothing runs", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  const { code, stdout, stderr } = await ask(t, TABLE);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Extrapolation: /m);
  assert.match(
    stdout,
    /Page: questions\/predictions\/index\.html \(for programs: answer\.json in the same folder\)\nAsk again: deno task ask questions\/predictions\.json\n/,
  );
  assert.match(stderr, /^predictions: 8 stages$/m);
  assert.doesNotMatch(stderr, /at profile/);
  const folder = join(t.folder, "questions/predictions");
  const page = await Deno.readTextFile(join(folder, "index.md"));
  assert.match(page, /Will pre-training help on predictions\?/);
  assert.match(page, /The mean of 2 models/);
  assert.match(page, /^\| `row \d+` \|/m);
  const listed = await Deno.readTextFile(join(folder, "examples.csv"));
  assert.match(listed, /^shifted,row \d+,[\d.]+,out of support\r$/m);
  const times = timesOn(page);

  const again = await ask(t, ["questions/predictions.json", "--json"]);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /is up to date: 8 stages cached/);
  const findings = readAnswer(again.stdout);
  assert.equal(findings.answer, "extrapolation");
  assert(findings.outOfSupport !== null && findings.outOfSupport.low > 0.9);
  const { asked, ...told } = JSON.parse(again.stdout);
  assert.deepEqual(
    JSON.parse(await Deno.readTextFile(join(folder, "answer.json"))),
    { ...told, asked },
  );
  assert.equal(asked.name, "predictions");
  assert.equal(asked.command, "deno task ask questions/predictions.json");
  assert.deepEqual(
    asked.inputs.map(({ name }: { readonly name: string }) => name),
    ["predictions", "features, reference", "features, shifted"],
  );
  assert.equal(asked.deno, Deno.version.deno);
  // What it took does not change where nothing is computed.
  assert.equal(
    timesOn(await Deno.readTextFile(join(folder, "index.md"))),
    times,
  );
});

/** The times that a page gives. */
function timesOn(page: string): string {
  const times = [...page.matchAll(/^- \*\*[^*]* time\*\*: \d.*$/gm)].join();
  assert.match(times, /computing time.*wall time/s);
  return times;
}

test.inFull("ask() says how long the rest takes, by what stages took when they last ran", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  assert.equal((await ask(t, TABLE)).code, 0);
  await writeTable(t.folder, { moved: 4 });
  let now = Date.UTC(2026, 0, 2);
  const { code, stderr } = await t.run(
    ["ask", ...TABLE, "--store", "store"],
    { pipelines: [], asked: askedPipeline, clock: () => now += 20_000 },
  );
  assert.equal(code, 0, stderr);
  const left = /^ {6}\d of 8 stages done, about \d.* left$/m;
  assert.match(stderr, left);

  // Of a new question, by what those of others took.
  await writeTable(t.folder, { moved: 2 });
  const other = await t.run(
    ["ask", ...TABLE, "--name", "other", "--store", "store"],
    { pipelines: [], asked: askedPipeline, clock: () => now += 20_000 },
  );
  assert.equal(other.code, 0, other.stderr);
  assert.match(other.stderr, left);
});

Deno.test("ask() says that a file is where its page goes, before anything is computed", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  const told = async () => {
    const { code, stdout, stderr } = await ask(t, TABLE);
    return [code, stdout, stderr];
  };
  const cannot =
    "Cannot ask: the page of this question is written into the folder questions/predictions, and";
  const questions = join(t.folder, "questions");
  await Deno.writeTextFile(questions, "precious");
  assert.deepEqual(await told(), [
    2,
    "",
    `${cannot} questions is a file; move it elsewhere\n`,
  ]);
  await Deno.remove(questions);
  await Deno.mkdir(questions);
  await Deno.writeTextFile(join(questions, "predictions"), "precious");
  assert.deepEqual(await told(), [
    2,
    "",
    `${cannot} questions/predictions is a file; give another --name\n`,
  ]);
});

Deno.test("ask() finds in a column of the table that a property no longer goes with the label, and warns of a prediction that is no label", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0, linked: true });
  const file = join(t.folder, "predictions.csv");
  const rows = await Deno.readTextFile(file);
  // One prediction is of no label.
  await Deno.writeTextFile(file, rows.replace(/,\d,(.)\n$/, ",two,$1\n"));
  const { code, stdout, stderr } = await ask(t, [
    ...TABLE,
    ...["--property", "camera", "--json"],
  ]);
  assert.equal(code, 0, stderr);
  const { biases, examples } = JSON.parse(stdout) as AskFindings;
  assert.deepEqual(
    biases.map(({ property, counts }) => [property, counts]),
    [["camera", true]],
  );
  // No example counts with others for one.
  assert.equal(examples.groups.test, examples.test);
  const warning =
    /1 of the 480 predictions name no label of the table, the first is "two" of "second" in set "shifted"/;
  assert.match(stderr, new RegExp(`^Warning: ${warning.source}`, "m"));
  const page = join(t.folder, "questions/predictions/index.md");
  assert.match(await Deno.readTextFile(page), warning);
  const again = await ask(t, ["questions/predictions.json"]);
  assert.match(
    again.stdout,
    /^Bias: .*\n(?:.*\n)*What helps against a bias, .*: deno task reproduce interventions\nPage: /m,
  );
});

test.inFull("ask() gives no cause of another question", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0 });
  assert.equal((await ask(t, [...TABLE, "--name", "first"])).code, 0);
  await writeTable(t.folder, { moved: 8 });
  const other = await ask(t, [...TABLE, "--name", "second"]);
  assert.match(other.stderr, /^start tellApart: never run before$/m);
  assert.doesNotMatch(other.stderr, /changed/);
  await writeTable(t.folder, { moved: 4 });
  const again = await ask(t, ["questions/second.json"]);
  assert.match(again.stderr, /^start tellApart: input.* changed/m);
});

test.inFull("gc keeps what a question in the folder of questions needs, and says of others that they are no more", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  for (const name of ["Kept.1", "gone"]) {
    assert.equal((await ask(t, [...TABLE, "--name", name])).code, 0);
  }
  await Deno.remove(join(t.folder, "questions/gone.json"));
  const gc = await t.run(["gc", "--keep-runs", "0", "--store", "store"], {
    pipelines: [],
  });
  assert.equal(gc.code, 0, gc.stderr);
  assert.match(gc.stdout, /asked-gone \(default\) is no longer a pipeline/);
  assert.doesNotMatch(gc.stdout, /asked-kept/);
  const again = await ask(t, ["questions/Kept.1.json"]);
  assert.match(again.stderr, /Kept\.1 is up to date: 8 stages cached/);
});

test.inFull("ask() answers with all but the trial's numbers where baselines make no line, and says how to ask without networks where a trial fails", async () => {
  await using t = await rigAfterTrial();
  const store = ["--store", "store"];
  const lineless = await t.run(
    ["ask", ...IMAGES, ...store, "--json"],
    TRIALS_WITHOUT_LINE,
  );
  assert.equal(lineless.code, 0, lineless.stderr);
  const { trial, outOfSupport, why } = JSON.parse(
    lineless.stdout,
  ) as AskFindings;
  assert.ok(trial !== null && "noLine" in trial);
  assert.match(
    trial.noLine,
    /^Cannot fit a line through 3 points: all have the reference accuracy /,
  );
  assert.equal(outOfSupport?.trained, true);
  assert.match(
    why,
    /The trial cannot tell what pre-training brings\. Cannot fit a line /,
  );
  const page = await Deno.readTextFile(
    join(t.folder, "questions/field/index.md"),
  );
  assert.match(page, /Nothing is measured over .*\. Cannot fit a line /);
  assert.match(page, /Where does the drop come from\?/);

  // Most of its networks are there by now.
  const failed = await t.run(["ask", ...IMAGES, ...store], FAILING_TRIALS);
  assert.equal(failed.code, 1);
  // Four stages fail; which of them is the first, and heads the message, is chance.
  assert.match(
    failed.stderr,
    /^Cannot complete stage "measure(Robustness|Split)\/asked-/m,
  );
  const [, words = ""] =
    /^Without networks: deno task (.*)$/m.exec(failed.stderr) ?? [];
  assert.equal(words, "ask questions/field.json --quick");
  const { code, stdout, stderr } = await t.run(
    [...words.split(" "), ...store],
    FAILING_TRIALS,
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /Page: questions\/field\/index\.html/);
  assert.match(stderr, /[1-9]\d* cached/);
});

test.inFull("ask() says before anything is trained that images are too few to train on", async () => {
  await using t = await rig();
  await writeSets(t.folder);
  await Deno.remove(join(t.folder, "train"), { recursive: true });
  const few = { n: 20, seed: 0, brightness: 0 };
  await writeImages(join(t.folder, "train"), few);
  const words = ["ask", ...IMAGES, "--store", "store"];
  const { code, stderr } = await t.run(words, SMALL_TRIALS);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^Cannot train networks on 40 reference images: at least 64 are needed; add some, or train none, with --quick$/m,
  );
  // Nothing is left of what was packed.
  assert.deepEqual(filesBelow(join(t.folder, "questions")), []);
});

test.inFull("ask() packs and computes nothing again for the same images under another name", async () => {
  await using t = await rig();
  await writeSets(t.folder);
  const named = (name: string) =>
    t.run([
      ...["ask", ...IMAGES, "--quick", "--store", "store", "--name", name],
    ], SMALL_TRIALS);
  assert.equal((await named("first")).code, 0);
  const { code, stderr } = await named("second");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /second is up to date: \d+ stages cached/);
  await assert.rejects(
    Deno.stat(join(t.folder, "questions/second/sets")),
    Deno.errors.NotFound,
  );
});

test.inFull("ask() leaves a packed set alone that another process is writing, and goes on from one that was killed", async () => {
  await using t = await rig();
  await writeSets(t.folder);
  const words = ["ask", ...IMAGES, "--quick", "--store", "store"];
  const packed = () =>
    filesBelow(join(t.folder, "questions/field/sets"))
      .filter((path) => path.startsWith("reference-"));
  assert.equal((await t.run(words, SMALL_TRIALS)).code, 0);
  const [name = ""] = packed();
  const file = join(t.folder, "questions/field/sets", name);
  const bytes = await Deno.readFile(file);
  await Deno.remove(file);
  {
    using _other = await openAlone(partOf(file));
    const { code, stderr } = await t.run(words, SMALL_TRIALS);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^Cannot keep the reference images: another process asks the same question; ask again when it is done$/m,
    );
  }
  await Deno.writeFile(partOf(file), bytes.subarray(0, 100));
  const { code, stderr } = await t.run(words, SMALL_TRIALS);
  assert.equal(code, 0, stderr);
  assert.deepEqual(packed(), [name]);
  assert.deepEqual(await Deno.readFile(file), bytes);
});

Deno.test("ask() says in a line what it cannot read, and writes no page", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0 });
  await Deno.remove(join(t.folder, "shifted.npy"));
  const gone = await ask(t, TABLE);
  assert.equal(gone.code, 2);
  assert.equal(
    gone.stderr,
    "Cannot read features, shifted: shifted.npy is not there\n",
  );
  await Deno.mkdir(join(t.folder, "shifted.npy"));
  assert.equal(
    (await ask(t, TABLE)).stderr,
    "Cannot read features, shifted: shifted.npy is a folder; name a file in it\n",
  );
  await Deno.remove(join(t.folder, "shifted.npy"));
  await Deno.writeFile(join(t.folder, "shifted.npy"), npy(2, 0).slice(0, 600));
  const cut = await ask(t, TABLE);
  assert.equal(cut.code, 2);
  assert.match(cut.stderr, /^Cannot read features shifted\.npy: .*\n$/);
  await assert.rejects(
    Deno.stat(join(t.folder, "questions")),
    Deno.errors.NotFound,
  );
});

Deno.test("ask() says what paths of a question are relative to, where they are not there", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0 });
  await Deno.mkdir(join(t.folder, "questions"));
  await Deno.writeTextFile(
    join(t.folder, "questions/mine.json"),
    '{ "kind": "table", "predictions": "predictions.csv" }',
  );
  const { code, stderr } = await ask(t, ["questions/mine.json"]);
  assert.equal(code, 2);
  assert.equal(
    stderr,
    "Cannot read predictions: questions/predictions.csv is not there\nPaths in questions/mine.json are relative to its folder, questions: edit those that are not there.\n",
  );
});

Deno.test("ask() says of JSON, Parquet and archives that tables are CSV", async () => {
  await using t = await rig();
  for (
    const [start, what] of [
      ['[{"set": "reference"}]', "JSON"],
      ['{"set": "reference"}', "JSON"],
      ["PAR1…", "Parquet"],
      ["PK\x03\x04…", "a spreadsheet or another zip archive"],
    ] as const
  ) {
    await Deno.writeTextFile(join(t.folder, "mine"), start);
    const { code, stderr } = await ask(t, ["--table", "mine"]);
    assert.equal(code, 2);
    assert.equal(
      stderr,
      `Cannot read predictions: mine is ${what}, and tables are CSV; write it as CSV, a row for each example\n`,
    );
  }
});

Deno.test("ask() names er for a table of accuracies, and leaves nothing", async () => {
  await using t = await rig();
  await Deno.writeTextFile(
    join(t.folder, "mine.csv"),
    'model;group;"Reference";shifted\nscratch-a;baseline;52.10;39.85\n',
  );
  const { code, stdout, stderr } = await ask(t, ["--table", "mine.csv"]);
  assert.deepEqual([code, stdout, stderr], [
    2,
    "",
    'Cannot read predictions: mine.csv has accuracies of models, one a row; "deno task er --table mine.csv" measures effective robustness in it\n',
  ]);
  const left = await Array.fromAsync(Deno.readDir(t.folder));
  assert.deepEqual(left.map(({ name }) => name), ["mine.csv"]);
});
