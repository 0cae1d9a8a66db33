import assert from "node:assert/strict";
import { imageError } from "../../../stats/lines/image_error.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { unitError } from "../../../stats/lines/unit_error.ts";
import { close } from "../reference.ts";

/** A network on four reference images and three units. */
function judged(reference: number, shifted: number, at: number) {
  return {
    model: `${at}`,
    reference,
    shifted,
    referenceInfluence: [0.02, -0.01 * at, 0.01 * at - 0.01, -0.01],
    shiftedInfluence: [0.03, 0.01 * at, -0.03 - 0.01 * at],
  };
}

const baselines = [
  judged(0.5, 0.3, 1),
  judged(0.6, 0.45, 2),
  judged(0.7, 0.5, 3),
];
const measured = {
  line: fitLine(baselines),
  runs: baselines.map((point) => [point]),
  terms: [{ sign: 1, networks: [judged(0.65, 0.55, 6)] }],
} as const;

Deno.test("the error of two or three units is raised by Student's t of one degree less over the normal quantile", () => {
  const error = imageError([measured], { images: "disjoint" });
  assert.ok(error > 0);
  for (const [units, t] of [[2, 12.7062047], [3, 4.3026527]] as const) {
    const options = { images: "disjoint", units, level: 0.95 } as const;
    const raised = unitError([measured], options);
    close(raised / error, t / 1.9599640, 1e-6);
  }
});
