import assert from "node:assert/strict";
import fc from "../../property.ts";
import { checkCsv, csvRecords } from "../../../reports/site/check_csv.ts";
import { checkSite } from "../../../reports/site/check_site.ts";
import { csv } from "../../../reports/text/csv.ts";
import { htmlElements } from "../../../reports/document/html_elements.ts";
import {
  markdownIds,
  markdownLinks,
} from "../../../reports/site/check_site.ts";

const TARGET = '<h2 id="claims">Claims</h2>';

/** A site of two pages. */
function sited(html: string, markdown = ""): ReadonlyMap<string, string> {
  return new Map([
    ["a/index.html", html],
    ["a/index.md", markdown],
    ["a/b/index.html", TARGET],
    ["a/b/index.md", '<a id="x-y"></a>\n\n## The claims, all of them\n'],
    ["style.css", ""],
  ]);
}

Deno.test("checkSite() takes a site when all its links lead somewhere", () => {
  checkSite(sited(
    `<a href="./b/index.html#claims">b</a><link href="../style.css"><a href="#top" id="top">t</a><a href="https://example.org/">e</a><img src="../style.css" alt="A picture"><svg aria-label="x"></svg>`,
    "[b](./b/index.md#x-y) [c](./b/index.md#the-claims-all-of-them) `[d](./nowhere)`\n```\n[e](./nowhere)\n```\n",
  ));
});

for (
  const [html, message] of [
    ['<a href="./c/index.html">c</a>', 'link "./c/index.html" leads nowhere'],
    ['<img src="./c.png" alt="c">', 'link "./c.png" leads nowhere'],
    [
      '<a href="./b/index.html#rule">b</a>',
      'link "./b/index.html#rule" leads to "a/b/index.html", which has no id "rule"',
    ],
    [
      '<a href="#rule">b</a>',
      'link "#rule" leads to "a/index.html", which has no id "rule"',
    ],
    ['<a href="/style.css">s</a>', 'link "/style.css" is not relative'],
    ['<a href="//example.org">s</a>', 'link "//example.org" is not relative'],
    ['<p id="x"></p><p id="x"></p>', 'the id "x" is there twice'],
    [
      '<svg aria-labelledby="title"></svg>',
      'aria-labelledby names "title", which is no id of it',
    ],
    [
      '<img src="../style.css" alt=" ">',
      'image "../style.css" has no text alternative',
    ],
    ['<svg class="plot"></svg>', "a drawing has no text alternative"],
  ] as const
) {
  Deno.test(`checkSite() refuses a page when it holds ${html}`, () => {
    assert.throws(() => checkSite(sited(html)), {
      message: `Cannot publish page "a/index.html": ${message}`,
    });
  });
}

Deno.test("checkSite() refuses a Markdown page when a link of it leads nowhere", () => {
  assert.throws(() => checkSite(sited("", "[b](./b/index.md#claims)")), {
    message:
      'Cannot publish page "a/index.md": link "./b/index.md#claims" leads to "a/b/index.md", which has no id "claims"',
  });
  assert.throws(() => checkSite(sited("", "![b](./b.png)")), {
    message: 'Cannot publish page "a/index.md": link "./b.png" leads nowhere',
  });
});

Deno.test("checkSite() takes a link to what is there all the same when told", () => {
  const files = sited('<a href="../runs/1/index.html">1</a>');
  checkSite(files, { outside: (path) => path === "runs/1/index.html" });
  assert.throws(() => checkSite(files), { message: /leads nowhere$/ });
});

for (
  const [text, state] of [
    ["a,b\r\n1\r\n", "row 1 has 1 fields for 2 columns"],
    ["a,\r\n1,2\r\n", "column 2 has no name"],
    ["a,a\r\n1,2\r\n", 'two columns are named "a"'],
    ["a\r\n1\r\nNaN\r\n", "row 2 has the number NaN"],
    ['a,b\r\n"x,2\r\n', "row 1 has 0 fields for 2 columns"],
  ] as const
) {
  Deno.test(`checkCsv() refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => checkCsv("a/b.csv", text), {
      message: `Cannot publish table "a/b.csv": ${state}`,
    });
    assert.throws(() => checkSite(new Map([["a/b.csv", text]])), {
      message: `Cannot publish table "a/b.csv": ${state}`,
    });
  });
}

Deno.test("csvRecords() reads what csv() writes, whatever the text", () => {
  fc.assert(fc.property(
    fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 })),
    (rows) => {
      const columns = ["a", "<script>"];
      const [names, ...read] = csvRecords(csv({ columns, rows }));
      assert.deepEqual(names, columns);
      // Text that a spreadsheet would run has an apostrophe before it.
      const expected = rows.map((row, r) =>
        row.map((cell, i) =>
          /^[=+\-@]/.test(cell) && read[r]?.[i] === `'${cell}`
            ? `'${cell}`
            : cell
        )
      );
      assert.deepEqual(read, expected);
    },
  ));
});

Deno.test("htmlElements() reads names and values, and nothing of text, comments and scripts", () => {
  const found = htmlElements(
    '<p>&lt;b id="no"&gt;</p><!-- <i id="no"> --><script src="s.js">"<u id="no">"</script><img src="a.png" alt="1 < 2 &amp; <3>" hidden>',
  );
  assert.deepEqual(
    found.map(({ name, attributes }) => [name, [...attributes]]),
    [
      ["p", []],
      ["script", [["src", "s.js"]]],
      ["img", [["src", "a.png"], ["alt", "1 < 2 & <3>"], ["hidden", ""]]],
    ],
  );
});

Deno.test("markdownLinks() leaves out code and what is escaped", () => {
  assert.deepEqual(
    markdownLinks("[a](./a.md) ![b](b.png) \\[c\\](./c.md) `[d](./d)`"),
    ["./a.md", "b.png"],
  );
});

Deno.test("markdownIds() gives anchors, and headings as code hosts do", () => {
  assert.deepEqual(
    markdownIds(
      '<a id="fig-1"></a>\n\n## Effect, by *size*\n\n```sh\n# no\n```\n',
    ),
    ["fig-1", "effect-by-size"],
  );
});
