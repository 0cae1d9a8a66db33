import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { printFigure } from "../../../../reports/figures/drawing/print_figure.ts";
import { onTheLine } from "../../../../reports/figures/on_the_line/on_the_line.ts";
import { pdfOfSvg } from "../../../../reports/figures/formats/pdf_of_svg.ts";
import { figure } from "../../example.ts";

const options = { width: 241, title: "A title" };
const svg = printFigure(onTheLine(figure), {
  width: { value: 8.5, unit: "cm" },
});

/** The operators of the page: the stream that is no font and no map of one. */
function pageOf(pdf: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(pdf);
  for (const { index, 0: start } of text.matchAll(/stream\n/g)) {
    const end = text.indexOf("\nendstream", index);
    if (end < 0) continue;
    try {
      const page = inflateSync(pdf.subarray(index + start.length, end));
      const operators = new TextDecoder("latin1").decode(page);
      if (/ re\n| m\n/.test(operators)) return operators;
    } catch {
      // Not compressed.
    }
  }
  return "";
}

Deno.test("pdfOfSvg() gives the same bytes twice", async () => {
  assert.deepEqual(await pdfOfSvg(svg, options), await pdfOfSvg(svg, options));
});

Deno.test("pdfOfSvg() keeps text as text and lines as lines", async () => {
  const pdf = await pdfOfSvg(svg, options);
  const text = new TextDecoder("latin1").decode(pdf);
  assert.match(text, /\/BaseFont \/\w+\+SourceSans3-Regular/);
  assert.doesNotMatch(text, /\/Subtype \/Image/);
  const page = pageOf(pdf);
  const texts = svg.match(/<text/g)?.length ?? 0;
  assert.equal(page.match(/^BT$/gm)?.length, texts);
  assert.ok(page.split(/ l$/gm).length > 40);
});

Deno.test("pdfOfSvg() is as wide as asked, and as high as the drawing is then", async () => {
  const pdf = await pdfOfSvg(svg, options);
  const text = new TextDecoder("latin1").decode(pdf);
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ??
    [];
  assert.equal(width, "241");
  const [, across, up] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  assert.ok(
    Math.abs(Number(height) - 241 * Number(up) / Number(across)) < 0.01,
  );
});

Deno.test("pdfOfSvg() takes look and place from groups, symbols and turns", async () => {
  const pdf = await pdfOfSvg(
    '<svg viewBox="0 0 100 50"><defs><rect id="s" x="-2" y="-2" width="4" height="4"/></defs>' +
      '<g fill="#ff0000"><use href="#s" x="10" y="20"/></g>' +
      '<path transform="translate(5,6) rotate(90)" d="M0,0L9,0" stroke="#0000ff" stroke-dasharray="5,3"/></svg>',
    { ...options, width: 100 },
  );
  const page = pageOf(pdf);
  assert.match(page, /1 0 0 1 10 20 cm/);
  assert.match(page, /1 0 0 scn/);
  assert.match(page, /\[5 3\] 0 d/);
  assert.match(page, /1 0 0 1 5 6 cm\n0 1 -1 0 0 0 cm/);
});

Deno.test("pdfOfSvg() draws a line as a stroke alone", async () => {
  const page = pageOf(
    await pdfOfSvg(
      '<svg viewBox="0 0 100 50"><line x1="12" y1="40" x2="90" y2="40" stroke="#0000ff"/></svg>',
      { ...options, width: 100 },
    ),
  );
  assert.match(page, /\n12 40 m\n90 40 l\n[^]*\nS\n/);
  assert.doesNotMatch(page, /\n[fB]\n/);
});

for (
  const [name, drawing, message] of [
    ["what has no size", "<svg></svg>", "the drawing has no size"],
    [
      "a symbol that is not there",
      '<svg viewBox="0 0 1 1"><use href="#s"/></svg>',
      'there is no symbol "#s"',
    ],
    [
      "an element that drawings do not have",
      '<svg viewBox="0 0 1 1"><video/></svg>',
      "<video> has no place in a drawing",
    ],
    [
      "a skewed drawing",
      '<svg viewBox="0 0 1 1"><path transform="skewX(3)" d="M0,0"/></svg>',
      'a drawing is moved by "skewX(3)"',
    ],
  ] as const
) {
  Deno.test(`pdfOfSvg() refuses ${name}`, async () => {
    await assert.rejects(pdfOfSvg(drawing, options), {
      message: `Cannot write a PDF file: ${message}`,
    });
  });
}
