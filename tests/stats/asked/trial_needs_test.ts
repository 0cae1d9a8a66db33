import assert from "node:assert/strict";
import type { FoundTrial } from "../../../stats/asked/found_trial.ts";
import {
  type TrialLimits,
  trialNeeds,
} from "../../../stats/asked/trial_needs.ts";
import type { Line } from "../../../stats/lines/regression.ts";
import { lineUse } from "../../../stats/lines/usable_line.ts";
import { findingsOf, TRIAL } from "../../reports/site/asked_page.ts";

const { examples } = findingsOf();
const counts = ["a", "b", "c", "d"].map((name) => ({
  class: name,
  test: 100,
  shifted: 100,
}));
const distance = { value: 0, low: 0, high: 0.1 };

/** Four classes; sets of 1,000, 500 and 500 examples, of which so many are taken at most. */
function atMost(most: number): TrialLimits {
  return {
    examples: { ...examples, atMost: most },
    labels: { p: 1, distance, counts },
    needs: [],
  };
}

/** The trial with another line. */
function withLine(line: Partial<Line>): FoundTrial {
  return { ...TRIAL, lineHolds: false, line: { ...TRIAL.line, ...line } };
}

function only(trial: Parameters<typeof trialNeeds>[0], most = 5000) {
  const [need, ...others] = trialNeeds(trial, atMost(most));
  assert.ok(need !== undefined);
  assert.deepEqual(others, []);
  assert.equal(need.to, "to tell what pre-training brings");
  return need;
}

const OWN =
  "table of accuracies with baselines of your own that differ more (deno task er)";

Deno.test("trialNeeds() asks for nothing of a line that holds, as far as networks are", () => {
  assert.deepEqual(trialNeeds(TRIAL, atMost(5000)), []);
});

Deno.test("trialNeeds() asks for baselines that differ more where they make no line, of more images only where more are taken", () => {
  const trials = [
    { noLine: "Cannot fit a line: all are alike" },
    withLine({ slope: -1, r2: 0.5 }),
  ];
  for (const trial of trials) {
    const { what, or } = only(trial);
    assert.equal(
      what,
      "wider range of accuracies of baselines, which more labelled reference images may give",
    );
    assert.equal(or, `a ${OWN}`);
    assert.deepEqual([only(trial, 1000)].map(({ what, or }) => [what, or]), [
      [OWN, undefined],
    ]);
  }
});

Deno.test("trialNeeds() asks for so many baselines that the slope is above 0 for sure, of which no option trains more", () => {
  const line = { ...TRIAL.line, n: 4, slope: 1, sxx: 0.1, s: 0.12, r2: 0.9 };
  const { what, number, there } = only(withLine(line));
  assert.deepEqual([what, there], [
    "baselines, the further ones your own in a table (deno task er)",
    4,
  ]);
  const isUsable = (n: number) =>
    lineUse({ ...line, n, sxx: line.sxx * n / 4 }, { leastR2: 0.8 }).isUsable;
  assert.ok(number > 4 && isUsable(number) && !isUsable(number - 1));
});

/** A trial of r² 0.5 on a linear scale, whose baselines are half right on so many examples of each set. */
function scattered(
  size: number,
  range: readonly [number, number] = [0.4, 0.6],
): FoundTrial {
  // As much scatters as is explained, 0.04 in all, of which a quarter may.
  const line = { slope: 1, r2: 0.5, n: 6, sxx: 0.04, s: 0.0999, range };
  const half = { model: "", reference: 0.5, shifted: 0.5 };
  return {
    ...withLine({ ...line, scale: "linear" }),
    baselines: [{ ...half, referenceSize: size, shiftedSize: size }],
  };
}

Deno.test("trialNeeds() asks for larger sets where less noise would make a line, and so large ones are taken", () => {
  // The variance of 50 and 50 images is 0.01, a hair more than what scatters.
  assert.equal(
    only(scattered(50)).what,
    "test set and a shifted set each at least 4.0 times as large, for less noise of each accuracy",
  );
  assert.match(only(scattered(50)).or ?? "", /^a range .* or a table/);
  assert.equal(only(scattered(50), 2000).what, only(scattered(50)).what);
  for (const need of [only(scattered(50), 1900), only(scattered(100))]) {
    assert.doesNotMatch(`${need.what} ${need.or}`, /times as large/);
  }
});

/** Sets so many times as large as those of 500 examples. */
const asked = (times: number, tested = "test examples") =>
  [tested, "shifted examples"].map((what) => ({
    what,
    number: 500 * times,
    there: 500,
  }));

Deno.test("trialNeeds() asks for no larger sets where the answer asks for as large ones already", () => {
  const of = (needs: TrialLimits["needs"]) =>
    trialNeeds(scattered(50), { ...atMost(5000), needs }).length;
  const held = "reference examples, of which a fifth is tested on";
  assert.deepEqual([of(asked(5)), of(asked(5, held))], [0, 0]);
  assert.deepEqual([of(asked(3)), of(asked(5).slice(1))], [1, 1]);
  // Larger sets would not do.
  const limits = { ...atMost(5000), needs: asked(5) };
  assert.equal(trialNeeds(scattered(100), limits).length, 1);
});

Deno.test("trialNeeds() asks for baselines that lie farther apart only where accuracies can, and more images are taken", () => {
  const { what, or } = only(scattered(100));
  assert.equal(
    what,
    "range of accuracies of baselines 2.0 times as wide, which more labelled reference images may give",
  );
  assert.equal(or, `a ${OWN}`);
  // From chance, 25%, to 99.5%.
  assert.match(only(scattered(100, [0.5, 0.87])).what, /2\.0 times as wide/);
  for (
    const need of [
      only(scattered(100, [0.5, 0.88])),
      only(scattered(100), 1000),
    ]
  ) {
    assert.deepEqual([need.what, need.or], [OWN, undefined]);
  }
});

Deno.test("trialNeeds() asks for nothing that a trial on photographs could not have had", () => {
  // Range, r² and numbers of images of a real one, where 6.2 times as wide was asked for.
  const line = { slope: 0.0806, r2: 0.0968, sxx: 1.06, s: 0.0896, n: 10 };
  const trial = {
    ...withLine({ ...line, range: [0.815, 0.97] }),
    baselines: [0.815, 0.925, 0.97].map((reference) => ({
      model: "",
      reference,
      shifted: 0.43,
      referenceSize: 400,
      shiftedSize: 1994,
    })),
  };
  const { what, or } = only(trial);
  assert.deepEqual([what, or], [OWN, undefined]);
});

Deno.test("trialNeeds() asks for baselines that differ more, or less noise, where the line does not hold out of support alone", () => {
  const [group] = TRIAL.groups;
  assert.ok(group !== undefined);
  const outOfSupport = { value: 0, low: -1, high: 1, lineHolds: false };
  const trial = { ...TRIAL, groups: [{ ...group, outOfSupport }] };
  const less =
    "larger shifted set, for less noise of each accuracy out of support";
  const { what, or } = only(trial);
  assert.match(what, /^wider range of accuracies of baselines out of support/);
  assert.equal(or, `a ${less}`);
  assert.equal(only(trial, 1000).what, less);
  assert.deepEqual(trialNeeds(trial, atMost(500)), []);
  const limits = { ...atMost(5000), needs: asked(2) };
  assert.deepEqual(trialNeeds(trial, limits), []);
});

Deno.test("trialNeeds() asks for a baseline as accurate as networks that lie far beyond all", () => {
  const far = (reference: number): FoundTrial => ({
    ...TRIAL,
    groups: TRIAL.groups.map((group) => ({
      ...group,
      points: group.points.map((point) => ({ ...point, reference })),
    })),
  });
  // Baselines are 40 to 70% accurate.
  assert.deepEqual(trialNeeds(far(0.84), atMost(5000)), []);
  const as =
    "baseline as accurate as fine-tuned networks (90.0% on test images; the best of the baselines has 70.0%)";
  const own = "one of your own in a table (deno task er)";
  assert.equal(
    only(far(0.9)).what,
    `${as}, which more labelled reference images may give, or ${own}`,
  );
  assert.equal(only(far(0.9), 1000).what, `${as}, ${own}`);
});
