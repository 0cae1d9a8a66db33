/**
 * The figures of the page on interventions.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Figure } from "../../reports/value/figure.ts";
import { sayCounts } from "../../tasks/interventions/say_counts.ts";
import { BAND } from "../shared/synthetic/claims.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import { MEASURE_TITLES } from "./claims.ts";
import { type Comparisons, MEASURES } from "./comparisons.ts";
import { gainOf, nOf, nUnder, type UnderShift } from "./gains.ts";
import { FEW_STARTS } from "./curated.ts";
import type { InterventionScale } from "./scale.ts";

/** Networks of the first figure by start and intervention, as readers know them; of some what their name stands for, in the caption. */
const GROUPS = [
  ["photo", "none", "pre-training", "pre-training (P)"],
  [
    "scratch",
    "weighted",
    "refitting",
    "refitting of the last layer, groups weighted alike,",
  ],
  ["photo", "weighted", "P + refitting"],
  [
    "scratch",
    "random tints",
    "random tints",
    "training with random tints",
  ],
  ["photo", "random tints", "P + tints"],
  [
    "scratch",
    "unbalanced",
    "control",
    "the control, refitting with nothing balanced,",
  ],
] as const;

/** Effective robustness of pre-training, of interventions and of both, under every shift. */
export function robustnessFigure(
  shifts: readonly UnderShift[],
): Lazy<Figure> {
  const inOrder = (["in", "out", "both"] as const).flatMap((support) =>
    shifts.filter(({ shift }) => shift.support === support)
  );
  const [first] = inOrder;
  return {
    kind: "robustness-bars",
    id: "robustness",
    title:
      "Effective robustness of pre-training, of interventions, and of both",
    finding: first === undefined ? "" : [
      `Mean effective robustness under a ${first.shift.title}: `,
      ...GROUPS.flatMap(([start, intervention, , words], i) =>
        words === undefined ? [] : [
          `${i === 0 ? "" : "; "}${words} `,
          {
            value: gainOf(first, start, intervention).sizes.value,
            unit: "points" as const,
          },
          ` (${nUnder(first, start, intervention)})`,
        ]
      ),
      ". Accuracies are in [the table of what helps](#table-what-helps).",
    ],
    note:
      "Networks trained with random tints are there under the spurious tint, alone and with the vertical flip. Networks from scratch without an intervention make the lines.",
    band: BAND,
    shifts: inOrder.map(({ shift: { title, support } }) => ({
      name: title,
      support,
    })),
    estimates: inOrder.flatMap(({ shift, gains }) =>
      GROUPS.flatMap(([start, intervention, group]) => {
        const gain = gains[start][intervention]?.sizes;
        return gain === undefined ? [] : [{
          shift: shift.title,
          group,
          baselines: "finished networks",
          mean: gain.mean,
          overlap: gain.overlap,
          r2: gain.r2,
        }];
      })
    ),
  };
}

/** What pre-training and interventions correct, and what they share, beside two networks of one kind. */
export function vennFigure(
  { corrections, moved, trials }: Comparisons,
): Lazy<Figure> {
  const panel = (
    title: string,
    intervention: string,
    found: Comparisons["corrections"]["weighted"],
  ) => ({
    title,
    first: { title: "pre-training", share: found.pretrained },
    second: { title: intervention, share: found.intervened },
    both: found.overlap,
    examples: found.n,
    correctable: found.correctable,
    overlap: found.overlapIndex,
    combination: {
      title: "both together",
      ofFirst: found.ofPretrained,
      ofSecond: found.ofIntervened,
    },
  });
  const { weighted } = corrections;
  return {
    kind: "venn",
    id: "corrected",
    title:
      "Examples that pre-training and interventions correct, under a spurious tint and a vertical flip",
    finding: [
      "Of what pre-training or refitting the last layer corrects, both correct ",
      { value: weighted.overlapValue, unit: "percent" as const },
      " (",
      { value: weighted.overlapIndependent, unit: "percent" as const },
      " if they were independent); of two further networks from scratch, ",
      { value: weighted.alikeValue, unit: "percent" as const },
      " (",
      { value: weighted.alikeIndependent, unit: "percent" as const },
      `), n\u00a0=\u00a0${trials} of either kind. The difference depends on how many judges must be wrong: from half to all of them it is `,
      moved.weighted.overlapRange,
      `. Where the control, refitting with nothing balanced, overlaps as little, that is due to pre-training and to no intervention.`,
    ],
    note:
      "An example can be corrected where at least half of the judges get it wrong: all networks from scratch outside the trial, on fewer and on more images, too. It is corrected by a network that gets it right. Shares are means over trials: of one network from scratch, with its intervention, of a second, and of one pre-trained network. Independent: each corrects as many, drawn at random among those that can be corrected. Examples differ in how hard they are, so that two networks of any kind overlap more than that.",
    level: LEVEL,
    panels: [
      panel(
        "Pre-training and refitting the last layer",
        "refitting",
        weighted,
      ),
      panel(
        "Control: refitting with nothing balanced",
        "the control",
        corrections.unbalanced,
      ),
      {
        title: "Two networks from scratch",
        first: { title: "one network", share: weighted.first },
        second: { title: "another", share: weighted.second },
        both: weighted.alikeOverlap,
        examples: weighted.n,
        correctable: weighted.correctable,
        overlap: weighted.alikeIndex,
      },
    ],
  };
}

/** Accuracy over the number of curated examples, beside the whole biased set. */
export function curatedFigure(
  { curves, otherwise, pretrainedOverScratch }: Comparisons,
  { interventions: { curated: { claimed, networks, oneColour } } }:
    InterventionScale,
): Lazy<Figure> {
  const [photo, scratch] = [nOf(networks.photo), nOf(networks.scratch)];
  const biased = {
    shifted: otherwise.shifted.biased,
    "worst group": otherwise["worst group"].biased,
  };
  const said = (
    curve: typeof pretrainedOverScratch,
    label: string,
    kind = "curated",
  ) =>
    sayCounts({
      what: `${kind} examples`,
      counts: (["worst group", "shifted"] as const).map((name) => ({
        words: curve[name].words,
        measure: MEASURE_TITLES[name],
      })),
    }, label);
  return {
    kind: "accuracy-by-size",
    id: "curated",
    title: "Accuracy by number of curated examples",
    finding: [
      `To be as good with pre-training (${photo}) as the whole biased set is from scratch (${scratch}), it takes `,
      said(pretrainedOverScratch, "photo-over-scratch"),
      "; or ",
      said(biased, "biased-over-scratch", "biased"),
      ".",
    ],
    note: [
      `To be as good as the whole biased set of their own start, it takes, with pre-training (${photo}), `,
      said(curves.photo, "photo"),
      `; from scratch (${scratch}), `,
      said(curves.scratch, "scratch"),
      `. Curated examples have the colour of a random class and are not diverse: bright and warm photographs alone. Biased ones are of the same photographs, as many of each class, in the colours that they come in; diverse ones (${claimed}) are of any photographs, in random colours; those of one colour (up to ${oneColour}) are of any photographs, as they come. Numbers in brackets are 95% intervals; where all networks are at zero there is none.`,
    ],
    size: "examples",
    level: LEVEL,
    panels: MEASURES.map((name) => ({
      title: MEASURE_TITLES[name],
      series: [
        ...FEW_STARTS.map((start) => curves[start][name].series),
        ...Object.values(otherwise[name]).map(({ series }) => series),
      ],
      references: FEW_STARTS.map((start) => curves[start][name].reference),
      crossings: [
        ...FEW_STARTS.map((start) => curves[start][name].crossing),
        pretrainedOverScratch[name].crossing,
        biased[name].crossing,
      ],
    })),
  };
}
