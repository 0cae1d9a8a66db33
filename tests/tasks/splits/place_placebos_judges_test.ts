import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import type { Estimate } from "../../../reports/value/claim.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import type { SplitRun } from "../../../shifts/measure/place_in_part.ts";
import { placePlacebos } from "../../../tasks/splits/place_placebos.ts";
import { evaluationOf, hitsOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

/** Examples in each part. */
const HALF = 1500;
/** How far a network's luck with an example outweighs how difficult it is. */
const LUCK = 2;

/** Difficulty of each example: those out of support are harder. */
const difficulty = Float64Array.from(
  { length: 2 * HALF },
  (_, i) => stream(3, "difficulty", i).normal() + (i < HALF ? 0 : 1.5),
);

/** A network that is right where its ability and its luck exceed the difficulty. */
function network(seed: number, ability: number): SplitRun {
  const luck = stream(4, "luck", seed);
  const isRight = (value: number) =>
    ability + LUCK * luck.normal() > value ? 1 : 0;
  const right = Uint8Array.from(difficulty, isRight);
  const onReference = Array.from(
    { length: 10_000 },
    () => isRight(luck.normal()),
  ).reduce<number>((sum, one) => sum + one, 0);
  const evaluation = evaluationOf({
    name: "network",
    seed,
    classes: ["a"],
    networks: [{
      sets: { plain: { correct: [onReference], total: [10_000] } },
    }],
  });
  return {
    evaluation,
    hits: hitsOf({ name: "network", seed }, [{ right }]),
  };
}

const abilities = [0, 0.3, 0.6, 0.9, 1.2, 1.5];
const networks = {
  reference: { sets: { plain: 1 } },
  baselines: abilities.map((ability, i) => network(i, ability)),
  networks: [network(20, 1.2), network(21, 1.2)],
};

Deno.test("placePlacebos() of equal difficulty finds robustness that is not there where the line's own baselines decide, and none where other networks do", async () => {
  const meanOf = async (judges?: readonly SplitRun[]) => {
    const { mean } = await runTask(placePlacebos, {
      ...networks,
      ...(judges === undefined
        ? {}
        : { judges: judges.map(({ hits }) => hits) }),
      parts: partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < HALF)),
      keeps: "difficulty" as const,
      draws: 20,
      seed: 1,
      level: 0.95,
    });
    return (mean as Estimate).value;
  };
  const own = await meanOf();
  const others = await meanOf(
    abilities.map((ability, i) => network(10 + i, ability)),
  );
  assert.ok(own > 0.02, `${own}`);
  assert.ok(Math.abs(others) < 0.01, `${others}`);
});
