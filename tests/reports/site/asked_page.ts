/** Findings of a made-up question, and their page. */
import type { AskPageOptions } from "../../../reports/site/ask_options.ts";
import { composeAsk } from "../../../reports/site/ask_page.ts";
import type { Answer } from "../../../stats/asked/ask_findings.ts";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import type {
  AskedTrial,
  FoundTrial,
} from "../../../stats/asked/found_trial.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../../stats/lines/regression.ts";

const baselines = [0.4, 0.5, 0.6, 0.7].map((reference, i) => ({
  model: `share ${i}`,
  reference,
  shifted: reference - 0.1 - 0.005 * (i % 2),
  referenceSize: 500,
  shiftedSize: 500,
}));
const line = fitLine(baselines, {
  scale: "probit",
  extremes: { kind: "clip" },
});
const tuned = [0.7, 0.72].map((reference) => ({
  model: "photo",
  reference,
  shifted: reference - 0.05,
  referenceSize: 500,
  shiftedSize: 500,
}));

/** What a trial found. */
export const TRIAL: FoundTrial = {
  line,
  baselines,
  lineHolds: true,
  level: 0.975,
  groups: [{
    name: "photo",
    points: tuned,
    all: meanEffectiveRobustness(tuned, { line, level: 0.975 }),
    inSupport: { value: 0.001, low: -0.01, high: 0.012, lineHolds: true },
    outOfSupport: { tooFew: 12 },
  }],
};

/** With weights of the user's besides. */
function trialWith(named: string): FoundTrial {
  const { groups, ...trial } = TRIAL;
  const own = groups.map((group) => ({
    ...group,
    name: `${named}.safetensors`,
    isFile: true as const,
    points: group.points.map((point) => ({ ...point, model: named })),
  }));
  return { ...trial, groups: [...groups, ...own] };
}

/** Findings with everything that there can be. */
export function findingsOf(
  { answer = "both", named = "bright", trial = trialWith(named), needs }: {
    readonly answer?: Answer;
    /** What the user's own names are. */
    readonly named?: string;
    readonly trial?: AskedTrial | null;
    readonly needs?: AskFindings["needs"];
  } = {},
): AskFindings {
  const area = { auroc: 0.8, low: 0.78, high: 0.82, placebo: 0.53, p: 0.01 };
  const share = { share: 0.4, low: 0.35, high: 1 };
  const estimate = (value: number) => ({
    value,
    low: value - 0.01,
    high: value + 0.01,
  });
  const placebo = { low: -0.01, high: 0.01 };
  return {
    answer,
    why: `A sentence about ${named}.`,
    examples: {
      reference: 1000,
      test: 500,
      shifted: 500,
      given: { reference: 1000, test: 501, shifted: 502 },
      groups: { test: 500, shifted: 500 },
      atMost: 5000,
    },
    duplicates: { removed: 3, reference: 0, test: 1, shifted: 2 },
    shift: {
      ...area,
      withinClass: area,
      bySet: {
        all: { marginal: area, withinClass: area },
        [named]: { marginal: area, withinClass: null },
      },
      remainders: [
        { property: named, auroc: 0.52, low: 0.5, high: 0.54, reached: 0.99 },
      ],
      placebos: 99,
      reliability: [{ n: 10, successes: 5, predicted: 0.5 }],
    },
    labels: {
      p: 0.2,
      distance: estimate(0.02),
      counts: [{ class: named, test: 250, shifted: 251 }],
    },
    outOfSupport: {
      ...share,
      trained: false,
      atLeast: true,
      epsilon: 0.2,
      features: named,
      agreement: 0.9,
      others: [{ ...share, features: named, atLeast: true }],
      sweep: [{ ...share, epsilon: 0.1 }],
    },
    drop: {
      models: 2,
      total: 0.1,
      low: 0.08,
      high: 0.12,
      ofDrawn: 0.1,
      terms: [{
        name: "harder examples that both sets have",
        ...estimate(0.1),
        placebo,
      }],
      sharedMass: 0.7,
      effectiveSizes: { test: 300, shifted: 280 },
      accuracy: {
        reference: estimate(0.9),
        shifted: estimate(0.8),
        inSupport: estimate(0.85),
        outOfSupport: null,
      },
      difficultyControlled: {
        inSupport: 0.8,
        outOfSupport: 0.7,
        difference: estimate(0.1),
        covered: 1,
        placebo,
      },
      placebo,
    },
    biases: [{
      property: named,
      p: 0.01,
      z: 4,
      test: 0.3,
      shifted: 0.1,
      fall: estimate(0.2),
      inSupport: { ...estimate(0), counts: false },
      moved: estimate(0),
      counts: true,
    }],
    worstGroups: [{
      group: named,
      class: named,
      n: 20,
      accuracy: 0.2,
      low: 0.1,
      high: 0.4,
      lookedAt: 90,
    }],
    trial,
    needs: needs ?? [{ what: `labels of ${named}`, number: 812.4 }],
    rule: [
      { condition: `${named} is seen`, holds: true },
      { condition: "it cannot be told", holds: null },
    ],
  };
}

/** What a page tells beside findings. */
export const ASKED: AskPageOptions = optionsOf("field");

function optionsOf(name: string, quick = false): AskPageOptions {
  return {
    name,
    pictures: [{
      file: "least-typical.png",
      png: new Uint8Array(1),
      caption: "The least typical.",
      alt: "Images.",
    }],
    examples: [4, 3, 2, 1].map((score) => ({
      name: `${name}/${score}.png`,
      score,
      inSupport: score < 3,
    })),
    inputs: [{ name: "shifted", path: name, sha256: "abc123" }],
    done: [{
      text: `2 files of ${name} were left out.`,
      inPublic: "2 files were left out.",
    }],
    quick,
    seconds: 12.3,
    wallSeconds: 8.2,
    networks: ["Features are those of a network."],
    device: "wasm (it was asked for)",
    deno: "2.0.0",
    commit: "0123456789abcdef0123456789abcdef01234567",
    command: `deno task ask questions/${name}.json`,
    version: "1.2.3",
  };
}

/** The page of findings, its texts by path. */
export function askedPage(
  findings: AskFindings,
  { name = "field", quick = false }: {
    readonly name?: string;
    readonly quick?: boolean;
  } = {},
): ReadonlyMap<string, string> {
  const files = composeAsk(findings, optionsOf(name, quick));
  return new Map(
    [...files].flatMap(([path, content]) =>
      typeof content === "string" ? [[path, content] as const] : []
    ),
  );
}
