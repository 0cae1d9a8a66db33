/** Evidence of planted sets, parts of it to change, and what the rule makes of it. */
import type {
  Estimated,
  FoundBias,
  FoundSupport,
  Judgement,
} from "../../../stats/asked/ask_findings_schemas.ts";
import { judge as judgeWith } from "../../../stats/asked/judge.ts";
import type { Evidence } from "../../../stats/asked/rule_bounds.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { type Planted, plantedSets } from "../../models/asked/planted_sets.ts";

const asked = new Map<string, Evidence>();

/** What is found of planted sets, asked once. */
export function evidence(planted: Omit<Planted, "n" | "seed">): Evidence {
  const key = JSON.stringify(planted);
  const found = asked.get(key) ??
    askQuickly(plantedSets({ n: 600, seed: 5, ...planted }), { seed: 1 });
  asked.set(key, found);
  return found;
}

/** What the rule makes of evidence, where a trial could follow. */
export function judge(
  some: Evidence,
  { canTrain = true, isHeldOut = false } = {},
): Judgement {
  return judgeWith(some, { canTrain, isHeldOut });
}

/** What fine-tuned networks found out of support. */
export function found(some: Partial<FoundSupport>): FoundSupport {
  return {
    share: 0,
    low: 0,
    high: 0.04,
    trained: true,
    atLeast: false,
    epsilon: 0.2,
    features: "COCO",
    agreement: 0.97,
    sweep: [],
    ...some,
  };
}

/** A share of a half. */
export const half = { share: 0.48, low: 0.42, high: 0.55 };

/** A fall of an association that counts, of a property whose own values stayed. */
export function fell(some: Partial<FoundBias>): FoundBias {
  return {
    property: "shade",
    p: 0.005,
    z: 4,
    test: 0.3,
    shifted: 0.2,
    fall: between(0.06, 0.12),
    inSupport: { ...between(-0.1, 0.1), counts: false },
    moved: { value: 0, low: 0, high: 0.05 },
    counts: true,
    ...some,
  };
}

/** What a property gained that goes with the label in the shifted set alone, and lost nothing. */
export function gained(
  some: Partial<FoundBias> = {},
  more: Partial<NonNullable<FoundBias["gained"]>> = {},
): FoundBias {
  return fell({
    p: 1,
    z: 0,
    test: 0,
    shifted: -0.05,
    fall: between(-0.01, 0.1),
    counts: false,
    linked: false,
    gained: {
      p: 0.005,
      z: 9,
      shifted: 0.4,
      test: 0,
      rise: between(0.3, 0.5),
      inSupport: {
        ...between(0.3, 0.5),
        counts: true,
        moved: { value: 0, low: 0, high: 0.05 },
      },
      counts: true,
      ...more,
    },
    ...some,
  });
}

/** A number with its interval. */
export const between = (low: number, high: number): Estimated => ({
  value: (low + high) / 2,
  low,
  high,
});

/** Of a property that all files of one set have otherwise. */
export const OTHER_FILES: Partial<FoundBias> = {
  ofFile: true,
  test: 0,
  shifted: 0,
  fall: between(0, 0),
  counts: false,
  moved: { value: 0.98, low: 0.94, high: 1 },
};
