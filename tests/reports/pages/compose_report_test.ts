import assert from "node:assert/strict";
import { contactSheet } from "../../../data/images/contact_sheet.ts";
import { site } from "../../../reports/site/site.ts";
import type { Report } from "../../../reports/value/report.ts";
import { report, run } from "../example.ts";
import { wordsOf } from "../text_of.ts";
import { png } from "../png.ts";

const [figure] = report.figures;
assert.ok(figure);
const several = site({
  reports: [{
    ...report,
    figures: [figure, { ...figure, id: "second" }],
    pictures: [{ id: "tints", caption: "Tints.", alt: "Squares.", png: png() }],
  }],
  run,
});
const page = wordsOf(several, "spurious-tint/index.html");

/** Where some text begins on the page. */
function placeOf(text: string): number {
  const place = page.indexOf(text);
  assert.ok(place >= 0, text);
  return place;
}

Deno.test("composeReport() shows the shift, the figure, the verdict and the answer, the claims, and then all else", () => {
  const places = [
    '<img src="./tints.png"',
    `<figure id="figure-${figure.id}"`,
    'class="verdict',
    '<div class="answer">',
    '<h2 id="claims"',
    '<figure id="figure-second"',
    '<h2 id="reading"',
  ].map(placeOf);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
});

Deno.test("composeReport() leads with the figure of the claim that decides what is asked, and numbers it first", () => {
  const [claim] = report.claims;
  assert.ok(claim !== undefined);
  const files = site({
    reports: [{
      ...report,
      claims: [claim, { ...claim, id: "told", asked: true, figure: "second" }],
      figures: [figure, { ...figure, id: "second" }],
    }],
    run,
  });
  const text = wordsOf(files, "spurious-tint/index.html");
  const [first, verdict, second] = [
    '<figure id="figure-second"',
    'class="verdict',
    `<figure id="figure-${figure.id}"`,
  ].map((part) => text.indexOf(part));
  assert.ok(0 < (first ?? 0));
  assert.ok((first ?? 0) < (verdict ?? 0));
  assert.ok((verdict ?? 0) < (second ?? 0));
  assert.match(text.slice(first, verdict), /Figure 1\./);
  assert.match(text.slice(second), /Figure 2\./);
});

Deno.test("composeReport() shows two sheets side by side, and one alone", () => {
  const sheet = { caption: "Tints.", alt: "Squares.", png: png() };
  const withSheets = (...ids: readonly string[]) =>
    wordsOf(
      site({
        reports: [{
          ...report,
          pictures: ids.map((id) => ({ ...sheet, id })),
        }],
        run,
      }),
      "spurious-tint/index.html",
    );
  const beside = /<div class="beside">\s*<figure\s+id="picture-/;
  assert.match(withSheets("tints", "frames"), beside);
  assert.doesNotMatch(withSheets("tints"), beside);
});

Deno.test("composeReport() leads to the pages of shifts that its own pictures do not show", () => {
  const shift = {
    title: "Tint",
    support: "in" as const,
    description: "Coloured.",
    reference: "plain",
    shifted: "tinted",
    sheet: { id: "tints", caption: "Tints.", alt: "Squares.", png: png() },
  };
  const made = (pictures: Report["pictures"]) =>
    wordsOf(
      site({
        reports: [{ ...report, pictures, shifts: [{ ...shift, id: "tint" }] }],
        run,
      }),
      "spurious-tint/index.html",
    );
  const card =
    /id="pictures"[^]*<a href="\.\.\/shifts\/tint\/index\.html"><img src="\.\.\/shifts\/tint\/tints\.png"[^]*id="result"/;
  assert.match(made([]), card);
  assert.doesNotMatch(made([shift.sheet]), card);
});

Deno.test("composeReport() folds the answer in detail below the answer", () => {
  const made = wordsOf(
    site({
      reports: [{ ...report, answer: "Yes.", answerInDetail: "By *much*." }],
      run,
    }),
    "spurious-tint/index.html",
  );
  assert.match(
    made,
    /<div class="answer">\s*<p>Yes\.<\/p>\s*<details><summary>The answer in detail<\/summary>\s*<p>By <em>much<\/em>\.<\/p>\s*<\/details>/,
  );
});

Deno.test("composeReport() names the row of a table by all columns before those that belong together, in one cell", () => {
  const made = wordsOf(
    site({
      reports: [{
        ...report,
        tables: [{
          id: "two",
          caption: "Two names.",
          columns: ["what", "who", "tint"],
          groups: ["", "", "in support"],
          rows: [["none", "scratch", { value: 0.5, unit: "percent" }]],
        }],
      }],
      run,
    }),
    "spurious-tint/index.html",
  );
  assert.match(made, />what; who\s*<th/);
  assert.match(made, /<td><b>none<\/b>; scratch\s*<td/);
});

Deno.test("composeReport() gives a sheet of more than a thousand pixels the room of two", () => {
  const classes = ["a", "b"];
  const images = {
    images: new Uint8Array(2 * 32 * 32),
    labels: Uint8Array.of(0, 1),
    shape: [32, 32, 1] as const,
    classes,
  };
  const sheet = (id: string, perClass: number) => ({
    id,
    caption: "Digits.",
    alt: "Squares.",
    png: contactSheet([images], { perClass }),
  });
  const made = wordsOf(
    site({
      reports: [{
        ...report,
        pictures: [sheet("wide", 16), sheet("narrow", 15)],
      }],
      run,
    }),
    "spurious-tint/index.html",
  );
  assert.match(made, /<figure\s+id="picture-wide"\s+class="wide"\s*>/);
  assert.match(made, /<figure\s+id="picture-narrow"\s*>/);
});

Deno.test("composeReport() says once how to read its figures, and in captions of three sentences what they show", () => {
  assert.equal(page.match(/The line through them is fitted/g)?.length, 1);
  assert.equal(page.match(/href="#reading"/g)?.length, 4); // contents, heading, two figures
  const captions = [...page.matchAll(/<figcaption><p>(.*?)<\/p>/gs)];
  assert.equal(captions.length, 3); // a picture, two figures
  for (const [, caption = ""] of captions) {
    const sentences = caption.replaceAll(/<[^>]*>/g, "").match(/[.?!](\s|$)/g);
    // The number and the title are two more.
    assert.ok((sentences?.length ?? 0) <= 5, caption);
    assert.doesNotMatch(caption, /\bbox\b/i);
  }
});

Deno.test("composeReport() says when its own results were begun, where those of the site were earlier", () => {
  const startedOf = (iso: string) => {
    const pipelineStarted = { [report.id]: iso };
    const all = site({ reports: [report], run: { ...run, pipelineStarted } });
    return /\*\*first stage\*\*: (.*?) - \*\*/.exec(
      wordsOf(all, "spurious-tint/index.md"),
    )?.[1];
  };
  assert.equal(
    startedOf("2026-01-03T05:06:07Z"),
    "2026-01-02 03:04 UTC, of this page 2026-01-03 05:06 UTC",
  );
  assert.equal(startedOf("2026-01-02T03:04:50Z"), "2026-01-02 03:04 UTC");
});
