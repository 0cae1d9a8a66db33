import assert from "node:assert/strict";
import { addressFrom } from "../../../reports/document/address.ts";
import { gather } from "../../../reports/document/gather.ts";
import { site } from "../../../reports/site/site.ts";
import { past, report, run } from "../example.ts";
import { files, first, many, textOf } from "./two_reports.ts";

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

Deno.test("site() writes the numbers of images of one dataset alike", () => {
  const [dataset] = report.datasets;
  assert(dataset !== undefined);
  const sizes = { here: 10_000, there: 2021 };
  const pages = site({
    reports: [{ ...report, datasets: [{ ...dataset, sizes }] }],
    run,
  });
  assert.match(
    textOf("material/index.html", pages),
    /10,000 here, 2,021 there/,
  );
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

Deno.test("site() leads from the page of a figure to the parts of its report that it names", () => {
  const note = "See [the claims](#claims).";
  const figures = many.figures.map((one) => ({ ...one, note }));
  const made = site({ reports: [{ ...many, figures }], run });
  const link = (address: string) => new RegExp(`"${address}">the claims</a>`);
  assert.match(textOf("many/index.html", made), link("#claims"));
  assert.match(textOf("many/b/index.html", made), link("../index.html#claims"));
  assert.match(
    textOf("many/b/index.md", made),
    /\[the claims\]\(\.\.\/index\.md#claims\)/,
  );
});

Deno.test("site() gives few figures pages of their own, too, when a report names main ones", () => {
  const few = { ...many, figures: many.figures.slice(0, 2), claims: [] };
  const made = site({ reports: [few], run });
  const page = textOf("many/index.html", made);
  assert.match(page, /<figure id="figure-b"/);
  assert.match(page, /<li id="figure-a"/);
  assert.match(textOf("many/a/index.html", made), /<figure id="figure-a"/);
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

Deno.test("site() says in rows what reports say differently of a shift", () => {
  const [shift] = many.shifts ?? [];
  assert(shift !== undefined);
  const other = { ...shift, shifted: "tinted strokes" };
  const made = site({ reports: [first, { ...many, shifts: [other] }], run });
  const page = textOf("shifts/tint/index.html", made);
  assert.match(page, /<dt>reference<\/dt>/);
  assert.doesNotMatch(page, /<dt>shifted<\/dt>/);
  assert.match(page, /<th[^>]*>shifted</);
  assert.match(page, /tinted strokes/);
});

Deno.test("site() refuses two datasets of one id, and names both", () => {
  const [dataset] = first.datasets;
  assert(dataset !== undefined);
  const other = { ...dataset, digest: "f".repeat(64) };
  assert.throws(
    () => site({ reports: [first, { ...many, datasets: [other] }], run }),
    {
      name: "TypeError",
      message:
        `Cannot show dataset "${dataset.id}": report "spurious-tint" has one with SHA-256 ${dataset.digest}, report "many" another with SHA-256 ${other.digest}; give one of them another id`,
    },
  );
});

Deno.test("site() refuses two shifts of one id, and names both", () => {
  const [shift] = many.shifts ?? [];
  assert(shift !== undefined);
  const other = { ...shift, title: "Hue" };
  assert.throws(
    () => site({ reports: [first, { ...many, shifts: [other] }], run }),
    {
      name: "TypeError",
      message:
        /^Cannot show shift "tint": report "[a-z-]+" has one called ".+", report "[a-z-]+" another called ".+"; give one of them another id$/,
    },
  );
});

Deno.test("site() names the report that cannot be shown", () => {
  const lead = [{ value: NaN }, " of all"];
  const wrong = { ...many, sections: [{ id: "a", title: "A", text: lead }] };
  assert.throws(() => site({ reports: [first, wrong], run }), {
    message: /^Cannot show report "many": Cannot write NaN in a report/,
  });
});

Deno.test("site() tells on the page of a network its size and what it saw before", () => {
  const page = textOf("models/resnet-8/index.html");
  assert.match(page, /75,274 trainable parameters/);
  assert.match(page, /<dt>photo<\/dt>/);
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
  assert.match(page, /this run was made outside a checkout/);
  const { edited: _, ...unknown } = run;
  const other = site({ reports: [report], run: unknown });
  assert.match(
    textOf("index.html", other),
    /Whether files differed from that commit is unknown/,
  );
});

Deno.test("site() folds the digests of packages behind their versions", () => {
  const packages = { zod: "4.6.7 (sha256 671dc8a43dcb)", pure: "8.4.2" };
  const made = site({ reports: [report], run: { ...run, packages } });
  assert.match(
    textOf("index.html", made),
    /<dd>pure 8\.4\.2, zod 4\.6\.7<details class="on-screen"><summary>SHA-256 [^<]*<\/summary>zod 671dc8a43dcb<\/details><\/dd>/,
  );
});

Deno.test("site() says on the page of a pipeline how many stages ran before accepted edits", () => {
  const pageOf = (accepted: Readonly<Record<string, number>>) =>
    textOf(
      `${report.id}/index.html`,
      site({ reports: [report], run: { ...run, accepted } }),
    );
  assert.match(
    pageOf({ [report.id]: 3 }),
    /Of the stages behind it, 3 ran before their code was edited\. The edits are accepted as changing no result: a sample of such stages, run again by the edited code, gave the same bytes \(<code>accepted_edits\.json<\/code>\)\./,
  );
  assert.doesNotMatch(pageOf({ [report.id]: 0, other: 2 }), /accepted/);
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
  assert.ok(
    front.includes(
      `Changes in files that differed from that commit: ${named}.`,
    ),
  );
  for (const page of [front, textOf("index.html")]) {
    assert.match(
      page,
      /changes that were staged but not committed cannot be detected/i,
    );
  }
  assert.ok(
    front.includes(`files that differ from the commit: ${named}. The commit`),
  );
  for (const path of ["index.html", "runs/index.html"]) {
    assert.ok(textOf(path, made).includes(`</code>, edited: ${named}`), path);
  }
  for (const path of ["manifest.json", "claims.json"]) {
    assert.deepEqual(JSON.parse(textOf(path, made)).run.edited, edited, path);
  }
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
    "claims-in-support",
    "claims-other",
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
    "pictures",
    "result",
    "claims",
    "claims-paper",
    "claims-ours",
    "claims-control",
    "reading",
    "scaled-down",
    "method",
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
    "chance",
    "reading",
  ]);
  assert.deepEqual(ids("material/index.html"), ["shifts", "networks", "data"]);
  assert.deepEqual(ids("data/cifar-10/index.html"), [
    "source",
    "cite",
    "used-by",
  ]);
  assert.deepEqual(ids("runs/index.html"), ["run-20260102t030405z-ab"]);
});
