import assert from "node:assert/strict";
import { inlineMarkdown } from "../../../reports/document/line_html.ts";

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

Deno.test("inlineMarkdown() leaves no bracket before and no full stop after a formula on a line of its own", () => {
  const of = (source: string) => inlineMarkdown(source).html;
  assert.match(
    of("at $x$ ($y$)."),
    /^at <math>.*<\/math> <span class="whole">\(<math>.*<\/math>\)\.<\/span>$/,
  );
});
