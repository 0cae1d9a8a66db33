/**
 * The pipeline that answers a question about a shift of one's own. It is built
 * of what was asked, so that it stands in no registry.
 *
 * @module
 */
import {
  type AskedImages,
  type AskedInputs,
  type AskedTable,
  pipelineOf,
} from "../../data/asked/asked_inputs.ts";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import type { FoldedSet } from "../../data/images/folds.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import { orElse } from "../../engine/define/or_else.ts";
import type { Lazy, Ref } from "../../engine/define/ref.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import type { AskedAnswer } from "../../reports/value/asked_answer.ts";
import { attributeTrial } from "../../tasks/asked/attribute_trial.ts";
import { drawTypical } from "../../tasks/asked/draw_typical.ts";
import { findTrial } from "../../tasks/asked/find_trial.ts";
import { gatherImages } from "../../tasks/asked/gather_images.ts";
import { listTypical } from "../../tasks/asked/list_typical.ts";
import { readSets } from "../../tasks/asked/read_sets.ts";
import { readTable } from "../../tasks/asked/read_table.ts";
import { removeDuplicates } from "../../tasks/asked/remove_duplicates.ts";
import { shrinkImages } from "../../tasks/datasets/shrink_images.ts";
import { takeImages } from "../../tasks/datasets/take_images.ts";
import { extractFeatures } from "../../tasks/training/extract_features.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import { findingsOf, QUICK } from "./findings.ts";
import { isFitForTrial, whyNotToldApart } from "./fit_for_trial.ts";
import { networksUsed } from "./networks_used.ts";
import { trainedSupport } from "./trained_support.ts";
import { TRIAL_SCALES, trialOf, type TrialScale } from "./trial.ts";

/** Layers of the trunk whose features tell sets apart, and the side that images are enlarged to. */
const FEATURES = { side: 64, layers: 10 } as const;
/** Side of the images that networks are trained on. */
const TRIAL_SIDE = 32;
/** Images of a picture at most, and in a row. */
const SHOWN = { n: 24, columns: 8 } as const;
/** Seed of the order of the images, of the cut, and of everything that is drawn. */
const SEED = 0;

/** Tables tell of held-out examples alone. */
const NO_REFERENCE: AskedSet = {
  n: 0,
  features: {},
  properties: {},
  labels: null,
  classes: [],
  groups: null,
  names: null,
  right: {},
};

/**
 * The pipeline of a question. Each has its own, so that causes are told from
 * when the same was asked before, and what one needs is no garbage to another.
 *
 * @param question its name
 * @param profiles how much a trial trains
 * @throws {RangeError} if images were counted, and are too few for a trial that is asked for
 */
export function askedPipeline(
  inputs: AskedInputs,
  question: string,
  profiles: Readonly<Record<"default", TrialScale>> = TRIAL_SCALES,
): AnyPipeline<AskedAnswer> {
  if (inputs.kind === "images") checkTrial(inputs, profiles.default);
  return definePipeline({
    module: import.meta.url,
    name: pipelineOf(question),
    title: "A question about a shift of one’s own",
    profiles,
    build: (scale: TrialScale): Lazy<AskedAnswer> =>
      inputs.kind === "images"
        ? answerOfImages(inputs, scale)
        : answerOfTable(inputs),
  });
}

/** Whether networks are asked for, and images have labels to train them. */
function isTrialAsked({ quick, isLabelled }: AskedImages): boolean {
  return !quick && isLabelled;
}

/** Whether networks are fine-tuned to tell unlabelled images apart, which takes no classes. */
function isLookedAt(
  { quick, isLabelled, counted }: AskedImages,
  scale: TrialScale,
): boolean {
  return !quick && !isLabelled &&
    (counted === undefined ||
      whyNotToldApart(counted.distinct, scale) === undefined);
}

function checkTrial(images: AskedImages, scale: TrialScale): void {
  if (images.counted === undefined || !isTrialAsked(images)) return;
  const why = whyNotToldApart(images.counted.given, scale);
  if (why !== undefined) throw new RangeError(why);
}

function answerOfImages(
  inputs: AskedImages,
  scale: TrialScale,
): Lazy<AskedAnswer> {
  const { sources, classes, isLabelled, quick, side, weights, counted } =
    inputs;
  const sets = readSets({ ...sources, classes, seed: SEED });
  type SetName = "reference" | "test" | "shifted";
  const known = (set: SetName, about: Ref<AskedSet>) =>
    gatherImages({
      images: sets[set],
      about,
      network: extractFeatures({
        model: mobilenetV3,
        modelOptions: FEATURES,
        weights: loadCocoTrunk({}),
        images: sets[set],
      }, `asked-${set}`),
    }, set);
  const distinct = removeDuplicates({
    reference: known("reference", sets.aboutReference),
    test: known("test", sets.aboutTest),
    shifted: known("shifted", sets.aboutShifted),
    seed: SEED,
    atMost: QUICK.atMost,
  });
  const small = (set: SetName) =>
    takeImages({
      images: side > TRIAL_SIDE && side % TRIAL_SIDE === 0
        ? shrinkImages({ images: sets[set], side: TRIAL_SIDE }, `asked-${set}`)
        : sets[set],
      places: distinct[`${set}Places`],
    }, `asked-${set}`);
  const isTried = isTrialAsked(inputs) &&
    (counted === undefined || isFitForTrial(counted.distinct, scale));
  const trained = !isTried && !isLookedAt(inputs, scale)
    ? null
    : trainedSupport({
      images: { test: small("test"), shifted: small("shifted") },
      test: distinct.test,
      shifted: distinct.shifted,
      groups: {
        reference: distinct.testGroups,
        shifted: distinct.shiftedGroups,
      },
    }, scale);
  const { findings, typicality, parts, scores } = findingsOf(distinct, {
    seed: SEED,
    // How often the rule would err by networks was tried with labels alone.
    ...trained === null
      ? {}
      : isTried
      ? { trained }
      : { trainedSupport: trained.outOfSupport },
    canTrain: quick && isLabelled,
    isHeldOut: sources.test === undefined,
    isTestGiven: sources.test !== undefined,
  });
  const pictures = (["out of support", "in support"] as const).flatMap(
    (part) => {
      const name = part.replaceAll(" ", "-");
      const drawn = drawTypical({
        images: sets.shifted,
        typicality,
        parts,
        part,
        places: distinct.shiftedPlaces,
        ...SHOWN,
      }, name);
      return (["least", "most"] as const).map((which) => ({
        file: `${name}-${which}-typical.png`,
        png: drawn[which],
        caption:
          `Of the shifted images ${part}, those that look ${which} like reference images, the most extreme first.`,
        alt:
          `Up to ${SHOWN.n} shifted images ${part}, in rows of ${SHOWN.columns}: those that look ${which} like reference images, from the ${which} like them on.`,
      }));
    },
  );
  const shown = {
    findings,
    pictures,
    examples: listTypical({
      shifted: distinct.shifted,
      typicality,
      parts,
      places: distinct.shiftedPlaces,
    }),
    copies: distinct.copies,
    networks: networksUsed(scale, {
      features: FEATURES,
      areTrained: trained !== null,
      isTried,
    }),
    warnings: [],
  };
  if (!isTried || trained === null) {
    return { ...shown, trial: null, drops: null };
  }
  const { fit, level, groups, hits } = trialOf(
    {
      reference: small("reference"),
      test: small("test"),
      shifted: small("shifted"),
      parts: trained.parts,
      units: isGrouped(counted?.given.shifted)
        ? distinct.shiftedGroups
        : undefined,
      weights,
    },
    scale,
  );
  const measured = findTrial({
    line: fit.line,
    baselines: fit.points,
    level,
    groups: groups.map(({ whole, parts, ...group }) => ({
      ...group,
      points: whole.points,
      all: whole.mean,
      inSupport: { estimate: parts.inEstimate, over: parts.inSupport },
      outOfSupport: { estimate: parts.outEstimate, over: parts.outOfSupport },
    })),
  });
  const trial = orElse<AskedAnswer["trial"]>(
    measured,
    ({ reason }) => isWithoutLine(reason) ? { noLine: reason } : null,
  );
  const drops = attributeTrial({
    reference: distinct.reference,
    test: distinct.test,
    shifted: distinct.shifted,
    scores,
    parts,
    ...hits,
    seed: SEED,
    resamples: QUICK.resamples,
  });
  return { ...shown, trial, drops };
}

/** Whether several images are of one group. */
function isGrouped(set: FoldedSet | undefined): boolean {
  return set?.groups !== undefined && new Set(set.groups).size < set.n;
}

/** Whether baselines made no line, which is part of an answer; all else that fails is not. */
const isWithoutLine = (reason: string) => /^Cannot fit a line /.test(reason);

function answerOfTable(
  { predictions, features, columns }: AskedTable,
): Lazy<AskedAnswer> {
  const { test, shifted, warnings } = readTable({
    predictions,
    features,
    columns,
  });
  const distinct = removeDuplicates({
    reference: NO_REFERENCE,
    test,
    shifted,
    seed: SEED,
    atMost: QUICK.atMost,
  });
  const { findings, typicality, parts } = findingsOf(distinct, {
    seed: SEED,
    canTrain: false,
    isHeldOut: false,
  });
  return {
    findings,
    trial: null,
    drops: null,
    pictures: [],
    examples: listTypical({
      shifted: distinct.shifted,
      typicality,
      parts,
      places: distinct.shiftedPlaces,
    }),
    copies: distinct.copies,
    networks: [],
    warnings,
  };
}
