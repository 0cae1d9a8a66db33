import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { pageFolder } from "../../../cli/er/er_folder.ts";
import { type Rig, rig, ROOT } from "../rig.ts";

const TABLE = fileURLToPath(new URL("../data/er_table.csv", import.meta.url));

/** The folder of its page, which lies elsewhere than the rigs. */
const PAGE = relative(
  "/rig",
  pageFolder({ table: TABLE, to: undefined }, { folder: "/rig" }),
);

const COLUMNS = [
  ...["--reference", "reference", "--shifted", "shifted"],
  ...["--group", "group"],
];

function run(
  t: Rig,
  words: readonly string[],
  setting: { readonly isTerminal?: boolean; readonly columns?: number } = {},
) {
  return t.run(["er", ...words], { pipelines: [], ...setting });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.toSorted();
}

const WARNINGS =
  `Warning: 1 of 4 models lies outside the baselines' range of reference accuracy (52.1% to 74.4%), the farthest "narrow-b" by 3.46 points above: its ER is an extrapolation
Warning: the line rests on only 5 baselines, fewer than 10
`;

Deno.test("er() prints the fit and each group, and writes the page", async () => {
  await using t = await rig();
  const { code, stdout, stderr, both } = await run(t, [
    ...["--table", TABLE, ...COLUMNS],
  ]);
  assert.equal(code, 0);
  const [before = "", answer = ""] = both.split(WARNINGS);
  assert.match(before, /\nPage: .*\n$/);
  assert.match(answer, /^The 2 models of group "pre-trained" have a mean /);
  assert.equal(before + answer, stdout);
  assert.equal(
    stdout,
    `Effective robustness in er_table.csv
  reference  reference
  shifted    shifted
  models     9, named by column "model", in 3 groups by column "group"
  accuracies percentages, because the values are above 1
  baselines  group "baseline"
  line       probit scale, n = 5, slope 1.0557, intercept −0.3284, r² 0.9902

  group        n  mean ER        interval    max  model of the max
  pre-trained  2    +2.87  +0.59 to +5.15  +2.97  wide-b
  narrow       2    −1.33  −4.37 to +1.70  −1.19  narrow-b

ER in points; intervals: 95%, from spread between models and uncertainty of the line
The noise of the test examples is not included; --reference-size and --shifted-size add it
Page: ${PAGE}/index.html
The 2 models of group "pre-trained" have a mean effective robustness of +2.87 points (95% interval +0.59 to +5.15): they do better on the shifted data than baselines of the same reference accuracy.
The 2 models of group "narrow" have a mean effective robustness of −1.33 points (95% interval −4.37 to +1.70): the interval contains zero, so no difference from the baselines can be told.
Treat this with caution: 1 of 4 models lies beyond the baselines, so the line is extrapolated there.
`,
  );
  assert.equal(stderr, WARNINGS);
  assert.deepEqual(await namesIn(join(t.folder, PAGE)), [
    ".written.json",
    "effective-robustness.csv",
    "effective-robustness.json",
    "effective-robustness.svg",
    "index.html",
    "index.md",
    "style.css",
  ]);
});

Deno.test("er() prints JSON alone with --json, and writes nothing", async () => {
  await using t = await rig();
  const { code, stdout, stderr } = await run(t, [
    ...["--table", TABLE, ...COLUMNS, "--json", "--scale", "logit"],
  ]);
  assert.equal(code, 0);
  const { fit, level, groups, models } = JSON.parse(stdout);
  assert.deepEqual(Object.keys(fit), [
    ...["scale", "baseline", "n", "slope", "intercept", "r2"],
  ]);
  assert.deepEqual([fit.scale, fit.n, level], ["logit", 5, 0.95]);
  assert.deepEqual(Object.keys(groups), ["pre-trained", "narrow"]);
  assert.equal(models.length, 9);
  assert.deepEqual(models[0].name, "scratch-a");
  assert.equal(
    stderr,
    `Accuracies are read as percentages, because the values are above 1\n${WARNINGS}`,
  );
  assert.deepEqual(await namesIn(t.folder), []);
});

Deno.test("er() counts the noise of the test examples where their numbers are given", async () => {
  await using t = await rig();
  const { stdout } = await run(t, [
    ...["--table", TABLE, ...COLUMNS],
    ...["--reference-size", "10000", "--shifted-size", "500"],
  ]);
  assert.match(
    stdout,
    /^ {2}examples {3}10000 behind each reference accuracy, 500 behind each shifted one$/m,
  );
  assert.match(
    stdout,
    /^ER in points; intervals: 95%, from spread between models, noise of the test examples and uncertainty of the line\nThe noise of a mean is that of one model, as if models of a group erred on the same test examples and baselines on others: .* wider than they need to be\nPage: /m,
  );
  // NumPy 2.4.6 and SciPy 1.17.1: 1.96 times the mean of the two models' binomial noise, added in squares.
  assert.match(stdout, /^ {2}pre-trained {2}2 {4}\+2\.87 {2}−2.09 to \+7.83/m);
  const page = await Deno.readTextFile(
    join(t.folder, `${PAGE}/index.md`),
  );
  assert.match(page, /--reference-size 10000 --shifted-size 500$/m);
});

Deno.test("er() writes the page beside JSON with --to", async () => {
  await using t = await rig();
  const { stdout } = await run(t, [
    ...["--table", TABLE, ...COLUMNS, "--json", "--to", "page"],
  ]);
  assert.equal(
    await Deno.readTextFile(join(t.folder, "page/effective-robustness.json")),
    stdout,
  );
});

Deno.test("er() writes the same page for the same table, over the earlier one", async () => {
  await using t = await rig();
  const page = join(t.folder, `${PAGE}/index.html`);
  await run(t, ["--table", TABLE, ...COLUMNS, "--level", "0.9"]);
  const narrower = await Deno.readTextFile(page);
  await run(t, ["--table", TABLE, ...COLUMNS]);
  const first = await Deno.readTextFile(page);
  await run(t, ["--table", TABLE, ...COLUMNS]);
  assert.equal(await Deno.readTextFile(page), first);
  assert.notEqual(narrower, first);
});

Deno.test("er() says on the page how to make it again", async () => {
  await using t = await rig();
  const table = join(t.folder, "it's mine.csv");
  const text = await Deno.readTextFile(TABLE);
  await Deno.writeTextFile(table, text.replace("reference", "top 1"));
  const { code } = await run(t, [
    ...["--table", table, "--reference", "top 1", "--shifted", "shifted"],
    ...["--group", "group", "--scale", "linear", "--level", "0.9"],
  ]);
  assert.equal(code, 0);
  const page = await Deno.readTextFile(
    join(t.folder, "er/it's mine/index.md"),
  );
  assert.match(
    page,
    /^deno task er --table 'it'\\''s mine\.csv' --reference 'top 1' --shifted shifted --group group --baseline baseline --name model --scale linear --level 0\.9$/m,
  );
});

Deno.test("er() takes names from the table for text, on the page and on the terminal", async () => {
  await using t = await rig();
  const table = join(t.folder, "t.csv");
  const text = await Deno.readTextFile(TABLE);
  await Deno.writeTextFile(
    table,
    text.replaceAll("pre-trained", "<b>*new*\u001b[31m")
      .replace("wide-b", '"<script>alert(1)</script>\n| x"'),
  );
  const { code, stdout } = await run(t, ["--table", table, ...COLUMNS]);
  assert.equal(code, 0);
  assert.match(stdout, /^ {2}<b>\*new\*\ufffd\[31m +2 .*<script>alert\(1\)/m);
  const html = await Deno.readTextFile(join(t.folder, "er/t/index.html"));
  assert.doesNotMatch(html, /<script|<b>\*new/);
  const markdown = await Deno.readTextFile(join(t.folder, "er/t/index.md"));
  assert.doesNotMatch(markdown, /(?<!\\)<script/);
});

Deno.test("er() cuts rows of the table to a terminal and breaks all else between words, never in a pipe", async () => {
  await using t = await rig();
  const words = ["--table", TABLE, ...COLUMNS];
  const narrow = await run(t, words, { isTerminal: true, columns: 40 });
  for (const line of narrow.stdout.split("\n")) assert(line.length <= 40, line);
  assert.match(
    narrow.stdout,
    /^ {2}models {5}9, named by column "model",$/m,
  );
  assert.match(narrow.stdout, /^ {13}in 3 groups by column$/m);
  assert.match(narrow.stdout, /^ {2}pre-trained .*…$/m);
  assert.match(narrow.stdout, /^a mean effective robustness of \+2\.87$/m);
  const piped = await run(t, words, { columns: 40 });
  assert.match(piped.stdout, /r² 0\.9902$/m);
});

const USAGE: readonly (readonly [string, readonly string[], string])[] = [
  [
    "a missing option",
    ["--reference", "reference", "--shifted", "shifted"],
    'Cannot use option "--table": it is required; --help says what it takes',
  ],
  [
    "a table without its option",
    ["mine.csv"],
    'Cannot use argument "mine.csv": "er" takes no argument; did you mean "--table mine.csv"?',
  ],
  [
    "a scale that is none",
    ["--table", TABLE, ...COLUMNS, "--scale", "probt"],
    'Cannot use option "--scale": "probt" is none of probit, logit and linear; did you mean "probit"?',
  ],
  [
    "a level that is no share",
    ["--table", TABLE, ...COLUMNS, "--level", "95"],
    'Cannot use option "--level": "95" is not a number between 0 and 1, such as 0.95',
  ],
  [
    "the size of one test set",
    ["--table", TABLE, ...COLUMNS, "--shifted-size", "500"],
    'Cannot use option "--shifted-size" without "--reference-size": an effective robustness carries the noise of both test sets',
  ],
  [
    "a column without numbers",
    [
      ...["--table", TABLE, "--reference", "reference", "--shifted", "model"],
      ...["--group", "group"],
    ],
    'Cannot use column "model" for shifted accuracies: no row has a number there; the first has "scratch-a"',
  ],
  [
    "a column that is not there",
    ["--table", TABLE, ...COLUMNS, "--name", "mode"],
    `Cannot find column "mode" (--name) in table "${TABLE}": the columns are model, group, reference and shifted; did you mean "model"?`,
  ],
  [
    "a group that is not there",
    ["--table", TABLE, ...COLUMNS, "--baseline", "wide"],
    `Cannot find group "wide" (--baseline) in column "group" of table "${TABLE}": the groups are "baseline" (5 models), "pre-trained" (2 models) and "narrow" (2 models)`,
  ],
  [
    "a group of two for baselines",
    ["--table", TABLE, ...COLUMNS, "--baseline", "narrow"],
    'Cannot fit a line through the baselines: group "narrow" of column "group" has 2 models (lines 9 and 10), and at least 3 are needed',
  ],
  [
    "a folder for a table",
    ["--table", ROOT, ...COLUMNS],
    `Cannot read table "${ROOT}": it is a folder`,
  ],
];

for (const [what, words, line] of USAGE) {
  Deno.test(`er() refuses ${what} in one line, and writes nothing`, async () => {
    await using t = await rig();
    const { code, stdout, stderr } = await run(t, words);
    assert.equal(stderr, `${line}\n`);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.deepEqual(await namesIn(t.folder), []);
  });
}

Deno.test("er() refuses a folder that it did not write", async () => {
  await using t = await rig();
  await Deno.writeTextFile(join(t.folder, "notes.txt"), "precious");
  const { code, stderr } = await run(t, [
    ...["--table", TABLE, ...COLUMNS, "--to", "."],
  ]);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /: the folder exists, is not empty and was not written by "er"/,
  );
  assert.deepEqual(await namesIn(t.folder), ["notes.txt"]);
});

Deno.test("er() prints for the table of the guide what the guide shows", async () => {
  await using t = await rig();
  const guide = await Deno.readTextFile(join(ROOT, "docs/guide/tables.md"));
  const block = (language: string) =>
    guide.split(`\`\`\`${language}\n`)[1]?.split("```")[0] ?? "";
  await Deno.writeTextFile(join(t.folder, "mine.csv"), block("csv"));
  const { both } = await run(t, ["--table", "mine.csv"]);
  assert.equal(both, block("text"));
});
