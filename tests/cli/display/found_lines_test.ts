import assert from "node:assert/strict";
import {
  type FoundClaim,
  foundLines,
} from "../../../cli/display/found_lines.ts";
import { paint } from "../../../cli/display/line.ts";

const claim = (verdict: string, before?: string): FoundClaim => ({
  pipeline: "tint",
  claim: "weak",
  statement: "It brings much.",
  verdict,
  ...before === undefined ? {} : { before },
  found: "+3.9 points",
  page: "site/tint/index.html",
});

const text = (profile: string, claims: readonly FoundClaim[]) =>
  foundLines({ profile, claims, all: "site/claims/index.html" })
    .map((line) => paint(line, { colour: false }));

Deno.test("foundLines() puts sentences in a column, whatever a verdict was before", () => {
  const claims = [
    claim("supported", "inconclusive"),
    claim("contradicted"),
    claim("supported"),
  ];
  assert.deepEqual(text("full", claims), [
    "Found:",
    "  inconclusive → supported  It brings much.",
    "    +3.9 points  site/tint/index.html",
    "  contradicted  It brings much.",
    "    +3.9 points  site/tint/index.html",
    "  supported     It brings much.",
    "    +3.9 points  site/tint/index.html",
  ]);
});

Deno.test("foundLines() tells of added claims after the others, under a head of their own", () => {
  const added = { ...claim("supported"), added: true } as const;
  const many = Array.from({ length: 6 }, () => claim("contradicted"));
  const lines = text("full", [added, ...many]);
  assert.equal(lines[0], "Found:");
  assert.deepEqual(lines.slice(-4), [
    "  and 1 more claim  site/claims/index.html",
    "Found in added experiments:",
    "  supported  It brings much.",
    "    +3.9 points  site/tint/index.html",
  ]);
  assert.equal(text("full", [added])[0], "Found in added experiments:");
});

Deno.test("foundLines() shows five claims, counts the others with the page of all, and says that a smoke run proves nothing", () => {
  const lines = text("smoke", Array.from({ length: 7 }, () => claim("x")));
  assert.equal(lines.length, 1 + 2 * 5 + 1);
  assert.equal(lines[0], "Found; a smoke run proves nothing:");
  assert.equal(lines.at(-1), "  and 2 more claims  site/claims/index.html");
});

Deno.test("foundLines() breaks sentences at words and keeps the page whole where a terminal is narrow", () => {
  const narrow = foundLines({
    profile: "full",
    claims: [claim("supported")],
    all: "site/claims/index.html",
    columns: 25,
  }).map((line) => paint(line, { colour: false }));
  assert.deepEqual(narrow, [
    "Found:",
    "  supported  It brings",
    "             much.",
    "    +3.9 points",
    "    site/tint/index.html",
  ]);
});
