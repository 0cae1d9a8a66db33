import assert from "node:assert/strict";
import { pointsInPart } from "../../../shifts/measure/place_in_part.ts";
import { criticalValue } from "../../../stats/intervals/quantile.ts";
import { mean, standardDeviation } from "../../../stats/intervals/mean.ts";
import { groupDifference } from "../../../stats/lines/difference.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { compareWhole } from "../../../tasks/splits/compare_whole.ts";
import { measureWhole } from "../../../tasks/splits/measure_whole.ts";
import { runTask } from "../run_task.ts";
import {
  drawnAnew,
  FAMILIES,
  families,
  runsOf,
  seen,
} from "./planted_families.ts";

const level = 0.95;
const reference = { sets: { plain: 1 } };
const EXTREMES = { kind: "clip" } as const;

/** What is measured on families and images drawn anew, with the variance that networks and line give it by themselves. */
interface Measured {
  readonly value: number;
  readonly held: number;
}

/** Points of both kinds and of either baselines, on everything or on what was drawn. */
function placed(k?: number) {
  const drawn = k === undefined ? undefined : drawnAnew(k);
  const units = drawn?.units ?? families;
  const weights = new Float64Array(units.length).fill(1);
  const at = (networks: keyof typeof seen) =>
    runsOf(seen[networks], drawn).map((run) =>
      pointsInPart(
        { baselines: [], networks: [run], reference, units },
        weights,
      )
        .networks
    );
  return {
    runs: at("runs"),
    finished: at("finished"),
    letters: at("letters").flat(),
    digits: at("digits").flat(),
  };
}

type Drawn = ReturnType<typeof placed>;
type Placed = Omit<Drawn, "finished">;

/** The error of families and reference images beyond what networks and line hold, by drawing them anew. */
function bootstrapped(
  { once, anew }: { readonly once: Placed; readonly anew: readonly Placed[] },
  measure: (placed: Placed) => Measured,
): number {
  const drawn = anew.map(measure);
  const all = standardDeviation(drawn.map(({ value }) => value)) ** 2;
  const held = mean(drawn.map(({ held }) => held)) - measure(once).held;
  assert.ok(held > all / 20, "what is taken off matters");
  return Math.sqrt(all - held);
}

function squares(
  { betweenModels, line }: {
    readonly betweenModels: { readonly standardError: number } | null;
    readonly line: { readonly standardError: number };
  },
): number {
  return (betweenModels?.standardError ?? NaN) ** 2 + line.standardError ** 2;
}

const probitLine = (runs: readonly (readonly Point[])[]) =>
  fitLine(runs.flat(), { scale: "probit", extremes: EXTREMES });
/** As much more as few families ask for. */
const RAISED = criticalValue(level, FAMILIES - 1) /
  criticalValue(level, Infinity);

const everything = placed();
const drawn = Array.from({ length: 300 }, (_, k) => placed(k));

for (const kind of ["finished", "runs"] as const) {
  const withBaselines = ({ letters, digits, ...baselines }: Drawn): Placed => ({
    runs: baselines[kind],
    letters,
    digits,
  });
  const baselines = runsOf(seen[kind]);
  const draws = {
    once: withBaselines(everything),
    anew: drawn.map(withBaselines),
  };
  const { once } = draws;

  Deno.test(`the error of families is what a bootstrap over families gives, less what it adds to the spreads of networks and of baselines that are ${kind}`, async () => {
    const { mean, points, overlap, shares } = await runTask(measureWhole, {
      baselines,
      networks: runsOf(seen.letters),
      reference,
      units: families,
      level,
    });
    assert.equal(points.length, 4);
    assert.equal(overlap.n, 4);
    assert.deepEqual(
      shares.map(({ source, n, name }) => [source, n, name]),
      [
        ["networks", 4, undefined],
        ["runs", baselines.length, undefined],
        ["images", FAMILIES, "families"],
      ],
    );
    assert.equal(
      shares[2]?.standardError,
      mean.components.testSet?.standardError,
    );
    const expected = bootstrapped(draws, ({ runs, letters }) => {
      const line = probitLine(runs);
      const { mean: value, components } = meanEffectiveRobustness(letters, {
        line,
        runs,
        imageError: 0,
      });
      return { value, held: squares(components) };
    });
    const { testSet } = mean.components;
    const error = (testSet?.standardError ?? NaN) / RAISED;
    assert.ok(Math.abs(error / expected - 1) < 0.12, `${error}, ${expected}`);

    // With families of their own for networks and baselines it would be as wide again.
    const { runs, letters } = once;
    const alone = meanEffectiveRobustness(letters, {
      line: probitLine(runs),
      runs,
    }).components.testSet?.standardError ?? NaN;
    assert.ok(alone > 1.5 * error, `${alone}, ${error}`);
  });

  Deno.test(`the same holds for the difference of two kinds over baselines that are ${kind}`, async () => {
    const { difference, value, shares } = await runTask(compareWhole, {
      line: probitLine(once.runs),
      baselines,
      a: runsOf(seen.letters),
      b: runsOf(seen.digits),
      reference,
      units: families,
      level,
    });
    assert.equal(value, difference.difference);
    assert.deepEqual(shares.map(({ n }) => n), [
      8,
      baselines.length,
      FAMILIES,
    ]);
    const expected = bootstrapped(draws, ({ runs, letters, digits }) => {
      const { difference: value, components } = groupDifference(
        [letters, digits],
        { line: probitLine(runs), runs, imageError: 0 },
      );
      return { value, held: squares(components) };
    });
    const { testSet } = difference.components;
    const error = (testSet?.standardError ?? NaN) / RAISED;
    assert.ok(Math.abs(error / expected - 1) < 0.12, `${error}, ${expected}`);
  });
}
