/**
 * What a trial lacks that cannot tell what pre-training brings.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import { lineUse } from "../lines/usable_line.ts";
import type { Line } from "../lines/regression.ts";
import type { Need } from "./ask_findings_schemas.ts";
import { type AskedTrial, type FoundTrial, LEAST_R2 } from "./found_trial.ts";

const TO = "to tell what pre-training brings";

/** More are not asked for: then it is not their number that is missing. */
const MOST_BASELINES = 1000;

/** Networks that lie beyond all baselines by more than this share of the baselines' range are far out of it. */
const FAR = 0.5;

/** What would make a line to measure over: more baselines, or such as differ more. Nothing where there is one. */
export function trialNeeds(trial: AskedTrial): readonly Need[] {
  if ("noLine" in trial) return [wider("")];
  if (!trial.lineHolds) return [lineNeed(trial.line)];
  const isPartLoose = trial.groups.some(({ outOfSupport }) =>
    "lineHolds" in outOfSupport && !outOfSupport.lineHolds
  );
  return [
    ...isPartLoose ? [wider(" out of support")] : [],
    ...rangeNeeds(trial),
  ];
}

/** Networks from scratch on shares of more images differ more: the smallest share is a batch at least. */
function wider(where: string): Need {
  return {
    what:
      `wider range of accuracies of baselines${where} (smaller shares, or shares of more reference images)`,
    number: 1,
    to: TO,
  };
}

function lineNeed(line: Line): Need {
  const { n, slope, r2 } = line;
  if (r2 >= LEAST_R2) {
    // What scatters stays, and so does the range.
    for (let more = n + 1; more <= MOST_BASELINES; more++) {
      const sxx = line.sxx * more / n;
      if (lineUse({ ...line, n: more, sxx }, { leastR2: 0 }).isUsable) {
        return {
          what: "baselines",
          number: more,
          there: n,
          or:
            "as no option trains more of them, a wider range of accuracies by more reference images",
          to: TO,
        };
      }
    }
    return wider("");
  }
  if (slope <= 0 || r2 <= 0) return wider("");
  const times = Math.sqrt((1 - r2) / r2 * LEAST_R2 / (1 - LEAST_R2));
  return {
    what: `range of accuracies of baselines ${
      (Math.ceil(10 * times) / 10).toFixed(1)
    } times as wide (smaller shares, or shares of more reference images)`,
    number: 1,
    or: "less noise of each accuracy, by more test and shifted examples",
    to: TO,
  };
}

/** A baseline as accurate as the fine-tuned networks, where they lie far beyond all. */
function rangeNeeds({ line, groups }: FoundTrial): readonly Need[] {
  const [low, high] = line.range;
  const accuracies = groups.map(({ points }) =>
    mean(points.map(({ reference }) => reference))
  );
  const best = accuracies.reduce((most, own) => Math.max(most, own), 0);
  return best <= high + FAR * (high - low) ? [] : [{
    what: `baseline as accurate as fine-tuned networks (${
      (100 * best).toFixed(1)
    }% on test images; the best of the baselines has ${
      (100 * high).toFixed(1)
    }%), as more reference images make one`,
    number: 1,
    to: TO,
  }];
}
