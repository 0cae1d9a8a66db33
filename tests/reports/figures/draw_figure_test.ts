import assert from "node:assert/strict";
import { drawFigure } from "../../../reports/figures/draw_figure.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import { figure } from "../example.ts";
import { sets, sizes } from "./interventions_example.ts";
import { strengths } from "./robustness_example.ts";
import { saidOf } from "./said_of.ts";

const ofLevel: readonly Figure[] = [
  { ...figure, level: 0.995 },
  { ...sets, level: 0.995 },
  { ...sizes, level: 0.995 },
  {
    ...strengths,
    estimates: strengths.estimates.map(({ mean, ...estimate }) => ({
      ...estimate,
      mean: mean && { ...mean, level: 0.995 },
    })),
  },
  {
    kind: "reliability",
    id: "calibration",
    title: "Calibration",
    finding: "It holds.",
    level: 0.995,
    curves: [{ name: "raw", bins: [{ predicted: 0.4, successes: 4, n: 10 }] }],
  },
];

for (const one of ofLevel) {
  Deno.test(`drawFigure() writes the level of ${one.kind} with its decimals`, () => {
    const drawn = drawFigure(one);
    assert(drawn);
    const said = saidOf(drawn);
    assert(said.includes("99.5%"), said);
    assert(!said.includes("100% interval"), said);
  });
}
