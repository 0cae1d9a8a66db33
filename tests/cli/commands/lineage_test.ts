import assert from "node:assert/strict";
import { join } from "node:path";
import { on, rig, rigsAfter, rigWithStore } from "../rig.ts";
import { reporting, SOURCE } from "../toy_report.ts";
import { test } from "../../full.ts";

const pipelines = [reporting()];

/** A store with everything in it, and a site. */
const reproduced = rigsAfter(async (t) => {
  const copy = join(t.folder, "mirror/example.org/results");
  await Deno.mkdir(copy, { recursive: true });
  await Deno.writeTextFile(join(copy, "table.csv"), "abc");
  const words = on("reproduce", "--mirror", join(t.folder, "mirror"));
  assert.equal((await t.run(words, { pipelines })).code, 0);
});

/** Keys, days and seconds are those of the run. */
function withoutFacts(text: string): string {
  return text.replaceAll(
    / · key [0-9a-f]{12} · 2026-01-01 · \d+(\.\d)? s( on toy)?/g,
    "",
  );
}

function lineage(...words: readonly string[]): string[] {
  return [...on("lineage", ...words), "--site", "site"];
}

Deno.test("lineage() shows what a figure is made of, back to what takes in nothing", async () => {
  await using t = await reproduced();
  const { code, stdout, stderr } = await t.run(lineage("toy-report/line"), {
    pipelines,
  });
  assert.equal(code, 0, stderr);
  const lines = withoutFacts(stdout).split("\n");
  assert.deepEqual(lines.slice(0, 4), [
    "figure line of toy-report at profile default",
    "└─ drawFigure  tests/cli/toy_report.ts",
    "   └─ history of train  tests/cli/toy_tasks.ts",
    "      └─ load  tests/cli/toy_tasks.ts",
  ]);
  assert.match(
    lines[4] ?? "",
    /^ {9}└─ package zod 4\.6\.7 \(sha256 /,
  );
});

Deno.test("lineage() goes on below what it says where a line is too wide, beside the lines of the tree", async () => {
  await using t = await reproduced();
  const { stdout } = await t.run(lineage("toy-report/line"), {
    pipelines,
    columns: 40,
    isTerminal: true,
  });
  assert.match(
    stdout,
    /\n {3}└─ history of train ?\n {6}tests\/cli\/toy_tasks\.ts · key/,
  );
  assert.ok(stdout.split("\n").every((line) => line.length <= 40));
});

Deno.test("lineage() goes back to the published file", async () => {
  await using t = await reproduced();
  const { stdout } = await t.run(lineage("toy-report/table"), { pipelines });
  assert.deepEqual(withoutFacts(stdout).split("\n"), [
    "figure table of toy-report at profile default",
    "└─ readTable  tests/cli/toy_tasks.ts",
    "   └─ fetchSource  tasks/datasets/fetch_source.ts",
    `      └─ ${SOURCE.url}  sha256 ${SOURCE.sha256}`,
    "",
  ]);
});

Deno.test("lineage() shows a stage once that several others need", async () => {
  await using t = await reproduced();
  const { stdout } = await t.run(lineage("toy-report"), { pipelines });
  assert.match(stdout, /^report toy-report at profile default\n/);
  assert.match(stdout, /\n├─ measure .*\n│ {2}└─ history of train {2}tests\//);
  assert.match(
    stdout,
    /\n├─ drawFigure .*\n│ {2}└─ history of train {2}\(above\)\n/,
  );
});

Deno.test("lineage() takes files and pages of the site, claims and digests", async () => {
  await using t = await reproduced();
  const { stdout } = await t.run(lineage("--json", "toy-report/line"), {
    pipelines,
  });
  const { stages } = JSON.parse(stdout);
  const digest: string = stages[0].outputs.value.digest;
  for (
    const [word, title] of [
      ["site/toy-report/line.svg", "figure line of toy-report"],
      [join(t.folder, "site/toy-report/line.csv"), "figure line of toy-report"],
      ["toy-report/line/index.html", "figure line of toy-report"],
      ["elsewhere/toy-report/line.json", "figure line of toy-report"],
      ["toy-report/line-2.png", "figure line of toy-report"],
      ["site/toy-report/index.html", "report toy-report"],
      ["site/toy-report/lineage/index.html", "report toy-report"],
      ["toy-report/lineage/lineage.json", "report toy-report"],
      ["toy-report/lineage/stages.svg", "report toy-report"],
      ["toy-report/low", "claim low of toy-report"],
      [digest, `artifact ${digest.slice(0, 12)}`],
      [digest.slice(0, 10), `artifact ${digest.slice(0, 12)}`],
    ] as const
  ) {
    const { stdout, stderr } = await t.run(lineage(word), { pipelines });
    assert.equal(stderr, "");
    assert.equal(stdout.split("\n")[0], `${title} at profile default`);
  }
});

Deno.test("lineage() prints stages as JSON, each before those that it takes in", async () => {
  await using t = await reproduced();
  const { stdout } = await t.run(lineage("--json", "toy-report/line"), {
    pipelines,
  });
  const found = JSON.parse(stdout);
  assert.equal(found.pipeline, "toy-report");
  assert.deepEqual(found.artifacts, [{ stage: "drawFigure", field: "value" }]);
  const [draw, train, load] = found.stages;
  assert.deepEqual(
    [draw.name, train.name, load.name],
    ["drawFigure", "train", "load"],
  );
  assert.equal(draw.inputs[0].digest, train.outputs.history.digest);
  assert.equal(train.params.epochs, 12);
  assert.equal(found.stages.length, 3);
});

Deno.test("lineage() says what is not made yet", async () => {
  await using t = await rigWithStore();
  const { stdout } = await t.run(lineage("toy-report/low"), { pipelines });
  assert.match(stdout, /\n└─ measure {2}not made yet\n/);
});

test.inFull("lineage() names what a page had to do without, and calls the page no less made", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines }); // the source is not to be had
  const { stdout } = await t.run(lineage("site/toy-report/index.html"), {
    pipelines,
  });
  assert.match(
    stdout,
    /^report toy-report at profile default, without results of readTable and fetchSource\n/,
  );
  assert.match(stdout, /readTable {2}not made yet\n/);
  const table = await t.run(lineage("toy-report/table"), { pipelines });
  assert.match(table.stdout, /^figure table of toy-report at profile default/);
});

Deno.test("lineage() refuses what it does not find, with what there is", async () => {
  await using t = await reproduced();
  for (
    const [word, message] of [
      [
        "toy-report/lime",
        'Cannot find "lime" in toy-report: it has line, table and low; did you mean "line"?',
      ],
      [
        "toy-rapport",
        'Cannot find "toy-rapport": it is neither a file of the site, a figure as PIPELINE/ID nor a digest; the pipelines are toy-report; did you mean "toy-report"?',
      ],
      [
        "0123456789",
        "Cannot find artifact 0123456789: no stage of this store made it in its last run at profile default; name another with --profile",
      ],
    ] as const
  ) {
    const { code, stderr } = await t.run(lineage(word), { pipelines });
    assert.equal(code, 2);
    assert.equal(stderr, `${message}\n`);
  }
  const { stderr } = await t.run(
    lineage("toy-report/line", "--profile", "gpu"),
    { pipelines },
  );
  assert.match(
    stderr,
    /^Cannot use profile "gpu" of toy-report: its profiles /,
  );
});

test.inFull("lineage() takes the profile of the site for a file of it, and names it for all else", async () => {
  await using t = await rig();
  const site = join(t.folder, "site");
  await Deno.mkdir(join(site, "toy-report"), { recursive: true });
  await Deno.writeTextFile(join(site, "toy-report/low.svg"), "");
  await Deno.writeTextFile(join(site, "index.html"), "");
  const run = {
    id: "a",
    profile: "smoke",
    started: "",
    commit: null,
  };
  const { runs, stages } = { runs: [], stages: [] };
  await Deno.writeTextFile(
    join(site, "manifest.json"),
    JSON.stringify({ format: 1, run, files: {}, stages, runs }),
  );
  await t.run(on("reproduce", "--profile", "smoke", "--replace"), {
    pipelines,
  });
  const file = await t.run(lineage("site/toy-report/low.svg"), { pipelines });
  assert.match(file.stdout, /^claim low of toy-report at profile smoke\n/);
  const name = await t.run(lineage("toy-report/low"), { pipelines });
  assert.match(
    name.stdout,
    /^claim low of toy-report at profile default is not made yet; run `deno task reproduce toy-report --store store`; it exists at profile smoke: add --profile smoke\n/,
  );
  assert.deepEqual([file.code, name.code], [0, 1]);
  const front = await t.run(lineage("site/index.html"), { pipelines });
  assert.equal(
    front.stderr,
    'Cannot tell what "site/index.html" is made of: it belongs to the whole site, not to one pipeline; name a file below toy-report\n',
  );
});
