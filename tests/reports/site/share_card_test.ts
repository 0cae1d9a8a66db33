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

Deno.test("cardSvg() tells what pre-training brings in each half, and counts verdicts where no claim answers", () => {
  assert.ok(claim && "estimate" in claim);
  const size = (value: number, answers: "in support" | "out of support") => ({
    ...claim,
    answers,
    estimate: { value, low: value, high: value, unit: "points" as const },
  });
  const claims = [
    size(0.125, "out of support"),
    size(-0.018, "out of support"),
    size(0.033, "in support"),
  ];
  const svg = cardSvg([{ ...report, claims }], { run });
  assert.match(
    svg,
    />Out of support, pre-training brings −1\.8 to \+12\.5 points</,
  );
  assert.match(svg, />In support, \+3\.3 points of effective robustness</);
  const smoke = cardSvg([{ ...report, claims }], {
    run: { ...run, profile: "smoke" },
  });
  assert.doesNotMatch(smoke, /In support/);
});
