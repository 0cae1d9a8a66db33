/**
 * What the synthetic experiments are made of: the dataset, the shifts and the
 * network, as their pages show them.
 *
 * @module
 */
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import type { Lazy } from "../../../engine/define/ref.ts";
import { oneOf } from "../../../engine/define/shape.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import type {
  DatasetRecord,
  ModelRecord,
  ShiftRecord,
} from "../../../reports/value/material.ts";
import type { Picture } from "../../../reports/value/picture.ts";
import { flip } from "../../../shifts/flip.ts";
import { labelShift } from "../../../shifts/label_shift.ts";
import type { AnyShift } from "../../../shifts/shift.ts";
import { tint } from "../../../shifts/tint.ts";
import { unseenTint } from "../../../shifts/unseen_tint.ts";
import { applyShift } from "../../../tasks/datasets/apply_shift.ts";
import { countParameters } from "../../../tasks/training/count_parameters.ts";
import { drawContactSheet } from "../../../tasks/pictures/draw_contact_sheet.ts";
import { takeOfEachClass } from "../../../tasks/datasets/take_of_each_class.ts";
import { firstPretrained } from "./networks.ts";
import { packageOf } from "./packages.ts";
import { P_MINORITY, P_SPURIOUS, type Scale, SEED, STRENGTH } from "./scale.ts";
import {
  cifar10Subsets,
  plainSetting,
  tintSetting,
  UNSEEN_STRENGTHS,
} from "./setting.ts";

/** A picture that is still to be drawn. */
export type LazyPicture = Extract<Lazy<Picture>, { readonly id: unknown }>;

/** A shift as pages show it, with a picture of it. */
export type ShownShift =
  & Extract<Lazy<ShiftRecord>, { readonly id: unknown }>
  & { readonly sheet: LazyPicture };

const CLASS_ROWS = `One row per class: ${cifar10.classes.join(", ")}.`;

/** What the page says of CIFAR-10. */
export function cifar10Record(scale: Scale): Lazy<DatasetRecord> {
  return {
    id: "cifar-10",
    title: cifar10.title,
    description: `${cifar10.classes.length} classes of colour photographs, ${
      cifar10.shape.join(" × ")
    }. From its training images the experiments draw four parts that have no image in common: a reference set, a pool for pre-training, a few images on which learning rates are chosen, and some that are kept for interventions.`,
    ...packageOf(cifar10),
    classes: cifar10.classes,
    sizes: { ...cifar10.sizes },
    sheet: {
      id: "cifar-10",
      caption: `The first test images of each class. ${CLASS_ROWS}`,
      alt: "Ten rows of small photographs, one row a class.",
      png: drawContactSheet({
        sets: [cifar10Subsets(scale).test],
        perClass: 12,
      }, "cifar-10"),
    },
    digest: cifar10.digest,
  };
}

/** The residual network, in the widths of the profile. */
export function resnet8Record({ widths }: Scale): ModelRecord {
  return {
    id: "resnet-8",
    title: resnet8.title,
    description: resnet8.description,
    settings: [{ name: "channels of the blocks", value: widths.join(", ") }],
  };
}

/** The same with its size, in experiments that pre-train it. */
export function pretrainedResnet8Record(scale: Scale): Lazy<ModelRecord> {
  return {
    ...resnet8Record(scale),
    parameters: countParameters(
      { weights: firstPretrained("photo", scale) },
      "resnet-8",
    ),
  };
}

/** Where a shift lies decides what is claimed of it. */
const isSupport = oneOf("in", "out");

/**
 * What a shift says of itself.
 *
 * @throws {TypeError} if it does not say whether it is in or out of support
 */
export function aboutShift(
  { name, title, support, description }: AnyShift,
): Pick<AnyShift, "title" | "support" | "description"> {
  const given: unknown = support;
  if (!isSupport(given)) {
    throw new TypeError(
      `Cannot use shift "${name}": its support is "${given}"; it must be "in" or "out"`,
    );
  }
  return { title, support, description };
}

/** What the page says of photographs upside down. */
export function flipRecord(scale: Scale): ShownShift {
  const { sets } = plainSetting(scale);
  return {
    id: "vertical-flip",
    ...aboutShift(flip),
    reference: "upright photographs",
    shifted: "photographs upside down",
    sheet: {
      id: "flip",
      caption: "Left: test images; right: the same upside down.",
      alt:
        "Two blocks of ten rows of small photographs: upright and upside down.",
      png: drawContactSheet({
        sets: [sets.plain, sets.flipped],
        perClass: 8,
      }, "flip"),
    },
  };
}

/** Tints that no reference image has. */
export function unseenTintRecord(
  scale: Scale,
  strengths: readonly (keyof typeof UNSEEN_STRENGTHS)[],
): ShownShift {
  const { sets } = plainSetting(scale);
  return {
    id: "unseen-tint",
    ...aboutShift(unseenTint),
    reference: "plain photographs",
    shifted: "the same photographs, each in a random colour of its own",
    settings: [{
      name: "strength of the tint",
      value: strengths.map((name) => UNSEEN_STRENGTHS[name]).join(", "),
    }, { name: "seed of the colours", value: `${SEED}` }],
    sheet: {
      id: "unseen-tint",
      caption:
        `Left: plain test images; middle and right: the same, each in a colour of its own, with strength ${UNSEEN_STRENGTHS.weak} and ${UNSEEN_STRENGTHS.strong}.`,
      alt:
        "Three blocks of ten rows of small photographs: plain, faintly tinted in many colours, strongly tinted in the same.",
      png: drawContactSheet({
        sets: [sets.plain, sets.weakTint, sets.strongTint],
        perClass: 5,
      }, "unseen-tint"),
    },
  };
}

/** A tint that gives the class away, with each of some probabilities. */
export function spuriousTintRecord(
  scale: Scale,
  probabilities: readonly number[],
): ShownShift {
  const { sets } = tintSetting(scale, P_SPURIOUS);
  return {
    id: "spurious-tint",
    ...aboutShift(tint),
    reference: "each photograph in the colour of its class with probability p",
    shifted: "each photograph in the colour of a random class",
    settings: [
      { name: "probability p", value: probabilities.join(", ") },
      { name: "strength of the tint", value: `${STRENGTH}` },
      { name: "seed of the colours", value: `${SEED}` },
    ],
    sheet: {
      id: "tint",
      caption:
        `Left: plain test images; middle: each in the colour of its own class (half of the reference distribution); right: each in the colour of a random class (the other half, and all of the shifted distribution). ${CLASS_ROWS}`,
      alt:
        "Three blocks of ten rows of small photographs: plain, tinted with one colour a row, tinted with a random one of those colours.",
      png: drawContactSheet({
        sets: [cifar10Subsets(scale).test, sets.own, sets.random],
        perClass: 5,
      }, "tint"),
    },
  };
}

/** Classes that are rare in training, with each of some shares. */
export function labelShiftRecord(
  scale: Scale,
  shares: readonly number[],
): ShownShift {
  const { test } = cifar10Subsets(scale);
  return {
    id: "label-shift",
    ...aboutShift(labelShift),
    reference: "photographs in which half of the classes are rare",
    shifted: "photographs in which the other half of the classes is rare",
    settings: [
      { name: "share p of the minority classes", value: shares.join(", ") },
      { name: "seed of the minority classes", value: `${SEED}` },
    ],
    sheet: {
      id: "classes",
      caption:
        `Test images in the proportions of the classes: ${SHEET} of a class that is common in a distribution, ${
          SHEET * P_MINORITY / (1 - P_MINORITY)
        } of one that is rare. Left: the reference distribution; right: the shifted one. ${CLASS_ROWS}`,
      alt:
        "Two blocks of ten rows of small photographs, one row a class: the five rows that are long on the left are short on the right.",
      png: drawContactSheet({
        sets: (["reference", "shifted"] as const).map((distribution) =>
          applyShift({
            images: takeOfEachClass(
              { images: test, n: SHEET },
              "label-shift",
            ),
            shift: labelShift,
            options: { pMinority: P_MINORITY, distribution, seed: SEED },
          })
        ),
        perClass: SHEET,
      }, "label-shift"),
    },
  };
}

/** Test images of a majority class in the picture; a minority class has a quarter. */
const SHEET = 16;

/** The new photographs of CIFAR-10.1. */
export const CIFAR_10_1: ShiftRecord = {
  id: "cifar-10-1",
  title: "CIFAR-10.1",
  support: "unknown",
  description:
    "New photographs of the ten classes, collected from the same source by the same instructions as CIFAR-10. Whether they lie in its support is unknown; no split was made.",
  reference: "the test images of CIFAR-10",
  shifted: "2,021 (v4) or 2,000 (v6) new photographs",
};

/** What experiments along an axis are made of, and the shifts that they measure. */
export function materialAlong(scale: Scale): {
  readonly datasets: readonly Lazy<DatasetRecord>[];
  readonly shifts: readonly Lazy<ShiftRecord>[];
  readonly models: readonly Lazy<ModelRecord>[];
} {
  return {
    datasets: [cifar10Record(scale)],
    shifts: [
      spuriousTintRecord(scale, [P_SPURIOUS]),
      unseenTintRecord(scale, ["weak"]),
      flipRecord(scale),
    ],
    models: [pretrainedResnet8Record(scale)],
  };
}
