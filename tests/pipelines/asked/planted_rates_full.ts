/**
 * How often answers are false, and right, over many draws of drawn numbers: the
 * rates of `deno task bench:ask` without its images.
 */
import assert from "node:assert/strict";
import type { Answer } from "../../../stats/asked/ask_findings.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { type Planted, plantedSets } from "../../models/asked/planted_sets.ts";

const WORLDS: readonly [Answer, Omit<Planted, "seed" | "n">][] = [
  ["no shift", {}],
  ["bias", { linked: [0.6, 0] }],
  ["bias", { firstClass: [0.2, 0.5] }],
  ["extrapolation", { outside: 1 }],
  ["extrapolation", { outside: 0.4 }],
  ["both", { outside: 0.5, firstClass: [0.2, 0.6] }],
  ["both", { outside: 1, linked: [0.7, 0] }],
];
const SEEDS = 8;

/** Least share of right answers by number of examples a set, and most of false ones. */
const LEAST_RIGHT = { 100: 0.4, 400: 0.75 };
const MOST_FALSE = 0.05;

Deno.test("askQuickly() is false in at most 5 of 100 draws, and right the more often the more examples there are", () => {
  const draws = Object.entries(LEAST_RIGHT).flatMap(([n, least]) => {
    const asked = WORLDS.flatMap(([truth, planted]) =>
      Array.from({ length: SEEDS }, (_, seed) => ({
        truth,
        answer: askQuickly(
          plantedSets({ ...planted, n: Number(n), seed: 900 + seed }),
          { seed },
        ).answer,
      }))
    );
    const right = asked.filter(({ truth, answer }) => truth === answer).length;
    assert.ok(
      right >= least * asked.length,
      `n ${n}: ${right} of ${asked.length} are right`,
    );
    return asked;
  });
  const wrong = draws.filter(({ truth, answer }) =>
    answer !== "undecidable" && answer !== truth
  );
  assert.ok(
    wrong.length <= MOST_FALSE * draws.length,
    JSON.stringify(wrong),
  );
});
