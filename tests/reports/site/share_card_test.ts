import assert from "node:assert/strict";
import { CARD, cardSvg } from "../../../reports/site/share_card.ts";
import { report, run } from "../example.ts";

const [claim] = report.claims;

for (const n of [1, 16, 48, 49, 65, 104, 1000]) {
  Deno.test(`cardSvg() has room for ${n} claims above their counts`, () => {
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
    const [counts, what] = lines.slice(-2);
    assert.ok(counts && what);
    assert.ok(lowest < counts[0] - counts[1], `${lowest} ${counts}`);
    assert.ok(counts[0] < what[0] - what[1]);
    assert.ok(what[0] <= CARD.height - 30);
  });
}
