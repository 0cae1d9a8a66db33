/**
 * Classifiers that tell the reference distribution from a mixture, and how far
 * they are from the truth.
 *
 * @module
 */
import type { Lazy, Ref } from "../../engine/define/ref.ts";
import type { Table } from "../../reports/value/report.ts";
import type {
  DomainScores,
  SupportSplit,
} from "../../shifts/measure/support_split.ts";
import { compareToTruth } from "../../tasks/splits/compare_to_truth.ts";
import {
  extractFeatures,
  type ExtractFeaturesArgs,
} from "../../tasks/training/extract_features.ts";
import { joinScores } from "../../tasks/splits/join_scores.ts";
import { scoreFeatures } from "../../tasks/splits/score_features.ts";
import { scoreFold } from "../../tasks/splits/score_fold.ts";
import { splitSupport } from "../../tasks/splits/split_support.ts";
import { tabulateTruth } from "../../tasks/splits/tabulate_truth.ts";
import {
  EPSILON,
  networksIn,
  type SplitShift,
} from "../shared/split/measured.ts";
import {
  adamW,
  cropOf,
  firstPretrained,
  networkOf,
  type Pretraining,
} from "../shared/synthetic/networks.ts";
import { P_SPURIOUS, SEED } from "../shared/synthetic/scale.ts";
import { tintSetting } from "../shared/synthetic/setting.ts";
import { type MixtureName, mixtureOf } from "./mixtures.ts";
import type { KnownTruthScale } from "./scale.ts";

/** A mixture, at a scale. */
export interface ClassifiedMixture {
  readonly name: MixtureName;
  readonly scale: KnownTruthScale;
}

/** Logistic regression on the features of a pre-trained network. */
export function scoresByFeatures(
  kind: Pretraining,
  { name, scale }: ClassifiedMixture,
): Ref<DomainScores> {
  const { networks } = scale;
  const weights = firstPretrained(kind, networks);
  const network = { ...networkOf(networks), weights };
  return scoresBy(network, { label: kind, name, scale });
}

/**
 * The same on the features of any network.
 *
 * @param options.label of it, in the names of stages
 */
export function scoresBy(
  network: Pick<ExtractFeaturesArgs, "model" | "modelOptions"> & {
    readonly weights: Ref<ExtractFeaturesArgs["weights"]>;
  },
  { label, name, scale: { networks, split } }: ClassifiedMixture & {
    readonly label: string;
  },
): Ref<DomainScores> {
  return scoreFeatures({
    reference: extractFeatures({
      ...network,
      images: tintSetting(networks, P_SPURIOUS).reference,
    }, `${label}-reference`),
    shifted: extractFeatures({
      ...network,
      images: mixtureOf(name, networks).images,
    }, `${label}-${name}`),
    folds: split.folds,
    seed: SEED,
    penalty: 1,
  }, `${label}-${name}`);
}

/** The whole pre-trained network fine-tuned to tell the sets apart, once a fold. */
export function scoresByTuning(
  kind: Pretraining,
  { name, scale: { networks, split } }: ClassifiedMixture,
): Ref<DomainScores> {
  const folds = Array.from(
    { length: split.tunedFolds },
    (_, fold) =>
      scoreFold({
        reference: tintSetting(networks, P_SPURIOUS).reference,
        shifted: mixtureOf(name, networks).images,
        ...networkOf(networks),
        from: firstPretrained(kind, networks),
        augmentation: cropOf(networks),
        optimizer: adamW(3e-3),
        epochs: split.tunedEpochs,
        batchSize: networks.batchSize,
        folds: split.tunedFolds,
        fold,
        seed: SEED,
      }, `${kind}-${name}-${fold}`),
  );
  return joinScores({ folds }, `${kind}-${name}`);
}

/** A support split by calibrated scores. */
export function splitBy(
  scores: Ref<DomainScores>,
  { calibration = "temperature", label, scale }: {
    readonly calibration?: "temperature" | "isotonic";
    /** Label of the stage. */
    readonly label: string;
    readonly scale: KnownTruthScale;
  },
): ReturnType<typeof splitSupport> {
  return splitSupport({ scores, calibration, bins: scale.split.bins }, label);
}

/** The split of a mixture beside the truth, for the first networks under the shift. */
export function comparedToTruth(
  shift: SplitShift,
  { name, split, classifier, epsilon = EPSILON, scale }: ClassifiedMixture & {
    readonly split: Ref<SupportSplit>;
    /** Name of what has split it. */
    readonly classifier: string;
    readonly epsilon?: number;
  },
): ReturnType<typeof compareToTruth> {
  return compareToTruth({
    ...networksIn(shift, shift.groups[0]),
    split,
    truth: mixtureOf(name, scale.networks).truth,
    epsilon,
    resamples: scale.split.resamples,
    seed: SEED,
    title: shift.baselineTitle,
  }, `${shift.label}-${classifier}-${epsilon}`);
}

/** Some splits beside the truth, a row each. */
export function truthTable(
  { id, caption, titles, rows }: {
    readonly id: string;
    /** What is split, and how. */
    readonly caption: string;
    /** Heads of the cells that tell splits apart. */
    readonly titles: readonly string[];
    readonly rows: readonly {
      readonly cells: readonly string[];
      readonly compared: ReturnType<typeof comparedToTruth>;
    }[];
  },
  label: string,
): Lazy<Table> {
  return {
    id,
    caption:
      `${caption} Errors of effective robustness (ER) are those of the photo networks, estimated minus true, over the line of checkpoints, with 95% intervals from resampled images.`,
    ...tabulateTruth({
      titles,
      rows: rows.map((
        { cells, compared: { differenceError: _, ...found } },
      ) => ({
        cells,
        ...found,
      })),
    }, label),
  };
}
