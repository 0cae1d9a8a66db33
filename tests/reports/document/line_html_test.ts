import assert from "node:assert/strict";
import { inlineMarkdown } from "../../../reports/document/line_html.ts";

Deno.test("inlineMarkdown() keeps an option together, and escapes code", () => {
  const of = (source: string) => inlineMarkdown(source).html;
  assert.equal(of("`--to DIR`"), '<code class="option">--to DIR</code>');
  assert.equal(of("`deno task er --to x`"), "<code>deno task er --to x</code>");
  assert.equal(of("`--a <b>`"), "<code>--a &lt;b&gt;</code>");
});
