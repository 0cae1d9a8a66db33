import assert from "node:assert/strict";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import { foundShiftSchema } from "../../../stats/asked/ask_findings_schemas.ts";
import { plantedSets } from "./planted_sets.ts";

Deno.test("tellApart() gives probabilities within 0 and 1 where all is told apart, whatever the sizes of the sets", () => {
  const sets = plantedSets({ n: 400, seed: 1, outside: 1 });
  const nothing = takeExamples(sets.reference, []);
  const first = (set: typeof sets.test, n: number) =>
    takeExamples(set, Array.from({ length: n }, (_, i) => i));
  for (const [test, shifted] of [[203, 121], [121, 203], [300, 217]] as const) {
    const { shift, scores } = tellApart({
      reference: nothing,
      test: first(sets.test, test),
      shifted: first(sets.shifted, shifted),
    }, { seed: 1, placebos: 9 });
    assert.doesNotThrow(() => foundShiftSchema.parse(shift));
    const all = [
      ...scores.probability,
      ...scores.placebos.flatMap(({ probability }) => [...probability]),
    ];
    assert.ok(all.every((p) => p >= 0 && p <= 1));
  }
});
