import assert from "node:assert/strict";
import { placeHits } from "../../../tasks/evaluation/place_hits.ts";
import { evaluationOf, hitsOf } from "../../shifts/evaluations.ts";
import { contextOnCpu } from "../context.ts";

const evaluation = evaluationOf({
  name: "letters",
  seed: 1,
  classes: ["0", "1"],
  networks: [{
    sets: { handwritten: { correct: [4, 5], total: [5, 5] } },
  }],
});

Deno.test("placeHits() gives one array of points a run, with a family as the unit", async () => {
  const right = Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0);
  const place = async (units: readonly string[]) =>
    await placeHits.task.run({
      runs: [{
        evaluation,
        hits: hitsOf({ name: "letters", seed: 1 }, [{ right }]),
      }],
      reference: { sets: { handwritten: 1 } },
      units,
    }, contextOnCpu());
  const families = await place(["a", "a", "a", "a", "b", "b", "b", "b"]);
  // Two families of which one is right: as noisy as a single image or two, of which lines need two.
  assert.deepEqual(families, [[{
    model: "letters",
    reference: 0.9,
    shifted: 0.5,
    referenceSize: 10,
    shiftedSize: 2,
    seed: 1,
  }]]);
  // Families that are alike are no noisier than single images.
  const mixed = await place(["a", "b", "c", "d", "a", "b", "c", "d"]);
  assert.equal(mixed[0]?.[0]?.shiftedSize, 8);
});
