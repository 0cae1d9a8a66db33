import assert from "node:assert/strict";
import { judgeOn, placeOn } from "../../../shifts/measure/place_on.ts";
import { imageError } from "../../../stats/lines/image_error.ts";
import { judgedErrors } from "../../../tasks/lines/judged.ts";
import {
  distributions,
  judgedOverLine,
  judgedRun,
  type Sizes,
} from "./judged_networks.ts";

function told(options: Parameters<typeof judgedOverLine>[0] = {}) {
  const { line, judged } = judgedOverLine(options);
  const points = judged.networks.flatMap((one) => placeOn(one, distributions));
  const terms = [{ sign: 1, points, networks: judged.networks }] as const;
  const measured = { ...judged, line, terms };
  const judge = (one: typeof judged.networks[0]) => judgeOn(one, distributions);
  return {
    measured,
    known: judgedErrors([measured]),
    over: {
      line,
      runs: judged.baselines.map(judge),
      terms: [{ sign: 1, networks: judged.networks.flatMap(judge) }] as const,
    },
  };
}

Deno.test("judgedErrors() has the baselines' points by evaluation, and the error of images that all share", () => {
  const { known, over } = told();
  assert.deepEqual(known.runs, [over.runs]);
  assert.equal(known.imageError, imageError([over], { images: "same" }));
  assert.ok(known.imageError > 0);
  assert.deepEqual(known.n, { runs: 3, images: 400 });
});

Deno.test("judgedErrors() takes sets of different sizes as images that have nothing to do with each other", () => {
  const { known, over } = told({ sizes: { plain: 400, shifted: 300 } });
  assert.equal(known.imageError, imageError([over], { images: "disjoint" }));
  assert.deepEqual(known.n, { runs: 3, images: 300 });
});

Deno.test("judgedErrors() knows no error of the images where some networks were judged on fewer", () => {
  const { measured } = told();
  const sizes: Sizes = { plain: 400, shifted: 200 };
  const fewer = judgedRun("few", { levels: [0.6], sizes });
  const { runs, imageError, n } = judgedErrors([{
    ...measured,
    terms: [{
      sign: 1,
      networks: [fewer],
      points: placeOn(fewer, distributions),
    }],
  }]);
  assert.equal(runs?.[0]?.length, 3);
  assert.equal(imageError, undefined);
  assert.deepEqual(n, { runs: 3, images: 200 });
});

Deno.test("judgedErrors() knows neither where the line has one run", () => {
  const { known } = told({ runs: 1 });
  assert.equal(known.runs, undefined);
  assert.equal(known.imageError, undefined);
  assert.equal(known.n.runs, 1);
});

Deno.test("judgedErrors() refuses points that are not those of the evaluations", () => {
  const { measured } = told();
  const [{ points, ...term }] = measured.terms;
  for (const other of [points.slice(1), points.toReversed()]) {
    assert.throws(
      () =>
        judgedErrors([{ ...measured, terms: [{ ...term, points: other }] }]),
      /Cannot judge [23] networks image by image: they are not the 3 that were evaluated, placed on the same distributions/,
    );
  }
});
