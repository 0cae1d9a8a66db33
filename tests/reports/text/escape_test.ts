import assert from "node:assert/strict";
import fc from "../../property.ts";
import markdownIt from "markdown-it";
import { csv } from "../../../reports/text/csv.ts";
import {
  escapeHtml,
  escapeMarkdown,
  fenced,
  safeUrl,
  visible,
} from "../../../reports/text/escape.ts";
import { html } from "../../../reports/text/html.ts";
import { hostileText } from "../hostile_text.ts";

Deno.test("escapeHtml() leaves no character that opens or closes anything", () => {
  assert.equal(
    escapeHtml(`<script src="x">'&'</script>`),
    "&lt;script src=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/script&gt;",
  );
});

Deno.test("escapeMarkdown() makes a name literal", () => {
  const name = "a_b * [c](d) <script> `e` # f | ~g~ &amp; \\h";
  const rendered = markdownIt({ html: true }).renderInline(
    escapeMarkdown(name),
  );
  assert.equal(rendered, escapeHtml(name).replaceAll("&#39;", "'"));
});

Deno.test("escapeMarkdown() keeps a cell on one line", () => {
  assert.equal(escapeMarkdown("a\r\n\tb"), "a b");
});

Deno.test("safeUrl() lets relative, http, https and mailto addresses through", () => {
  for (
    const url of ["./a/index.html#b", "#c", "https://x.org", "mailto:a@x.org"]
  ) assert.equal(safeUrl(url), url);
});

Deno.test("safeUrl() drops scripts and addresses without a scheme", () => {
  for (
    const url of [
      "javascript:alert(1)",
      " JavaScript:alert(1)",
      "data:text/html,x",
      "//x.org/a",
      "\\\\x.org",
      "java\tscript:alert(1)",
      "/\t/x.org",
    ]
  ) assert.equal(safeUrl(url), "#");
});

Deno.test("html`` escapes text, keeps HTML, joins lists and drops null", () => {
  const { html: text } = html`<p title="${'"'}">${"<b>"}${html`<i>${1}</i>`}${[
    "&",
    html`<br>`,
  ]}${null}</p>`;
  assert.equal(text, '<p title="&quot;">&lt;b&gt;<i>1</i>&amp;<br></p>');
});

Deno.test("csv() quotes as RFC 4180 asks", () => {
  assert.equal(
    csv({
      columns: ["name", "value"],
      rows: [["plain", 0.1], ['a "b", c', null], ["two\nlines", -1e-9]],
    }),
    'name,value\r\nplain,0.1\r\n"a ""b"", c",\r\n"two\nlines",-1e-9\r\n',
  );
});

/** A cell as it was, if it has more only apostrophes before what a spreadsheet would run. */
function unmarked(cell: string, was: string): string {
  let at = 0;
  for (const character of was) {
    const isMarked = cell.startsWith("'", at) && /^'"*[=+\-@\t\r\n]/.test(
      cell.slice(at),
    ) && (at === 0 || /[;\t\r\n]/.test(cell[at - 1] ?? "")) &&
      !was.startsWith("'", at);
    if (isMarked) cell = cell.slice(0, at) + cell.slice(at + 1);
    at += character.length;
  }
  return cell;
}

Deno.test("csv() can be read back, but for what would not be text", () => {
  const unit = fc.constantFrom(..."a1'\"=-;,\t\r\n");
  const text = fc.oneof(fc.string(), fc.string({ unit }));
  fc.assert(fc.property(fc.array(text, { minLength: 1 }), (cells) => {
    const text = csv({ columns: cells, rows: [] });
    const read = [
      ...`,${text.slice(0, -2)}`.matchAll(
        /,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g,
      ),
    ].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare);
    const kept = read.map((cell, i) => unmarked(cell ?? "", cells[i] ?? ""));
    assert.deepEqual(kept, cells);
  }));
});

Deno.test("csv() keeps a spreadsheet from running text, and leaves numbers alone", () => {
  const run = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
  ];
  const left = ["-1.5", "+1", "-1e-9", "a=b", "−0.5", "'x", ""];
  const written = csv({
    columns: ["a"],
    rows: [...run, ...left].map((a) => [a]),
  });
  assert.deepEqual(
    written.split("\r\n").slice(1, -1),
    [...run.map((text) => `"'${text}"`), ...left],
  );
  assert.equal(
    csv({ columns: ["a"], rows: [[-1.5], [-Infinity]] }),
    "a\r\n-1.5\r\n-Infinity\r\n",
  );
});

Deno.test("csv() keeps a spreadsheet that parts cells by semicolons or tabs from running a part", () => {
  for (
    const [text, written] of [
      ["a;=1+1", "a;'=1+1"],
      ["a; b", "a; b"],
      ["a;-1;+.5;-1+1", "a;-1;+.5;'-1+1"],
      ["=1;@a", "'=1;'@a"],
      ["-1;*2", "'-1;*2"],
      ["a\t=1", "a\t'=1"],
      ["a\tb", "a\tb"],
      ["\t=1", "'\t'=1"],
      ["\r=1", "'\r'=1"],
      ["a\r\n=1;b", "a\r\n'=1;b"],
      ["a;;＝1", "a;;'＝1"],
      // Quotes that begin a cell and are empty vanish.
      ['a;"=1', `a;'""=1`],
    ]
  ) {
    assert.equal(
      csv({ columns: ["a"], rows: [[1, text ?? ""]] }),
      `a\r\n1,"${written}"\r\n`,
    );
  }
});

Deno.test("visible() shows control characters, and leaves tabs, line breaks and other text", () => {
  assert.equal(
    visible("a\0\x1b\x7f\x85\x9b\ufffe\ud800"),
    "a␀␛␡\\u0085\\u009b\\ufffe\ufffd",
  );
  assert.equal(visible("a\t\r\n😀é\u200f"), "a\t\r\n😀é\u200f");
  assert.equal(visible("\u202eba\u2067c"), "\\u202eba\\u2067c");
});

Deno.test("escapeMarkdown() leaves no live element", () => {
  const markdown = markdownIt({ html: true });
  fc.assert(fc.property(hostileText, (text) => {
    assert.doesNotMatch(markdown.renderInline(escapeMarkdown(text)), /</);
  }));
});

Deno.test("fenced() has a fence that nothing in the text ends", () => {
  assert.equal(fenced("a", "sh"), "```sh\na\n```");
  assert.equal(fenced("a\n````\n<b>", "sh"), "`````sh\na\n````\n<b>\n`````");
});
