import assert from "node:assert/strict";
import { addressFrom } from "../../../reports/document/address.ts";
import { gather } from "../../../reports/document/gather.ts";
import type { ShiftRecord } from "../../../reports/value/material.ts";
import { nominated } from "../../../reports/pages/nominated.ts";
import type { Report } from "../../../reports/value/report.ts";
import { site } from "../../../reports/site/site.ts";
import { figure, past, report, run } from "../example.ts";
import { png } from "../png.ts";
import { wordsOf } from "../text_of.ts";

const tint: ShiftRecord = {
  id: "tint",
  title: "Spurious tint",
  support: "in",
  description: "The colour goes with the class.",
  reference: "photographs in the colour of their class",
  shifted: "photographs in any colour",
  settings: [{ name: "strength", value: "0.25" }],
};

/** Five figures, of which the claim is about the last. */
const many: Report = {
  ...report,
  id: "many",
  title: "Many figures",
  figures: ["a", "b", "c", "d", "e"].map((id) => ({ ...figure, id })),
  claims: report.claims.slice(0, 1).map((claim) => ({
    ...claim,
    figure: "e",
    answers: "in support",
  })),
  mainFigures: ["b"],
  shifts: [{
    ...tint,
    settings: [{ name: "strength", value: "0.5" }],
    sheet: { id: "sheet", caption: "Tints.", alt: "Squares.", png: png() },
  }],
};
const first: Report = {
  ...report,
  shifts: [tint],
  models: [{
    id: "resnet-8",
    title: "ResNet-8",
    description: "Eight layers.",
    parameters: 75_274,
  }],
  nominations: [
    { place: "front page", id: figure.id },
    { place: "accuracy on the line", id: figure.id },
    { place: "bias", id: "tints" },
  ],
};
const files = site({ reports: [first, many], run, history: [past] });

const textOf = (path: string, of = files) => wordsOf(of, path);

Deno.test("addressFrom() gives relative and explicit addresses", () => {
  for (
    const [folder, path, address] of [
      ["", "a/index.html", "./a/index.html"],
      ["a/", "index.html#x", "../index.html#x"],
      ["a/", "a/b/index.html", "./b/index.html"],
      ["a/b/", "a/c.svg", "../c.svg"],
    ] as const
  ) {
    assert.equal(addressFrom(folder, path), address);
  }
});

Deno.test("site() gives every figure a page when a report has many", () => {
  const page = textOf("many/index.html");
  assert.equal(page.match(/class="plot-figure"/g)?.length, 1);
  assert.match(page, /<figure id="figure-b"/);
  for (const id of ["a", "c", "d", "e"]) {
    assert.match(page, new RegExp(`<li id="figure-${id}"`));
    assert.match(textOf(`many/${id}/index.html`), /class="plot-figure"/);
  }
  const e = textOf("many/e/index.html");
  assert.match(e, /<b>Figure 5\.<\/b>/);
  assert.match(e, /href="\.\.\/e\.csv"/);
  assert.match(e, /class="up">\s*<a href="\.\.\/index\.html"\s*>Many figures/);
  assert.match(e, /rel="prev" href="\.\.\/d\/index\.html"/);
  assert.doesNotMatch(e, /rel="next"/);
});

Deno.test("site() links a claim to the page of its figure when the report's page does not show it", () => {
  assert.match(
    textOf("many/index.html"),
    /<a href="\.\/e\/index\.html">Figure 5<\/a>/,
  );
  assert.match(
    textOf("spurious-tint/index.html"),
    /<a href="#figure-spurious-tint">Figure 1<\/a>/,
  );
});

Deno.test("site() shows the first figures when a report names none", () => {
  const { mainFigures: _, ...unnamed } = many;
  const page = textOf("many/index.html", site({ reports: [unnamed], run }));
  assert.match(page, /<figure id="figure-a"/);
  assert.match(page, /<figure id="figure-b"/);
  assert.match(page, /<li id="figure-c"/);
});

Deno.test("site() leads from each experiment to the next and back", () => {
  assert.match(
    textOf("spurious-tint/index.html"),
    /rel="next" href="\.\.\/many\/index\.html"/,
  );
  assert.match(
    textOf("many/index.html"),
    /rel="prev" href="\.\.\/spurious-tint\/index\.html"/,
  );
  assert.match(
    textOf("many/index.md"),
    /← \[Spurious tint: a shift that stays in support\]\(\.\.\/spurious-tint\/index\.md\)/,
  );
});

Deno.test("site() has the way to every page on every page, and says where one is", () => {
  const paths = [...files.keys()].filter((path) => path.endsWith("index.html"));
  assert.ok(paths.includes("models/resnet-8/index.html"));
  for (const path of paths) {
    const folder = path.slice(0, -"index.html".length);
    const page = textOf(path);
    for (const other of paths) {
      if (/^many\/./.test(other) && other !== "many/index.html") continue;
      assert.ok(page.includes(`href="${addressFrom(folder, other)}"`), path);
    }
    if (!/^many\/./.test(folder)) {
      assert.match(page, /aria-current="page"/, path);
    }
  }
});

Deno.test("site() says on the page of a shift what every report says of it", () => {
  const page = textOf("shifts/tint/index.html");
  assert.match(page, /A distribution shift, in support\./);
  assert.match(page, /The colour goes with the class\./);
  assert.match(page, /<img src="\.\/sheet\.png" alt="Squares\.">/);
  assert.ok(files.has("shifts/tint/sheet.png"));
  for (const id of ["spurious-tint", "many"]) {
    assert.match(page, new RegExp(`href="\\.\\./\\.\\./${id}/index\\.html"`));
  }
  for (const strength of ["0.25", "0.5"]) assert.ok(page.includes(strength));
});

Deno.test("gather() keeps the record that has a picture, and every use", () => {
  const { shifts, models } = gather([first, many]);
  assert.equal(shifts.length, 1);
  assert.equal(shifts[0]?.record.sheet?.id, "sheet");
  assert.deepEqual(
    shifts[0]?.uses.map(({ report: { id }, settings }) => [
      id,
      settings[0]?.value,
    ]),
    [["spurious-tint", "0.25"], ["many", "0.5"]],
  );
  assert.deepEqual(models.map(({ uses }) => uses.length), [1]);
});

Deno.test("site() tells on the page of a network its size and what it saw before", () => {
  const page = textOf("models/resnet-8/index.html");
  assert.match(page, /75,274 trainable parameters/);
  assert.match(page, /<dt>photo<\/dt>/);
});

Deno.test("site() answers on the front page before it shows figures, experiments and claims", () => {
  const page = textOf("index.html");
  const order = [
    'class="lead">When data shift',
    'class="answer"',
    '<figure id="figure-spurious-tint"',
    'id="experiments"',
    'id="claims"',
    'id="completeness"',
    'id="cite"',
  ].map((part) => page.indexOf(part));
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  assert.ok(!order.includes(-1), `${order}`);
  for (const what of ["Data", "Code", "Weights", "Results", "Environment"]) {
    assert.match(page, new RegExp(`<b>${what}</b>`));
  }
  assert.match(
    page,
    /<b>Figure 1\.<\/b>.*? From <a href="\.\/spurious-tint\/index\.html#figure-spurious-tint">/,
  );
  assert.match(page, /@software\{shiftline/);
});

Deno.test("site() answers nothing when no claim decides the answer", () => {
  const page = textOf("index.html", site({ reports: [report], run }));
  assert.doesNotMatch(page, /class="answer"/);
});

Deno.test("site() gives CITATION.cff as it is in the repository", async () => {
  assert.equal(
    files.get("CITATION.cff"),
    await Deno.readTextFile(new URL("../../../CITATION.cff", import.meta.url)),
  );
});

Deno.test("site() says in the completeness box what could not be made", () => {
  const made = site({
    reports: [{
      ...report,
      claims: [],
      figures: [{
        kind: "unavailable",
        id: "a",
        title: "A",
        reason: "source unavailable",
      }],
    }],
    run: { ...run, commit: null },
  });
  const page = textOf("index.html", made);
  assert.match(page, /1 figure and 0 claims could not be made/);
  assert.match(page, /made outside a checkout: no commit names its code/);
  const { edited: _, ...unknown } = run;
  const other = site({ reports: [report], run: unknown });
  assert.match(
    textOf("index.html", other),
    /Whether files differed from that commit could not be told/,
  );
});

Deno.test("site() says wherever it tells the commit that files differed from it", () => {
  const edited = [1, 2, 3, 4].map((i) => `tasks/task_${i}.ts`);
  const made = site({
    reports: [report],
    run: { ...run, edited },
    history: [{ ...past, commit: run.commit, edited }],
    id: "a1",
    published: [{ ...run, id: "a1", edited }],
  });
  const named = "tasks/task_1.ts, tasks/task_2.ts, tasks/task_3.ts and 1 more";
  const front = textOf("index.html", made);
  assert.match(front, /commit <code>4e5207c7bb65<\/code>, edited\. /); // footer
  assert.match(front, /commit <code>4e5207c7bb65<\/code>, edited:/); // runs
  assert.ok(front.includes(`Files that differed from that commit: ${named}.`));
  for (const page of [front, textOf("index.html")]) {
    assert.match(
      page,
      /a change that was staged and not committed is not seen/i,
    );
  }
  assert.ok(
    front.includes(`files that differ from the commit: ${named}. What`),
  );
  for (const path of ["index.html", "runs/index.html"]) {
    assert.ok(textOf(path, made).includes(`</code>, edited: ${named}`), path);
  }
  for (const path of ["manifest.json", "claims.json"]) {
    assert.deepEqual(JSON.parse(textOf(path, made)).run.edited, edited, path);
  }
});

Deno.test("site() shows the ideas of the method with figures of its own runs", () => {
  const page = textOf("method/index.html");
  assert.match(page, /<figure id="figure-accuracy-on-the-line"/);
  assert.match(page, /<img src="\.\/tints\.png"/);
  assert.ok(files.has("method/accuracy-on-the-line.csv"));
  assert.ok(files.has("method/tints.png"));
  assert.ok((page.match(/<math/g)?.length ?? 0) > 30);
  const csv = String(files.get("method/accuracy-on-the-line.csv"));
  assert.match(csv, /baselines/);
  assert.doesNotMatch(csv, /photo/);
  const twin = String(files.get("method/index.md"));
  assert.match(twin, /```math\n\\mathrm\{ER\}/);
  assert.doesNotMatch(twin, /<math/);
});

Deno.test("site() lists the baselines of a line on the method page when there are many", () => {
  const baselines = [1, 2, 3].flatMap(() => figure.baselines);
  const page = textOf(
    "method/index.html",
    site({
      reports: [{ ...first, figures: [{ ...figure, baselines }] }],
      run,
    }),
  );
  assert.match(page, /<summary>All 54 points as a table<\/summary>/);
});

Deno.test("site() has a method without figures when no report nominates one", () => {
  const made = site({ reports: [report], run });
  assert.doesNotMatch(textOf("method/index.html", made), /<figure/);
});

Deno.test("nominated() passes over a figure when it is not there", () => {
  const missing: Report = {
    ...report,
    id: "missing",
    figures: [{ kind: "unavailable", id: "a", title: "A", reason: "gone" }],
    nominations: [{ place: "front page", id: "a" }],
  };
  assert.equal(nominated([missing], "front page"), undefined);
  assert.equal(
    nominated([missing, first], "front page")?.report.id,
    "spurious-tint",
  );
});

Deno.test("nominated() takes no figure for an idea of the method when its line explains little", () => {
  const line = (id: string, r2: number): Report => ({
    ...report,
    id,
    figures: [{ ...figure, line: { ...figure.line, r2 } }],
    nominations: [
      { place: "accuracy on the line", id: figure.id },
      { place: "front page", id: figure.id },
    ],
  });
  const [poor, good] = [line("poor", 0.37), line("good", 0.99)];
  const place = "accuracy on the line";
  assert.equal(nominated([poor], place), undefined);
  assert.equal(nominated([poor, good], place)?.report.id, "good");
  assert.equal(nominated([poor, good], "front page")?.report.id, "poor");
});

Deno.test("site() shows at most two figures in small beside the front page's, and leads to where each is from", () => {
  const small = (id: string): Report => ({
    ...many,
    id,
    figures: ["a", "b", "c", "d", "e"].map((name) => ({
      ...figure,
      id: `${id}-${name}`,
    })),
    claims: [],
    mainFigures: [`${id}-a`],
    nominations: [{ place: "front page, in small", id: `${id}-b` }],
  });
  const reports = [small("x"), small("y"), small("z")];
  for (
    const [all, ids] of [
      [[first, ...reports], ["spurious-tint", "x-b", "y-b"]],
      [reports, ["x-b", "y-b"]],
    ] as const
  ) {
    const page = textOf("index.html", site({ reports: all, run }));
    const shown = [...page.matchAll(/<figure id="figure-([^"]*)"/g)];
    assert.deepEqual(shown.map(([, id]) => id), ids);
    assert.match(page, /From <a href="\.\/x\/x-b\/index\.html">/);
    assert.doesNotMatch(page, /<details>/);
  }
});

Deno.test("site() shows on the front page a picture of each shift that the answer is about, with size and verdict", () => {
  const page = textOf(
    "index.html",
    site({
      reports: [{ ...many, pictures: report.pictures }],
      run,
    }),
  );
  assert.match(
    page,
    /<ul class="pictures"[^>]*><li><a href="\.\/many\/index\.html"><img src="\.\/many\/tints\.png" alt="Two rows[^"]*">Many figures<\/a><p>in support<\/p><p>\+3\.4 <span class="verdict inconclusive">/,
  );
  assert.doesNotMatch(
    textOf("index.html", site({ reports: [report], run })),
    /class="pictures"/,
  );
});

Deno.test("site() refuses a report that is named like a folder of the site", () => {
  for (
    const id of [
      "claims",
      "data",
      "shifts",
      "models",
      "material",
      "method",
      "runs",
    ]
  ) {
    assert.throws(() => site({ reports: [{ ...report, id }], run }), {
      message: `Cannot give the report "${id}" an address: the id is taken`,
    });
  }
});

Deno.test("site() refuses a figure of another page when the report has none of that name", () => {
  const message =
    'Cannot show "none" of report "spurious-tint": it has no such figure or picture';
  for (
    const wrong of [
      { mainFigures: ["none"] },
      { nominations: [{ place: "bias", id: "none" }] },
    ] as const
  ) {
    assert.throws(() => site({ reports: [{ ...report, ...wrong }], run }), {
      message,
    });
  }
});

Deno.test("site() refuses a dataset, shift or network without a fit id", () => {
  const { datasets } = report;
  assert.throws(
    () =>
      site({
        reports: [{
          ...report,
          datasets: datasets.map((dataset) => ({ ...dataset, id: "../x" })),
        }],
        run,
      }),
    { message: /^Cannot give the dataset "\.\.\/x" an address/ },
  );
});

Deno.test("site() keeps the addresses of its parts, which others link to", () => {
  const ids = (path: string) =>
    [...textOf(path).matchAll(/<h[23]\s+id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(ids("index.html"), [
    "experiments",
    "claims",
    "scaled-down",
    "completeness",
    "rebuild",
    "environment",
    "cite",
  ]);
  const groups = ["claims-paper", "claims-ours", "claims-control"];
  assert.deepEqual(ids("claims/index.html"), groups);
  for (const id of groups) {
    assert.match(
      textOf("index.html"),
      new RegExp(
        `<li\\s+id="${id}"\\s*>\\s*<a href="\\./claims/index\\.html#${id}">`,
      ),
    );
  }
  assert.deepEqual(ids("spurious-tint/index.html"), [
    "claims",
    "claims-paper",
    "claims-ours",
    "claims-control",
    "figures",
    "scaled-down",
    "method",
    "pictures",
    "tables",
    "pre-training",
    "data",
    "environment",
    "rebuild",
  ]);
  assert.deepEqual(ids("method/index.html"), [
    "line",
    "effective-robustness",
    "extrapolation",
    "bias",
    "theory",
    "splitting",
    "intervals",
  ]);
  assert.deepEqual(ids("material/index.html"), ["shifts", "networks", "data"]);
  assert.deepEqual(ids("data/cifar-10/index.html"), [
    "source",
    "cite",
    "used-by",
  ]);
  assert.deepEqual(ids("runs/index.html"), ["run-20260102t030405z-ab"]);
});
