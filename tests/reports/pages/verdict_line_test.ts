import assert from "node:assert/strict";
import {
  decidingClaims,
  verdictLine,
} from "../../../reports/pages/verdict_line.ts";
import { report } from "../example.ts";

const [paper, control] = report.claims;
assert.ok(paper && control);

Deno.test("verdictLine() says the claim that answers and its verdict, and leaves numbers to the answer", () => {
  assert.deepEqual(verdictLine({ claims: [control, paper] }), [{
    kind: "line",
    text: [
      {
        kind: "markdown",
        source:
          "In support, pre-training brings almost no effective robustness.",
      },
      " ",
      { kind: "verdict", verdict: "inconclusive" },
    ],
  }]);
});

Deno.test("verdictLine() gives each of several claims that answer a line, and none to others", () => {
  const [block] = verdictLine({
    claims: [
      { ...paper, answers: "in support" },
      control,
      { ...paper, id: "out", answers: "out of support" },
    ],
  });
  assert.ok(block?.kind === "list");
  assert.equal(block.items.length, 2);
});

Deno.test("decidingClaims() begins with all about the contrast", () => {
  const claims = [
    { ...paper, id: "in", answers: "in support" },
    { ...paper, id: "tint", answers: undefined, contrast: "of tints" },
    { ...paper, id: "flip", answers: undefined, contrast: "to a flip" },
    { ...control, answers: undefined },
  ] as const;
  assert.deepEqual(decidingClaims({ claims }).map(({ id }) => id), [
    "tint",
    "flip",
    "in",
  ]);
});

Deno.test("decidingClaims() gives those alone that say that they decide what the report asks", () => {
  const claims = [
    { ...paper, answers: "in support" },
    { ...control, asked: true },
  ] as const;
  assert.deepEqual(decidingClaims({ claims }), claims.slice(1));
});

Deno.test("verdictLine() takes the paper's first claim where none answers, and says nothing without claims", () => {
  const [block] = verdictLine({
    claims: [control, { ...paper, answers: undefined }],
  });
  assert.ok(block?.kind === "line");
  assert.match(JSON.stringify(block.text), /In support, pre-training/);
  assert.deepEqual(verdictLine({ claims: [] }), []);
});
