import { contactSheet } from "../../../data/images/contact_sheet.ts";
import { sheetPair } from "../../../reports/pages/sheet_pair.ts";
import assert from "node:assert/strict";
import { nominated } from "../../../reports/pages/nominated.ts";
import type { Report } from "../../../reports/value/report.ts";
import type { Answer } from "../../../stats/asked/ask_findings.ts";
import { site } from "../../../reports/site/site.ts";
import { figure, report, run } from "../example.ts";
import { helps } from "../figures/interventions_example.ts";
import { ASKED, findingsOf } from "./asked_page.ts";
import { files, first, many, textOf } from "./two_reports.ts";
import { wordsOf } from "../text_of.ts";

Deno.test("site() says on the front page what the words of the answer mean, and answers before it shows experiments, their figure and claims", () => {
  const page = textOf("index.html");
  const order = [
    'class="lead">When data shift',
    "(<em>out of support</em>)",
    "<strong>Effective robustness</strong>",
    'class="answer"',
    'id="experiments"',
    '<figure id="figure-spurious-tint"',
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

Deno.test("site() says once on the front page that a run is a smoke run", () => {
  const page = textOf(
    "index.html",
    site({ reports: [first, many], run: { ...run, profile: "smoke" } }),
  );
  assert.match(page, /Smoke run\./);
  assert.doesNotMatch(page, /class="answer"|It answers nothing/);
});

Deno.test("site() says on the front page of a run that goes on what is to come", () => {
  const awaited = ["Unseen tint", "Vertical flip"];
  const page = textOf(
    "index.html",
    site({ reports: [first, many], run: { ...run, awaited } }),
  );
  assert.match(
    page,
    /Not finished\.<\/b> When this page was written, still to come were: Unseen tint and Vertical flip\./,
  );
  assert.doesNotMatch(textOf("index.html"), /Not finished/);
});

Deno.test("site() shows the ideas of the method with figures of its own runs", () => {
  const page = textOf("method/index.html");
  assert.match(page, /<figure id="figure-accuracy-on-the-line"/);
  assert.match(page, /<img src="\.\/bias\.png"/);
  assert.ok(files.has("method/accuracy-on-the-line.csv"));
  assert.ok(files.has("method/bias.png"));
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
  assert.match(
    page,
    /<summary>Details, and all numbers as a table \(54 rows\)<\/summary>/,
  );
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

Deno.test("site() shows at most two other figures on a front page that has none of its own, and leads to where each is from", () => {
  const small = (id: string): Report => ({
    ...many,
    id,
    figures: ["a", "b", "c", "d", "e"].map((name) => ({
      ...figure,
      id: `${id}-${name}`,
    })),
    claims: [],
    mainFigures: [`${id}-a`],
    nominations: [{ place: "front page, instead", id: `${id}-b` }],
  });
  const reports = [small("x"), small("y"), small("z")];
  for (
    const [all, ids] of [
      [[first, ...reports], ["spurious-tint"]],
      [reports, ["x-b", "y-b"]],
    ] as const
  ) {
    const page = textOf("index.html", site({ reports: all, run }));
    const shown = [...page.matchAll(/<figure id="figure-([^"]*)"/g)];
    assert.deepEqual(shown.map(([, id]) => id), ids);
    assert.doesNotMatch(page, /<summary>Details/);
  }
  assert.match(
    textOf("index.html", site({ reports, run })),
    /From <a href="\.\/x\/x-b\/index\.html">/,
  );
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
  const without = textOf("index.html", site({ reports: [report], run }));
  assert.match(
    without,
    /<ul class="pictures"[^>]*><li><a href="\.\/spurious-tint\/index\.html">Spurious tint[^<]*<\/a><p>1 supported, 1 contradicted, 1 inconclusive<\/p><\/li><\/ul>/,
  );
});

Deno.test("site() has a card for every experiment on the front page, those with pictures first, and what each asks", () => {
  const page = textOf(
    "index.html",
    site({
      reports: [report, { ...many, pictures: report.pictures }],
      run,
    }),
  );
  const [cards = ""] = /<ul class="pictures"[\s\S]*?<\/ul>/.exec(page) ?? [];
  assert.deepEqual(
    [...cards.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href),
    ["./many/index.html", "./spurious-tint/index.html"],
  );
  assert.match(
    page,
    /<details><summary>What each of them asks<\/summary>[\s\S]*If the colour of the light/,
  );
});

Deno.test("sheetPair() finds the same image in the first and the last block of a contact sheet", () => {
  const classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  const images = (n: number) => ({
    images: new Uint8Array(n * 16),
    labels: Uint8Array.from({ length: n }, (_, i) => i % 10),
    shape: [4, 4, 1] as const,
    classes,
  });
  const sheet = (blocks: number, perClass: number) =>
    sheetPair(
      contactSheet(Array.from({ length: blocks }, () => images(100)), {
        perClass,
      }),
    );
  for (const [blocks, perClass] of [[2, 8], [3, 5], [2, 1], [5, 3]] as const) {
    const cuts = sheet(blocks, perClass);
    assert.ok(cuts);
    assert.equal(cuts.side, 8);
    assert.match(cuts.label, /^One image /);
    const [first, last] = cuts.places;
    assert.deepEqual(first, { x: 2, y: 2 + 7 * 10 });
    // A block ends with its last image, and eight pixels more.
    assert.deepEqual(last, {
      x: 2 + (blocks - 1) * (perClass * 10 + 8),
      y: 2 + 7 * 10,
    });
  }
  // Of many images of a class four, on both sides of the end of a row that is a quarter as long.
  const many = sheet(2, 16);
  assert.equal(many?.side, 18);
  assert.match(many.label, /^Images /);
  assert.deepEqual(
    many.places,
    [0, 16 * 10 + 8].map((block) => ({
      x: 2 + block + 3 * 10,
      y: 2 + 7 * 10,
    })),
  );
  // Those of one block, and no picture.
  assert.equal(sheet(1, 7), undefined);
  assert.equal(sheetPair(new Uint8Array(3)), undefined);
});

Deno.test("site() says on the front page in what unit sizes on cards are, and which of several claims each is of", () => {
  const [claim] = many.claims;
  assert.ok(claim);
  const title = "Unseen tint";
  const of = (id: string, short: string) => ({ ...claim, id, short });
  const page = wordsOf(
    site({
      reports: [{
        ...many,
        title,
        pictures: report.pictures,
        claims: [
          of("weak", "under an unseen tint of strength 0.25"),
          of("tint", "under an unseen tint"),
          of("r", "on ImageNet-R"),
        ],
      }],
      run,
    }),
    "index.html",
  );
  assert.match(
    page,
    /id="experiments"[\s\S]*<p>[^<]*in points of effective robustness[^<]*<\/p>\s*<ul class="pictures"/,
  );
  assert.match(
    page,
    /<p>in support<\/p><p>strength 0\.25<\/p><p>\+3\.4 .{0,150}<p>\+3\.4 .{0,150}<p>\+3\.4 /,
  );
  assert.doesNotMatch(
    textOf("index.html", site({ reports: [report], run })),
    /in points of effective robustness/,
  );
});

Deno.test("site() shows sizes of a shift that is partly in support below the half that each is of", () => {
  const [claim] = many.claims;
  assert.ok(claim);
  const page = wordsOf(
    site({
      reports: [{
        ...many,
        pictures: report.pictures,
        claims: [
          { ...claim, id: "out", answers: "out of support" },
          { ...claim, id: "in", answers: "in support" },
        ],
      }],
      run,
    }),
    "index.html",
  );
  assert.match(
    page,
    /<p>out of support<\/p><p>\+3\.4 .{0,150}<p>in support<\/p><p>\+3\.4 /,
  );
});

Deno.test("site() shows the nominated table of what helps on the front page and on its own", () => {
  const made = site({
    reports: [{
      ...report,
      tables: [{ ...helps, finding: "Turning *helps*." }],
      nominations: [{ place: "front page, what helps", id: helps.id }],
    }],
    run,
  });
  for (const path of ["index.html", "spurious-tint/index.html"]) {
    const page = textOf(path, made);
    assert.match(
      page,
      /<th\s+scope="colgroup"\s+colspan="2">\s*in support\s*<\/th>/,
    );
    // What stands before it where a row is a card.
    assert.match(
      page,
      /style="--2:&#39;spurious tint \(in support\): &#39;;[^]*<td>\+0\.4 \(−0\.3,\s1\.1\)</,
    );
    // Where it is not applied.
    assert.match(page, /<td>–\s/);
  }
  const front = textOf("index.html", made);
  assert.match(
    front,
    /From <a href="\.\/spurious-tint\/index\.html#table-what-helps">/,
  );
  assert.match(
    front,
    /id="experiments"[^]*id="what-helps"[^]*Turning <em>helps<\/em>\.[^]*<table[^]*id="claims"/,
  );
  assert.match(
    textOf("index.md", made),
    /\| intervention \| spurious tint \(in support\) \|.*\| turned upside down \(out of support\) \| \|/,
  );
});

Deno.test("site() says on the front page whose experiments each number is of where it is smaller than in the paper in two ways", () => {
  const [images, network] = report.scaledDown;
  assert.ok(images !== undefined && network !== undefined);
  const reports = ["One", "Two", "Three", "Four", "Five"].map((title, i) => ({
    ...report,
    id: `report-${i}`,
    title,
    scaledDown: [images, { ...network, here: `${i < 2 ? 6 : 4 - (i >> 2)}` }],
  }));
  const front = site({ reports, run }).get("index.md");
  const rows = `${front}`.match(/^\| \*\*(images|network)\*\* .*$/gm)
    ?.map((row) => row.split(" | ").at(-1));
  assert.deepEqual(rows, [
    `${images.here} |`,
    "One, Two: 6 |",
    "Three, Four: 4 |",
  ]);
});

Deno.test("site() leads from an answer of bias to the table of what helps, if the site has it", () => {
  const pageOf = (reports: readonly Report[], answer: Answer) =>
    textOf(
      "answers/field/index.html",
      site({
        reports,
        run,
        answers: [{ findings: findingsOf({ answer }), options: ASKED }],
      }),
    );
  const withTable = [{
    ...report,
    tables: [helps],
    nominations: [{ place: "front page, what helps" as const, id: helps.id }],
  }];
  const way =
    /On this site: <a href="\.\.\/\.\.\/spurious-tint\/index\.html#table-what-helps">/;
  assert.match(pageOf(withTable, "bias"), way);
  assert.doesNotMatch(pageOf(withTable, "extrapolation"), way);
  assert.doesNotMatch(pageOf([report], "bias"), /On this site/);
});

Deno.test("site() refuses a table of what helps that is not there, and groups for other columns", () => {
  const refused = (wrong: Partial<Report>, message: string) =>
    assert.throws(() => site({ reports: [{ ...report, ...wrong }], run }), {
      name: "TypeError",
      message,
    });
  refused(
    { nominations: [{ place: "front page, what helps", id: "none" }] },
    'Cannot show "none" of report "spurious-tint": it has no such table',
  );
  refused(
    { tables: [{ ...helps, groups: ["in support"] }] },
    'Cannot show table "what-helps" of report "spurious-tint": it has 1 groups for 5 columns',
  );
});
