/**
 * The reference distributions on which interventions are tried: networks, the
 * images that last layers are refitted on, and the shifts that they then meet.
 *
 * @module
 */
import type { Groups } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import type { Ref } from "../../engine/define/ref.ts";
import { flip } from "../../shifts/flip.ts";
import { labelShift } from "../../shifts/label_shift.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { tint, tintComponents } from "../../shifts/tint.ts";
import { applyShift } from "../../tasks/datasets/apply_shift.ts";
import { groupImages } from "../../tasks/interventions/group_images.ts";
import {
  P_MINORITY,
  P_SPURIOUS,
  type Scale,
  SEED,
  STRENGTH,
} from "../shared/synthetic/scale.ts";
import {
  cifar10Subsets,
  labelSetting,
  minorityMixture,
  plainSetting,
  type Setting,
  shiftedTo,
  tintSetting,
} from "../shared/synthetic/setting.ts";

/** A shifted distribution that networks of a setting meet. */
export interface MetShift {
  /** Part of the names of its stages. */
  readonly id: string;
  readonly title: string;
  /** Where it leads; both where a bias and something new come together. */
  readonly support: "in" | "out" | "both";
  readonly distributions: Mixture<string>;
}

/** A setting in which interventions are tried. */
export interface Biased {
  readonly setting: Setting;
  /** Images of the reference distribution that no network has seen. */
  readonly refit: Ref<Images>;
  /** What these are balanced by. */
  readonly groups: Ref<Groups>;
  readonly shifts: readonly MetShift[];
}

/** Test images in the colour of their class, in a random one, and in a random one upside down. */
type TintedSet = "own" | "random" | "turned";

/** The reference distribution of a spurious tint, against one of its sets. */
function tintedTo(set: Exclude<TintedSet, "own">): Mixture<TintedSet> {
  const none = { own: 0, random: 0, turned: 0 };
  return {
    reference: { sets: { ...none, own: P_SPURIOUS, random: 1 - P_SPURIOUS } },
    shifted: { sets: { ...none, [set]: 1 } },
  };
}

/** The draw of tints of the images that last layers are refitted on. */
function refitDraw(p: number) {
  return { p, seed: SEED, subset: "refit" };
}

/** Images that no network has seen, in the colour of their class with probability `p`. */
export function tintedRefit(p: number, scale: Scale): Ref<Images> {
  return applyShift({
    images: cifar10Subsets(scale).refit,
    shift: tint,
    options: { ...refitDraw(p), strength: STRENGTH },
  }, `tint-${p}-refit`);
}

/** Photographs in the colour of their class half of the time: a group is a class in a colour. */
export function tintedSetting(scale: Scale): Biased {
  const setting = tintSetting(scale, P_SPURIOUS);
  const { refit } = cifar10Subsets(scale);
  const { random } = setting.sets;
  return {
    setting: {
      ...setting,
      testedAs: "turned",
      sets: {
        ...setting.sets,
        turned: applyShift(
          { images: random, shift: flip, options: {} },
          "tint-random-flip",
        ),
      },
    },
    refit: tintedRefit(P_SPURIOUS, scale),
    groups: groupImages({
      images: refit,
      by: { kind: "class and tint", draw: refitDraw(P_SPURIOUS) },
    }, "tint-refit"),
    shifts: [
      {
        id: "spurious-tint",
        title: "spurious tint",
        support: "in",
        distributions: tintedTo("random"),
      },
      {
        id: "tint-and-flip",
        title: "spurious tint and upside down",
        support: "both",
        distributions: tintedTo("turned"),
      },
    ],
  };
}

/** Photographs in which half of the classes are rare: a group is a class. */
export function skewedSetting(scale: Scale): Biased {
  const refit = applyShift({
    images: cifar10Subsets(scale).refit,
    shift: labelShift,
    options: { pMinority: P_MINORITY, distribution: "reference", seed: SEED },
  }, "label-refit");
  return {
    setting: labelSetting(scale, P_MINORITY),
    refit,
    groups: groupImages(
      { images: refit, by: { kind: "class" } },
      "label-refit",
    ),
    shifts: [{
      id: "label-shift",
      title: "label shift",
      support: "in",
      distributions: minorityMixture(P_MINORITY),
    }],
  };
}

/** Plain photographs, which nothing biases: a group is a class. */
export function unbiasedSetting(scale: Scale): Biased {
  const { refit } = cifar10Subsets(scale);
  return {
    setting: plainSetting(scale),
    refit,
    groups: groupImages({ images: refit, by: { kind: "class" } }, "refit"),
    shifts: [
      {
        id: "unseen-tint",
        title: "unseen tint",
        support: "out",
        distributions: shiftedTo("weakTint"),
      },
      {
        id: "flip",
        title: "upside down",
        support: "out",
        distributions: shiftedTo("flipped"),
      },
    ],
  };
}

/** A set of test images, and the group of each. */
export interface LazyGroupedSet {
  readonly set: string;
  readonly groups: Ref<Groups>;
}

/** Test sets of the spurious tint with the group of each image: its class, in the class's own colour or in another. */
export function tintedParts(scale: Scale): readonly LazyGroupedSet[] {
  const { test } = cifar10Subsets(scale);
  return (["own", "random"] as const).map((set) => ({
    set,
    groups: groupImages({
      images: test,
      by: {
        kind: "class and own tint",
        draw: { p: tintComponents[set], seed: SEED, subset: "test" },
      },
    }, `tint-${set}`),
  }));
}
