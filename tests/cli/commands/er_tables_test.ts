/** What tables `er` reads and refuses. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Rig, rig } from "../rig.ts";

const TABLE = fileURLToPath(new URL("../data/er_table.csv", import.meta.url));

const COLUMNS = [
  ...["--reference", "reference", "--shifted", "shifted"],
  ...["--group", "group"],
];

function run(t: Rig, words: readonly string[]) {
  return t.run(["er", ...words], { pipelines: [] });
}

Deno.test("er() says that there is no such file", async () => {
  await using t = await rig();
  const { code, stderr } = await run(t, ["--table", "t.csv", ...COLUMNS]);
  assert.equal(
    stderr,
    `Cannot read table "t.csv": there is no file "${
      join(t.folder, "t.csv")
    }"\n`,
  );
  assert.equal(code, 2);
});

Deno.test("er() refuses what is no file, and need not end", async () => {
  await using t = await rig();
  for (
    const [table, state] of [
      [
        "/dev/zero",
        "it is not a file; write what it gives to a file, and name that",
      ],
      [".", "it is a folder"],
    ]
  ) {
    const { code, stderr } = await run(t, ["--table", `${table}`, ...COLUMNS]);
    assert.equal(stderr, `Cannot read table "${table}": ${state}\n`);
    assert.equal(code, 2);
  }
});

Deno.test("er() reads a pipe, and no more of it than a table may have", async () => {
  await using t = await rig();
  const pipe = join(t.folder, "pipe");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  const giving = (...words: readonly string[]) =>
    new Deno.Command("sh", {
      args: ["-c", `${words.join(" ")} > "$0" 2> /dev/null`, pipe],
    }).spawn();
  const whole = giving("cat", `'${TABLE}'`);
  const read = await run(t, ["--table", "pipe", ...COLUMNS, "--json"]);
  await whole.status;
  assert.equal(read.code, 0, read.stderr);
  const endless = giving("yes", "a,b");
  const { code, stderr } = await run(t, ["--table", "pipe", ...COLUMNS]);
  await endless.status;
  assert.equal(
    stderr,
    'Cannot read table "pipe": it is a pipe that gives more than 268 MB; write what it gives to a file, and name that\n',
  );
  assert.equal(code, 2);
});

async function refused(
  text: string,
  more: readonly string[] = [],
): Promise<string> {
  await using t = await rig();
  await Deno.writeTextFile(join(t.folder, "t.csv"), text);
  const { code, stdout, stderr } = await run(t, [
    ...["--table", "t.csv", ...COLUMNS, "--json", ...more],
  ]);
  assert.deepEqual([code, stdout], [2, ""]);
  const left = await Array.fromAsync(Deno.readDir(t.folder));
  assert.deepEqual(left.map(({ name }) => name), ["t.csv"]);
  return stderr;
}

Deno.test("er() refuses a table that is no CSV", async () => {
  assert.equal(
    await refused('model,group,reference,shifted\n"a,b\n'),
    'Cannot read table "t.csv": a quote in the row on line 2 is never closed\n',
  );
});

/** What `er` prints of a file with this content, named by nothing but `--table`. */
async function readAs(content: Uint8Array, words: readonly string[] = []) {
  await using t = await rig();
  await Deno.writeFile(join(t.folder, "t.csv"), content);
  return await run(t, ["--table", "t.csv", "--json", ...words]);
}

/** The table as a spreadsheet of other habits writes it, with an accent and empty rows at its end. */
async function european(separator: string): Promise<string> {
  const text = await Deno.readTextFile(TABLE);
  return text.replaceAll(",", separator).replaceAll(/(\d)\.(\d)/g, "$1,$2")
    .replace("wide-b", "étroit-b").replaceAll("\n", "\r\n") +
    `${separator.repeat(3)}\r\n`;
}

Deno.test("er() reads what spreadsheets write elsewhere, and says in a line what it took it for", async () => {
  const plain = JSON.parse(
    (await readAs(await Deno.readFile(TABLE))).stdout
      .replaceAll("wide-b", "étroit-b"),
  );
  const utf16 = (text: string) =>
    new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
  const latin1 = (text: string) =>
    Uint8Array.from(text, (c) => c.charCodeAt(0));
  const utf8 = (text: string) => new TextEncoder().encode(text);
  for (
    const [content, told] of [
      [
        latin1(await european(";")),
        "Read as Windows-1252, columns separated by semicolons, decimal commas.",
      ],
      [
        utf16(`\ufeff${await european("\t")}`),
        "Read as UTF-16, columns separated by tabs, decimal commas.",
      ],
      [
        utf8(`\ufeff${await european(";")}`),
        "Read as UTF-8, columns separated by semicolons, decimal commas.",
      ],
      [
        utf8(`\ufeffsep=;\r\n${await european(";")}`),
        "Read as UTF-8, columns separated by semicolons, decimal commas.",
      ],
      [
        utf16(`\ufeffsep=\t\r\n${await european("\t")}`),
        "Read as UTF-16, columns separated by tabs, decimal commas.",
      ],
      [
        utf8(
          (await european(";")).replaceAll(/\d+,\d+/g, '"$&"')
            .replaceAll(";", ","),
        ),
        "Read as UTF-8, columns separated by commas, decimal commas.",
      ],
    ] as const
  ) {
    const { code, stdout, stderr } = await readAs(content);
    assert.equal(stderr.split("\n")[0], told);
    assert.equal(code, 0);
    const { groups, models } = JSON.parse(stdout);
    assert.deepEqual(models, plain.models);
    assert.equal(groups["pre-trained"].mean, plain.groups["pre-trained"].mean);
  }
});

Deno.test("er() refuses in one line a table whose decimals follow both signs", async () => {
  const text = await european(";");
  const { code, stderr } = await readAs(
    new TextEncoder().encode(text.replace("39,85", "1.039,85")),
  );
  assert.equal(code, 2);
  const refused = await readAs(
    new TextEncoder().encode(`sep=;\r\n${text.replace("39,85", "1.039,85")}`),
  );
  assert.match(refused.stderr, /: line 3 has 1\.039,85/);
  assert.equal(
    stderr,
    'Cannot read table "t.csv": line 2 has 1.039,85, so the decimal sign may be a comma or a point; write all numbers with the same one\n',
  );
});

Deno.test("er() leaves out incomplete rows with --drop-incomplete, names them, and says so in the command of the page", async () => {
  await using t = await rig();
  const text = await Deno.readTextFile(TABLE);
  await Deno.writeTextFile(
    join(t.folder, "t.csv"),
    `${text}empty,narrow,60,\nnone,narrow,NA,50\n`,
  );
  const words = ["--table", "t.csv", ...COLUMNS];
  assert.equal((await run(t, words)).code, 2);
  const { code, stderr } = await run(t, [...words, "--drop-incomplete"]);
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^Warning: 2 incomplete rows are left out: line 11 \(model "empty"\) and line 12 \(model "none"\)$/m,
  );
  const page = await Deno.readTextFile(join(t.folder, "er/t/index.md"));
  assert.match(page, / --drop-incomplete$/m);
  assert.match(page, /2 incomplete rows are left out/);
});

Deno.test("er() places an accuracy of 1 as half an example where the number of examples is given", async () => {
  const text = (await Deno.readTextFile(TABLE)).replace("74.40", "100");
  const { code, stdout, stderr } = await readAs(
    new TextEncoder().encode(text),
    ["--reference-size", "1000", "--shifted-size", "1000"],
  );
  assert.equal(code, 0);
  assert.match(stderr, /than half a test example are taken .*: line 8$/m);
  const halved = text.replace(",100,", ",99.95,");
  const same = await readAs(
    new TextEncoder().encode(halved),
    ["--reference-size", "1000", "--shifted-size", "1000"],
  );
  assert.deepEqual(JSON.parse(stdout).fit, JSON.parse(same.stdout).fit);
});

Deno.test("er() tells ten problems of a table and counts the others", async () => {
  const text = await Deno.readTextFile(TABLE);
  const [head = "", ...rows] = text.trimEnd().split("\n");
  const empty = rows.map((row, i) =>
    i === 8 ? row : row.replace(/,[\d.]+,[\d.]+$/, ",,")
  );
  const lines = (await refused([head, ...empty].join("\n"))).split("\n");
  assert.equal(
    lines[0],
    'Cannot use the row on line 2 (model "scratch-a"): column "reference" is empty',
  );
  assert.deepEqual(lines.slice(10), [
    "… and 6 more problems",
    "Fix these rows, or leave out those without a name, a group or an accuracy by adding --drop-incomplete; no row is skipped silently, because that would shift the line",
    "",
  ]);
});

Deno.test("er() says which rows --drop-incomplete leaves out, where it was given and others are wrong", async () => {
  const text = await Deno.readTextFile(TABLE);
  const rows = "new,narrow,t.b.d.,50\nnone,narrow,NA,50\n";
  const stderr = await refused(`${text}${rows}`, ["--drop-incomplete"]);
  assert.match(stderr, /"t\.b\.d\.", which is not a number/);
  assert.match(
    stderr,
    /^Fix these rows \(--drop-incomplete leaves out those alone in which a required cell is empty or NA\); no row/m,
  );
});

Deno.test("er() names --drop-incomplete where that would leave out a wrong row, and only there", async () => {
  const text = await Deno.readTextFile(TABLE);
  const twice = text.split("\n").slice(1, 2).join();
  for (
    const [row, isNamed] of [
      ["new,narrow,NA,50", true],
      ["new,,60,50", true],
      ["new,narrow,152.10,50", false],
      ["new,narrow,100%,50", false],
      [twice, false],
    ] as const
  ) {
    const stderr = await refused(`${text}${row}\n`);
    assert.match(stderr, /^Cannot use the rows? on line/);
    assert.match(stderr, /\nFix these rows.*no row is skipped silently/);
    assert.equal(stderr.includes("--drop-incomplete"), isNamed, row);
  }
});
