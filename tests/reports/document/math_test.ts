import assert from "node:assert/strict";
import { markdownHtml } from "../../../reports/document/line_html.ts";
import { hostedMath, mathml } from "../../../reports/document/math.ts";

Deno.test("mathml() gives MathML that needs no font and no script", () => {
  const text = mathml("\\Phi^{-1}(x_i) \\lt \\frac{1}{n}", { display: true });
  assert.match(text, /^<math display="block"/);
  for (const part of ["<mi", "Φ", "<mfrac>", "&lt;"]) {
    assert.ok(text.includes(part), part);
  }
  assert.doesNotMatch(text, /<script|url\(|<annotation/);
});

Deno.test("mathml() refuses what is not TeX when it names the formula", () => {
  assert.throws(() => mathml("\\frac{1}{", { display: false }), {
    message: /^Cannot typeset "\\frac\{1\}\{": Unexpected end of input/,
  });
});

Deno.test("markdownHtml() reads formulas in a line and on lines of their own", () => {
  const html = markdownHtml("Let $x_1$ and $x_2$ be.\n\n$$x_1 < x_2$$");
  assert.equal(html.html.match(/<math>|<math /g)?.length, 3);
  assert.match(html.html, /<p>Let <math/);
  assert.match(html.html, /<math display="block"/);
  assert.doesNotMatch(html.html, /\$|<em>/);
});

Deno.test("markdownHtml() leaves dollars alone when they are prices, escaped or code", () => {
  for (
    const text of ["$5 and $6", "a \\$x\\$ b", "`$x$`", "$ x$", "costs $5."]
  ) {
    assert.doesNotMatch(markdownHtml(text).html, /<math/, text);
  }
});

Deno.test("markdownHtml() makes text in a formula literal", () => {
  const { html } = markdownHtml("$\\text{<script>}$");
  assert.doesNotMatch(html, /<script/);
  assert.match(html, /&lt;script&gt;/);
});

Deno.test("hostedMath() writes formulas as code hosts read them", () => {
  assert.equal(
    hostedMath("Let $n$ and $a\\,b$ with \\$5:\n\n$$x^*$$\n"),
    "Let $n$ and $`a\\,b`$ with \\$5:\n\n```math\nx^*\n```\n",
  );
});
