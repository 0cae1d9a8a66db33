/**
 * Everything that is measured of one mixture: its true parts, and each
 * classifier's.
 *
 * @module
 */
import {
  EPSILON,
  type MeasuredGroup,
  measuredParts,
  type MeasuredSplit,
  measuredSplit,
  type SplitShift,
} from "../shared/split/measured.ts";
import { ofEach, type OneOrMore } from "../shared/synthetic/one_or_more.ts";
import {
  comparedToTruth,
  scoresByFeatures,
  scoresByTuning,
  splitBy,
} from "./classifiers.ts";
import { type DifficultyControl, difficultyControl } from "./control.ts";
import { type MixtureName, mixtureOf, shiftsOf } from "./mixtures.ts";
import type { KnownTruthScale } from "./scale.ts";

/** A way to split, for readers and in the names of stages. */
export interface Classifier {
  readonly name: "narrow" | "photo" | "tuned";
  readonly title: string;
}

/** The classifiers. */
export const CLASSIFIERS = {
  narrow: { name: "narrow", title: "features of the narrow network" },
  photo: { name: "photo", title: "features of the photo network" },
  tuned: { name: "tuned", title: "fine-tuned network" },
} as const satisfies Readonly<Record<string, Classifier>>;

/** One classifier on one mixture. */
export interface ClassifiedSplit {
  readonly classifier: Classifier;
  readonly temperature: ReturnType<typeof splitBy>;
  readonly isotonic: ReturnType<typeof splitBy>;
  /** What is measured over the line of checkpoints, calibrated by temperature. */
  readonly measured: MeasuredSplit;
  /** The split beside the truth at each threshold, for the photo networks. */
  readonly truths: readonly {
    readonly epsilon: number;
    readonly compared: ReturnType<typeof comparedToTruth>;
  }[];
  /** The split beside the truth at the paper's threshold. */
  readonly truth: ReturnType<typeof comparedToTruth>;
  /** The split beside the truth at the paper's threshold, over the line of finished networks. */
  readonly truthOverSizes: ReturnType<typeof comparedToTruth>;
}

/** Everything that is measured of one mixture. */
export interface MeasuredMixture {
  readonly name: MixtureName;
  readonly shift: SplitShift;
  readonly mixture: ReturnType<typeof mixtureOf>;
  /** What groups of networks gain in the true parts. */
  readonly truth: OneOrMore<MeasuredGroup>;
  readonly truthOverSizes: OneOrMore<MeasuredGroup>;
  readonly control: DifficultyControl;
  /** That of the classifier that claims are about comes first. */
  readonly splits: OneOrMore<ClassifiedSplit>;
}

/** Measures a mixture with some classifiers. */
export function measuredMixture(
  name: MixtureName,
  { classifiers, scale }: {
    readonly classifiers: OneOrMore<Classifier>;
    readonly scale: KnownTruthScale;
  },
): MeasuredMixture {
  const mixture = mixtureOf(name, scale.networks);
  const { checkpoints, sizes } = shiftsOf(name, scale.networks);
  const classified = (classifier: Classifier): ClassifiedSplit => {
    const scores = classifier.name === "tuned"
      ? scoresByTuning("narrow", { name, scale })
      : scoresByFeatures(classifier.name, { name, scale });
    const label = `${name}-${classifier.name}`;
    const temperature = splitBy(scores, { label, scale });
    const compare = (shift: SplitShift, epsilon: number) =>
      comparedToTruth(shift, {
        name,
        split: temperature.split,
        classifier: classifier.name,
        epsilon,
        scale,
      });
    return {
      classifier,
      temperature,
      isotonic: splitBy(scores, {
        calibration: "isotonic",
        label: `${label}-isotonic`,
        scale,
      }),
      measured: measuredSplit(checkpoints, {
        split: temperature.split,
        name: classifier.name,
        scale: scale.split,
      }),
      truths: scale.split.epsilons.map((epsilon) => ({
        epsilon,
        compared: compare(checkpoints, epsilon),
      })),
      truth: compare(checkpoints, EPSILON),
      truthOverSizes: compare(sizes, EPSILON),
    };
  };
  const inTruth = (shift: SplitShift) =>
    measuredParts(shift, {
      parts: mixture.truth,
      name: "truth",
      title: shift.baselineTitle,
    });
  const truth = inTruth(checkpoints);
  return {
    name,
    shift: checkpoints,
    mixture,
    truth,
    control: difficultyControl(checkpoints, {
      parts: mixture.truth,
      own: truth[0],
      draws: scale.split.placebos,
    }),
    truthOverSizes: inTruth(sizes),
    splits: ofEach(classifiers, classified),
  };
}
