import assert from "node:assert/strict";
import {
  inlineMarkdown,
  lineHtml,
} from "../../../reports/document/line_html.ts";

Deno.test("inlineMarkdown() keeps an option together, and escapes code", () => {
  const of = (source: string) => inlineMarkdown(source).html;
  assert.equal(of("`--to DIR`"), '<code class="option">--to DIR</code>');
  assert.equal(
    of("`deno task er --to x`"),
    '<code>deno task er <span class="whole">--to</span> x</code>',
  );
  assert.equal(
    of("`--a <b>`"),
    '<code><span class="whole">--a</span> &lt;b&gt;</code>',
  );
});

Deno.test("lineHtml() and inlineMarkdown() keep quantities, and numbers of figures, on one line", () => {
  for (
    const [text, kept] of [
      ["four (n = 4, r² = 0.99) of", "four (n~=~4, r²~=~0.99) of"],
      ["of 0.5 ± 0.2 points", "of 0.5 ±~0.2 points"],
      ["Figure 3, table C.3 and figure C", "Figure~3, table~C.3 and figure~C"],
      ["4 min 3 s for 71.6 MB", "4~min 3~s for 71.6~MB"],
      ["in 3 shifts, a = b, ER 4", "in 3 shifts, a = b, ER 4"],
    ] as const
  ) {
    const html = kept.replaceAll("~", "\u00a0");
    assert.equal(lineHtml(text).html, html);
    assert.equal(inlineMarkdown(text).html, html);
  }
  assert.equal(inlineMarkdown("`n = 4`").html, "<code>n = 4</code>");
});

Deno.test("lineHtml() keeps the number of an estimate together with its interval, and with its unit while there is room", () => {
  for (
    const [text, kept] of [
      [
        "by all: n = 4: +1.50 (+1.00 to +2.00) points;",
        "by all: n~=~4: +1.50~(+1.00~to~+2.00)~points;",
      ],
      [
        "by all: +12.50 (+10.00 to +15.00) points",
        "by all: +12.50~(+10.00~to~+15.00) points",
      ],
      ["by all: 0.5 (0.4 to 0.6)", "by all: 0.5~(0.4~to~0.6)"],
      ["1.5 × 10⁻¹³", "1.5 × 10⁻¹³"],
    ] as const
  ) {
    assert.equal(
      lineHtml({ kind: "estimate", text }).html,
      `<span class="estimate">${kept.replaceAll("~", "\u00a0")}</span>`,
    );
  }
});

Deno.test("inlineMarkdown() leaves no bracket before and no full stop after a formula on a line of its own", () => {
  const of = (source: string) => inlineMarkdown(source).html;
  assert.match(
    of("at $x$ ($y$)."),
    /^at <math>.*<\/math> <span class="whole">\(<math>.*<\/math>\)\.<\/span>$/,
  );
});
