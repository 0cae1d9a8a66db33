/**
 * What is compared under the spurious tint: pre-training, interventions and
 * both, and few curated examples with many biased ones.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import { formatCount } from "../../reports/value/quantity.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { placePoints } from "../../tasks/evaluation/place_points.ts";
import { compareAccuracies } from "../../tasks/interventions/compare_accuracies.ts";
import { compareCorrections } from "../../tasks/interventions/compare_corrections.ts";
import { groupImages } from "../../tasks/interventions/group_images.ts";
import { leastDifference } from "../../tasks/interventions/least_difference.ts";
import { measureCurve } from "../../tasks/interventions/measure_curve.ts";
import { varyJudges } from "../../tasks/interventions/vary_judges.ts";
import { compareGroups } from "../../tasks/lines/compare_groups.ts";
import {
  type ByLine,
  byLine,
  type LineName,
} from "../shared/synthetic/gains.ts";
import { LEVEL, P_SPURIOUS } from "../shared/synthetic/scale.ts";
import { cifar10Subsets, tintSetting } from "../shared/synthetic/setting.ts";
import {
  CURATED,
  type Curation,
  DIVERSE,
  FEW_STARTS,
  type FewRow,
  type FewStart,
  ONE_COLOUR,
  trainedOnFew,
} from "./curated.ts";
import type { LazyGroupedSet } from "./biased.ts";
import type { MeasuredSetting, UnderShift } from "./gains.ts";
import { type Intervention, type Start, START_TITLES } from "./intervened.ts";
import type { InterventionScale } from "./scale.ts";

/** What accuracies on the spurious tint are measured by. */
export const MEASURES = ["shifted", "worst group"] as const;
/** One of them. */
export type MeasureName = typeof MEASURES[number];

/** A value by start, and by measure. */
type ByStart<Value> = Readonly<Record<FewStart, Value>>;
type ByMeasure<Value> = Readonly<Record<MeasureName, Value>>;
type Difference = ReturnType<typeof compareAccuracies>;

/** Networks of which accuracies are compared: those of `a` minus those of `b`. */
type Sides = Readonly<Record<"a" | "b", readonly Ref<Evaluation>[]>>;

/** All comparisons. */
export interface Comparisons {
  /** What pre-training and an intervention, or the control, correct under the combined shift. */
  readonly corrections: Readonly<
    Record<
      "weighted" | "random tints" | "unbalanced",
      ReturnType<typeof compareCorrections>
    >
  >;
  /** How far these move with the number of networks that must get an example wrong. */
  readonly moved: Readonly<
    Record<"weighted" | "unbalanced", ReturnType<typeof varyJudges>>
  >;
  /** Number of networks of either start in the trials with the last layer refitted. */
  readonly trials: number;
  /** Accuracy under the combined shift of pre-training and random tints together, over that of either alone. */
  readonly bothOverPretrained: Difference;
  readonly bothOverIntervened: Difference;
  /** The control: accuracy of pre-trained networks with the last layer refitted and nothing balanced, over that without. */
  readonly unbalancedOverPretrained: Difference;
  /** Effective robustness of both together over that of the better of either alone. */
  readonly bothOverBest: ByLine<ReturnType<typeof leastDifference>>;
  /** The groups of which one is the worst: sets of test images, and the group of each. */
  readonly parts: readonly LazyGroupedSet[];
  /** Accuracy over the number of curated examples, beside the whole biased set. */
  readonly curves: ByStart<ByMeasure<ReturnType<typeof measureCurve>>>;
  /** Accuracies with examples that are chosen otherwise, beside the whole biased set from scratch; with pre-training where no start is named. */
  readonly otherwise: ByMeasure<
    Readonly<
      Record<
        "biased" | "diverse" | "one colour" | "one colour from scratch",
        ReturnType<typeof measureCurve>
      >
    >
  >;
  /** The curve of pre-trained networks beside the whole biased set from scratch. */
  readonly pretrainedOverScratch: ByMeasure<ReturnType<typeof measureCurve>>;
  /** Curated examples over the whole biased set. */
  readonly curatedOverAll: ByStart<ByMeasure<Difference>>;
  /** The control: over as few biased examples. */
  readonly curatedOverBiased: ByStart<ByMeasure<Difference>>;
  /** With pre-training: over as few that are diverse. */
  readonly curatedOverDiverse: ByMeasure<Difference>;
  /** The null of that: those that are diverse, over as few of another draw. */
  readonly diverseOverAnother: ByMeasure<Difference>;
  /** With pre-training: examples of one colour over as few diverse ones in random colours. */
  readonly oneColourOverDiverse: ByMeasure<Difference>;
  /** Networks on few examples, as rows of tables. */
  readonly few: Readonly<
    Record<
      /** As many as were tested upside down, too. */
      | "curated"
      /** Every number of curated ones. */
      | "everyCurated"
      | "oneColour",
      readonly FewRow[]
    >
  >;
}

/** Makes all comparisons, under the spurious tint. */
export function comparisons(
  { biased: { setting, byGroup: [groups] }, networks, shifts }: MeasuredSetting,
  scale: InterventionScale,
): Comparisons {
  const combined = shifts.find(({ shift }) => shift.support === "both");
  if (combined === undefined || groups === undefined) {
    throw new TypeError(
      "Cannot compare interventions: the bias has no groups, or no shift has both it and something new",
    );
  }
  const { parts } = groups;
  const byClass = groupImages(
    { images: cifar10Subsets(scale).test, by: { kind: "class" } },
    "test",
  );
  const evaluated = (start: Start, intervention: Intervention) =>
    networks[start][intervention] ?? [];
  /** On which sets and groups a measure is taken. */
  const measureOn = {
    shifted: {
      parts: [{ set: "random", groups: byClass }],
      measure: { kind: "balanced" },
      level: LEVEL,
    },
    "worst group": { parts, measure: { kind: "worst" }, level: LEVEL },
  } as const;
  const byMeasure = <Value>(of: (name: MeasureName) => Value) => ({
    shifted: of("shifted"),
    "worst group": of("worst group"),
  });
  const byStart = <Value>(of: (start: FewStart) => Value) => ({
    scratch: of("scratch"),
    photo: of("photo"),
  });

  const trials = (intervention: Intervention) => {
    const n = Math.min(
      evaluated("scratch", intervention).length,
      evaluated("photo", intervention).length,
    );
    const { sizes } = combined.baselines;
    return {
      scratch: sizes.slice(0, n),
      others: sizes.slice(n),
      intervened: evaluated("scratch", intervention).slice(0, n),
      pretrained: evaluated("photo", "none").slice(0, n),
      both: evaluated("photo", intervention).slice(0, n),
      set: "turned",
      level: LEVEL,
    };
  };
  const corrections = (intervention: Intervention) =>
    compareCorrections(trials(intervention), intervention.replaceAll(" ", "-"));

  const both = evaluated("photo", "random tints");
  const combinedAccuracy = (
    label: string,
    { a, b, paired = true }: Sides & { readonly paired?: boolean },
  ) =>
    compareAccuracies({
      a,
      b,
      paired,
      parts: [{ set: "turned", groups: byClass }],
      measure: { kind: "balanced" },
      level: LEVEL,
    }, label);

  // Nothing is compared upside down.
  const upright = tintSetting(scale, P_SPURIOUS);
  const few = (start: FewStart, n: number, curation: Curation) =>
    trainedOnFew(start, { n, curation, setting: upright, scale });
  const { sizes, claimed, oneColour, networks: counts } =
    scale.interventions.curated;
  const onAll = (start: FewStart) =>
    evaluated(start, "none").slice(0, counts[start]);
  const curveOf = (
    start: FewStart,
    { chosen, numbers, curation, over, label }: {
      /** How examples are chosen, for readers. */
      readonly chosen: string;
      readonly numbers: readonly number[];
      readonly curation: Curation;
      /** Start of the networks on the whole biased set. */
      readonly over: FewStart;
      readonly label: string;
    },
  ) =>
  (name: MeasureName) =>
    measureCurve({
      curve: numbers.map((n) => ({ n, evaluations: few(start, n, curation) })),
      reference: onAll(over),
      paired: over === start,
      name: `${START_TITLES[start]}, ${chosen}`,
      referenceTitle: `all ${formatCount(scale.sizes.reference)} biased, ${
        START_TITLES[over]
      }`,
      ...measureOn[name],
    }, `${label}-${name.replaceAll(" ", "-")}`);
  const curve = (start: FewStart, over = start) =>
    byMeasure(curveOf(start, {
      chosen: "curated",
      numbers: sizes,
      curation: CURATED,
      over,
      label: `${start}-over-${over}`,
    }));
  const biased: Curation = { ...CURATED, unbiased: false };
  /** Examples like those of the claims but for one thing. */
  const otherwise = (
    chosen: string,
    numbers: readonly number[],
    curation: Curation,
    start: FewStart = "photo",
  ) =>
    curveOf(start, {
      chosen,
      numbers,
      curation,
      over: "scratch",
      label: `${chosen.replaceAll(" ", "-")}${
        start === "scratch" ? "-from-scratch" : ""
      }`,
    });
  const upToOneColour = [...sizes.filter((n) => n < oneColour), oneColour];
  const ofOneColour = (start: FewStart) =>
    otherwise("one colour", upToOneColour, ONE_COLOUR, start);
  const over = (label: string, sides: Sides) =>
    byMeasure((name) =>
      compareAccuracies(
        { ...sides, paired: true, ...measureOn[name] },
        `${label}-${name.replaceAll(" ", "-")}`,
      )
    );
  const diverse = few("photo", claimed, DIVERSE);
  const rowsOf = (
    n: number,
    curation: Curation,
    { examples, isUpright = false }: Pick<FewRow, "examples" | "isUpright">,
  ) =>
    FEW_STARTS.map((start): FewRow => ({
      examples,
      start,
      evaluations: trainedOnFew(start, {
        n,
        curation,
        setting: isUpright ? upright : setting,
        scale,
      }),
      isUpright,
    }));
  const everyCurated = sizes.flatMap((n) =>
    rowsOf(n, CURATED, {
      examples: `${formatCount(n)} curated examples`,
      isUpright: ![claimed, sizes.at(-1)].includes(n),
    })
  );

  return {
    corrections: {
      weighted: corrections("weighted"),
      "random tints": corrections("random tints"),
      unbalanced: corrections("unbalanced"),
    },
    moved: {
      weighted: varyJudges(trials("weighted"), "weighted"),
      unbalanced: varyJudges(trials("unbalanced"), "unbalanced"),
    },
    trials: trials("weighted").both.length,
    bothOverPretrained: combinedAccuracy("both-over-pretrained", {
      a: both,
      b: evaluated("photo", "none").slice(0, scale.interventions.trained),
    }),
    bothOverIntervened: combinedAccuracy("both-over-intervened", {
      a: both,
      b: evaluated("scratch", "random tints"),
      paired: false,
    }),
    unbalancedOverPretrained: combinedAccuracy("unbalanced-over-pretrained", {
      a: evaluated("photo", "unbalanced"),
      b: evaluated("photo", "none"),
    }),
    bothOverBest: byLine((line) => bothOverBest(combined, { line, networks })),
    parts,
    curves: byStart((start) => curve(start)),
    otherwise: byMeasure((name) => ({
      biased: otherwise("biased", sizes, biased)(name),
      diverse: otherwise("diverse", [claimed], DIVERSE)(name),
      "one colour": ofOneColour("photo")(name),
      "one colour from scratch": ofOneColour("scratch")(name),
    })),
    pretrainedOverScratch: curve("photo", "scratch"),
    curatedOverAll: byStart((start) =>
      over(`${start}-curated-over-all`, {
        a: few(start, claimed, CURATED),
        b: onAll(start),
      })
    ),
    curatedOverBiased: byStart((start) =>
      over(`${start}-curated-over-biased`, {
        a: few(start, claimed, CURATED),
        b: few(start, claimed, biased),
      })
    ),
    curatedOverDiverse: over("photo-curated-over-diverse", {
      a: few("photo", claimed, CURATED),
      b: diverse,
    }),
    diverseOverAnother: over("photo-diverse-over-another", {
      a: diverse,
      b: few("photo", claimed, { ...DIVERSE, redrawn: true }),
    }),
    oneColourOverDiverse: over("photo-one-colour-over-diverse", {
      a: few("photo", oneColour, ONE_COLOUR),
      b: diverse,
    }),
    few: {
      curated: everyCurated.filter(({ isUpright }) => !isUpright),
      everyCurated,
      oneColour: rowsOf(oneColour, ONE_COLOUR, {
        examples: `${oneColour} examples of one colour`,
      }),
    },
  };
}

/** Under every further bias, by its id: worst-group accuracy with pre-training alone minus that from scratch. */
export function worstOfPretrained(
  measured: readonly MeasuredSetting[],
): ReadonlyMap<string, Difference> {
  return new Map(
    measured.flatMap(({ biased: { byGroup: [groups] }, networks, shifts }) =>
      shifts.filter(({ shift }) => shift.isFurtherBias).flatMap(({ shift }) =>
        groups === undefined ? [] : [
          [
            shift.id,
            compareAccuracies({
              a: networks.photo.none ?? [],
              b: networks.scratch.none ?? [],
              paired: false,
              parts: groups.parts,
              measure: { kind: "worst" },
              level: LEVEL,
            }, `pretrained-over-scratch-${shift.id}`),
          ] as const,
        ]
      )
    ),
  );
}

/** Effective robustness of networks with pre-training and random tints minus that of the better of both alone. */
function bothOverBest(
  { shift: { distributions }, lines, baselines }: UnderShift,
  { line, networks }: {
    readonly line: LineName;
    readonly networks: MeasuredSetting["networks"];
  },
) {
  const both = networks.photo["random tints"] ?? [];
  const points = (evaluations: readonly Ref<Evaluation>[], label: string) =>
    placePoints({ evaluations, distributions }, `interventions-${label}`);
  const over = (name: string, others: readonly Ref<Evaluation>[]) => {
    const label = name.replaceAll(" ", "-");
    const { value, low, high, shares } = compareGroups({
      line: lines[line].fit.line,
      // Either of the two may be the smaller.
      level: 1 - (1 - LEVEL) / 2,
      a: points(both, "both"),
      b: points(others, label),
      judged: {
        baselines: baselines[line],
        a: both,
        b: others,
        distributions,
      },
      named: "networks",
    }, `both-over-${label}-${line}`);
    return { name, value, low, high, shares };
  };
  return leastDifference({
    differences: [
      over("pre-training alone", networks.photo.none ?? []),
      over("random tints alone", networks.scratch["random tints"] ?? []),
    ],
  }, line);
}
