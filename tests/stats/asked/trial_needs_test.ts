import assert from "node:assert/strict";
import type { FoundTrial } from "../../../stats/asked/found_trial.ts";
import { trialNeeds } from "../../../stats/asked/trial_needs.ts";
import type { Line } from "../../../stats/lines/regression.ts";
import { lineUse } from "../../../stats/lines/usable_line.ts";
import { TRIAL } from "../../reports/site/asked_page.ts";

/** The trial with another line. */
function withLine(line: Partial<Line>): FoundTrial {
  return { ...TRIAL, lineHolds: false, line: { ...TRIAL.line, ...line } };
}

function only(trial: Parameters<typeof trialNeeds>[0]) {
  const [need, ...others] = trialNeeds(trial);
  assert.ok(need !== undefined);
  assert.deepEqual(others, []);
  assert.equal(need.to, "to tell what pre-training brings");
  return need;
}

Deno.test("trialNeeds() asks for nothing of a line that holds, as far as networks are", () => {
  assert.deepEqual(trialNeeds(TRIAL), []);
});

Deno.test("trialNeeds() asks for baselines that differ more where they make no line", () => {
  const noLine = "Cannot fit a line: all are alike";
  assert.match(
    only({ noLine }).what,
    /^wider range of accuracies of baselines/,
  );
});

Deno.test("trialNeeds() asks for so many baselines that the slope is above 0 for sure", () => {
  const line = { ...TRIAL.line, n: 4, slope: 1, sxx: 0.1, s: 0.12, r2: 0.9 };
  const { what, number, there } = only(withLine(line));
  assert.deepEqual([what, there], ["baselines", 4]);
  const isUsable = (n: number) =>
    lineUse({ ...line, n, sxx: line.sxx * n / 4 }, { leastR2: 0.8 }).isUsable;
  assert.ok(number > 4 && isUsable(number) && !isUsable(number - 1));
});

Deno.test("trialNeeds() says how much farther apart baselines have to be that scatter about their line", () => {
  // Of r² 0.5 as much scatters as is explained; four times as much has to be.
  const { what, or } = only(withLine({ slope: 1, r2: 0.5 }));
  assert.match(what, /^range of accuracies of baselines 2\.0 times as wide/);
  assert.match(or ?? "", /more test and shifted examples/);
  assert.match(only(withLine({ slope: -1, r2: 0.5 })).what, /^wider range/);
});

Deno.test("trialNeeds() asks for baselines that differ more where the line does not hold out of support alone", () => {
  const [group] = TRIAL.groups;
  assert.ok(group !== undefined);
  const outOfSupport = { value: 0, low: -1, high: 1, lineHolds: false };
  assert.match(
    only({ ...TRIAL, groups: [{ ...group, outOfSupport }] }).what,
    /^wider range of accuracies of baselines out of support/,
  );
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
  assert.deepEqual(trialNeeds(far(0.84)), []);
  assert.match(
    only(far(0.9)).what,
    /^baseline as accurate as fine-tuned networks \(90\.0% .* 70\.0%\)/,
  );
});
