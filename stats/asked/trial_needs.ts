/**
 * What a trial lacks that cannot tell what pre-training brings: only what can
 * be had.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import { scales, toScale } from "../lines/scale.ts";
import { lineUse } from "../lines/usable_line.ts";
import type { Line } from "../lines/regression.ts";
import type { AskFindings, Need } from "./ask_findings_schemas.ts";
import { type AskedTrial, type FoundTrial, LEAST_R2 } from "./found_trial.ts";

const TO = "to tell what pre-training brings";

/** More are not asked for: then it is not their number that is missing. */
const MOST_BASELINES = 1000;

/** Networks that lie beyond all baselines by more than this share of the baselines' range are far out of it. */
const FAR = 0.5;

/** No baseline is asked to be right more often. */
const MOST_ACCURATE = 0.995;

/** Fewer times as many examples change little. */
const WORTHWHILE = 1.1;

const MORE_IMAGES = "which more labelled reference images may give";
const OWN =
  "table of accuracies with baselines of your own that differ more (deno task er)";

/** How needs end that ask for more examples of a set. */
const MORE = {
  test: /test examples$|tested on$/,
  shifted: /shifted examples( that no other set has)?$/,
};

const SETS = ["test", "shifted"] as const;

/** How many examples there are, how many are taken at most, of how many classes, and what is asked for already. */
export type TrialLimits = Pick<AskFindings, "examples" | "labels" | "needs">;

/** What would make a line to measure over: more examples, more baselines, or such as differ more. Nothing where there is one. */
export function trialNeeds(
  trial: AskedTrial,
  limits: TrialLimits,
): readonly Need[] {
  if ("noLine" in trial) return widerNeeds(limits);
  if (!trial.lineHolds) return lineNeeds(trial, limits);
  const isPartLoose = trial.groups.some(({ outOfSupport }) =>
    "lineHolds" in outOfSupport && !outOfSupport.lineHolds
  );
  return [
    ...isPartLoose && timesAsked("shifted", limits) === 0
      ? firstOf([
        canGrow("reference", limits) &&
        `wider range of accuracies of baselines out of support, ${MORE_IMAGES}`,
        canGrow("shifted", limits) &&
        "larger shifted set, for less noise of each accuracy out of support",
      ])
      : [],
    ...rangeNeeds(trial, limits),
  ];
}

/** Whether a set of so many times as many examples would be taken whole. */
function canGrow(
  set: "reference" | "test" | "shifted",
  { examples }: TrialLimits,
  times = WORTHWHILE,
): boolean {
  return times * (examples[set] ?? Infinity) <= examples.atMost;
}

/** How many times as many examples of a set are asked for already; 0 where none are. */
function timesAsked(
  set: typeof SETS[number],
  { needs }: TrialLimits,
): number {
  const asked = needs.find(({ what }) => MORE[set].test(what));
  return asked?.there === undefined ? 0 : asked.number / asked.there;
}

/** The first thing that can be had, and the others in its place. */
function firstOf(things: readonly (string | false)[]): readonly Need[] {
  const [what, ...others] = things.filter((thing) => thing !== false);
  return what === undefined ? [] : [{
    what,
    number: 1,
    ...others.length === 0
      ? {}
      : { or: others.map((other) => `a ${other}`).join(", or ") },
    to: TO,
  }];
}

function widerNeeds(limits: TrialLimits): readonly Need[] {
  return firstOf([
    canGrow("reference", limits) &&
    `wider range of accuracies of baselines, ${MORE_IMAGES}`,
    OWN,
  ]);
}

function lineNeeds(
  trial: FoundTrial,
  limits: TrialLimits,
): readonly Need[] {
  const { line } = trial;
  const { n, slope, r2 } = line;
  if (slope <= 0 || r2 <= 0) return widerNeeds(limits);
  if (r2 < LEAST_R2) {
    const wider = Math.sqrt((1 - r2) / r2 * LEAST_R2 / (1 - LEAST_R2));
    const larger = timesAsMany(trial);
    if (SETS.every((set) => timesAsked(set, limits) >= larger)) return [];
    const upwards = (times: number) => (Math.ceil(10 * times) / 10).toFixed(1);
    return firstOf([
      SETS.every((set) => canGrow(set, limits, larger)) &&
      `test set and a shifted set each at least ${
        upwards(larger)
      } times as large, for less noise of each accuracy`,
      canGrow("reference", limits) && isPossible(wider, line, limits) &&
      `range of accuracies of baselines ${
        upwards(wider)
      } times as wide, ${MORE_IMAGES}`,
      OWN,
    ]);
  }
  // What scatters stays, and so does the range.
  for (let more = n + 1; more <= MOST_BASELINES; more++) {
    const sxx = line.sxx * more / n;
    if (lineUse({ ...line, n: more, sxx }, { leastR2: 0 }).isUsable) {
      return [{
        what: "baselines, the further ones your own in a table (deno task er)",
        number: more,
        there: n,
        to: TO,
      }];
    }
  }
  return widerNeeds(limits);
}

/** Whether baselines can differ so many times as much: from chance to as good as always right. */
function isPossible(
  times: number,
  { scale, range: [low, high] }: Line,
  { labels }: TrialLimits,
): boolean {
  const { forward } = scales[scale];
  const chance = 1 / (labels?.counts.length ?? 2);
  return times * (forward(high) - forward(low)) <=
    forward(MOST_ACCURATE) - forward(chance);
}

/**
 * How many times as many examples of both sets leave so little noise that the
 * line would hold; infinite where baselines scatter without it. It may take
 * more: as all baselines are tested on the same examples, some of the noise is
 * the same for all and does not scatter them.
 */
function timesAsMany({ line, baselines }: FoundTrial): number {
  const { scale, extremes, slope, sxx, n, s } = line;
  const noiseOf = (accuracy: number, size: number | undefined) => {
    const { value } = toScale(accuracy, { scale, extremes, size, model: "" });
    const p = scales[scale].inverse(value);
    return p * (1 - p) / (size ?? Infinity) / scales[scale].slope(value) ** 2;
  };
  const noise = mean(
    baselines.map((one) =>
      noiseOf(one.shifted, one.shiftedSize) +
      slope ** 2 * noiseOf(one.reference, one.referenceSize)
    ),
  );
  const most = slope ** 2 * sxx * (1 - LEAST_R2) / LEAST_R2 / (n - 2);
  const left = 1 - (s ** 2 - most) / noise;
  return left > 0 ? 1 / left : Infinity;
}

/** A baseline as accurate as the fine-tuned networks, where they lie far beyond all. */
function rangeNeeds(
  { line, groups }: FoundTrial,
  limits: TrialLimits,
): readonly Need[] {
  const [low, high] = line.range;
  const accuracies = groups.map(({ points }) =>
    mean(points.map(({ reference }) => reference))
  );
  const best = accuracies.reduce((most, own) => Math.max(most, own), 0);
  const percent = (accuracy: number) => `${(100 * accuracy).toFixed(1)}%`;
  return best <= high + FAR * (high - low) ? [] : firstOf([
    `baseline as accurate as fine-tuned networks (${
      percent(best)
    } on test images; the best of the baselines has ${percent(high)}), ${
      canGrow("reference", limits) ? `${MORE_IMAGES}, or ` : ""
    }one of your own in a table (deno task er)`,
  ]);
}
