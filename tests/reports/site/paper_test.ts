import assert from "node:assert/strict";
import type { Report } from "../../../reports/value/report.ts";
import { site } from "../../../reports/site/site.ts";
import { report, run } from "../example.ts";
import { first, many, textOf } from "./two_reports.ts";

/** Figures, a picture and a table in place of figures of the paper. */
const standing: Report = {
  ...many,
  id: "support",
  counterparts: {
    instead: "smaller networks",
    of: { "Figure 4": ["a", "tints", "sizes"] },
  },
  tables: [{ id: "sizes", caption: "Sizes.", columns: ["n"], rows: [["1"]] }],
};

const PAGE = "paper/index.html";

Deno.test("site() lists every figure of the paper with what stands in its place, in the paper's order", () => {
  const files = site({ reports: [first, standing], run });
  const page = textOf(PAGE, files);
  const names = page.match(/<b>(Figure|Table) [\dA-C.]+[ab]?<\/b>/g) ?? [];
  assert.equal(names.length, 21);
  assert.match(
    page,
    /<b>Figure 4<\/b>: two shifts .*?<td><a href="\.\.\/support\/index\.html">Many figures<\/a>: <a href="\.\.\/support\/a\/index\.html">figure 1<\/a>, <a href="\.\.\/support\/index\.html#picture-tints">pictures<\/a> and <a href="\.\.\/support\/index\.html#table-sizes">table 1<\/a>; <code>deno task reproduce spurious-tint<\/code>/,
  );
  assert.match(page, /Many figures<\/a><td>smaller networks/);
  assert.match(String(files.get("paper/index.md")), /\*\*Figure 4\*\*: two/);
});

Deno.test("site() says of a figure of the paper how to make what is not on this site, or why there is nothing", () => {
  const page = textOf(PAGE, site({ reports: [standing], run }));
  assert.match(
    page,
    /<b>Figure C\.2<\/b>.*?<td><code>deno task reproduce bias-strength --profile full<\/code>/,
  );
  assert.match(page, /<b>Figure C\.8<\/b>.*?CelebA is not used/);
  assert.doesNotMatch(page, /Not in the paper/);
});

Deno.test("site() says what the paper has not, and leads from the front page and from a report to its figures", () => {
  const files = site({ reports: [first, standing], run });
  assert.match(
    textOf(PAGE, files),
    /<h2 id="not-in-the-paper">.*?<a href="\.\.\/spurious-tint\/index\.html">/,
  );
  assert.match(textOf("index.html", files), /href="\.\/paper\/index\.html"/);
  assert.match(
    textOf("support/index.html", files),
    /This experiment has its own version of the paper’s Figure 4: see <a href="\.\.\/paper\/index\.html">/,
  );
});

Deno.test("searchIndex() calls the page of the paper's figures no figure", () => {
  const index = String(
    site({ reports: [first, standing], run }).get("search_index.js"),
  );
  for (const at of ["", "#instead", "#not-in-the-paper"]) {
    const entry = index.split("\n").find((line) =>
      line.includes(`"href":"${PAGE}${at}"`)
    );
    assert.match(entry ?? at, /"kind":"paper"/);
  }
});

Deno.test("site() has no page of the paper's figures where no report has anything in their place", () => {
  const files = site({ reports: [first], run });
  assert.ok(!files.has(PAGE));
  assert.doesNotMatch(textOf("index.html", files), /paper\/index\.html/);
});

Deno.test("site() refuses a report with something in a figure's place that is not there", () => {
  const counterparts = { instead: "x", of: { "Figure 1": ["none"] } };
  assert.throws(
    () => site({ reports: [{ ...report, counterparts }], run }),
    /Cannot show counterpart "none" of report "spurious-tint": it has no such figure, picture or table/,
  );
});
