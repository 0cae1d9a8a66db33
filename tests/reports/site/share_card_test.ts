import assert from "node:assert/strict";
import { CARD, cardSvg } from "../../../reports/site/share_card.ts";
import { report, run } from "../example.ts";

const [claim] = report.claims;

for (const n of [1, 16, 48, 49, 65, 104, 1000]) {
  Deno.test(`cardSvg() has room for ${n} claims above what is told of them`, () => {
    assert.ok(claim);
    const svg = cardSvg([{ ...report, claims: Array(n).fill(claim) }], { run });
    const [, left, top, scale] =
      /translate\((\d+) (\d+)\) scale\(([\d.]+)\)/.exec(svg)?.map(Number) ?? [];
    assert.ok(left && top && scale);
    const squares = [
      ...svg.matchAll(/<g transform="translate\((\d+) (\d+)\)">/g),
    ].map(([, x, y]) => [Number(x), Number(y)] as const);
    assert.equal(squares.length, n);
    const lowest = top + scale * (24 + Math.max(...squares.map(([, y]) => y)));
    const rightmost = left +
      scale * (24 + Math.max(...squares.map(([x]) => x)));
    assert.ok(rightmost <= CARD.width - left);
    const lines = [
      ...svg.matchAll(/<text x="80" y="([\d.]+)" font-size="(\d+)"/g),
    ]
      .map(([, y, size]) => [Number(y), Number(size)] as const);
    const [told, what] = [lines[3], lines.at(-1)];
    assert.ok(told && what);
    assert.ok(lowest < told[0] - told[1], `${lowest} ${told}`);
    assert.ok(told[0] < what[0] - what[1]);
    assert.ok(what[0] <= CARD.height - 30);
  });
}

Deno.test("cardSvg() tells how much more pre-training brings out of support, and counts verdicts where no claim is about that", () => {
  assert.ok(claim && "estimate" in claim);
  const contrast = (value: number, contrast: string) => ({
    ...claim,
    contrast,
    estimate: {
      value,
      low: value - 0.01,
      high: value + 0.01,
      unit: "points" as const,
    },
  });
  const claims = [
    claim,
    contrast(0.027, "from a tint to another"),
    contrast(-0.018, "from labels to a flip"),
    contrast(0.3, "with other weights"),
  ];
  const svg = cardSvg([{ ...report, claims }], { run });
  assert.match(
    svg,
    />\+2\.7 points \(\+1\.7 to \+3\.7\) from a tint to another</,
  );
  assert.match(svg, />−1\.8 points \(−2\.8 to −0\.8\) from labels to a flip</);
  assert.doesNotMatch(svg, /other weights/);
  const smoke = cardSvg([{ ...report, claims }], {
    run: { ...run, profile: "smoke" },
  });
  assert.doesNotMatch(smoke, /from labels/);
  assert.match(cardSvg([report], { run }), /1 supported/);
});
