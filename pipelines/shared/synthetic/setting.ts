/**
 * A reference distribution: what networks are trained on, and every set of
 * images that they are tested on. One setting serves every shift that starts
 * from the same reference distribution.
 *
 * @module
 */
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import type { Images } from "../../../data/images/images.ts";
import type { Ref } from "../../../engine/define/ref.ts";
import type { Augmentation } from "../../../models/augmentations/augmentation.ts";
import { flip } from "../../../shifts/flip.ts";
import { labelShift, labelShiftMixture } from "../../../shifts/label_shift.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { tint, tintComponents } from "../../../shifts/tint.ts";
import { unseenTint } from "../../../shifts/unseen_tint.ts";
import { applyShift } from "../../../tasks/datasets/apply_shift.ts";
import { extendReference } from "../../../tasks/datasets/extend_reference.ts";
import { loadSubsets } from "../../../tasks/datasets/load_subsets.ts";
import type { TintDraw } from "../../../tasks/interventions/group_images.ts";
import { type Scale, type ScratchRuns, SEED, STRENGTH } from "./scale.ts";

/** A reference distribution and its test sets. */
export interface Setting<Sets extends string = string> {
  /** Part of the names of its stages. */
  readonly name: string;
  /** What networks are trained and fine-tuned on. */
  readonly reference: Ref<Images>;
  /** The networks from scratch that make the lines. */
  readonly scratch: ScratchRuns;
  /** How many images that are, where it is not as many as the scale says. */
  readonly images?: number;
  /** The reference images with another number of images drawn, for the baselines of the second line. */
  readonly sized: (images: number) => Ref<Images>;
  /** What trainings do to its images; the crops of photographs where left out. */
  readonly augmentation?: Augmentation;
  /** Images of the reference distribution that learning rates are chosen on. */
  readonly selection: Ref<Images>;
  /** Test sets; the distributions of a shift are mixtures of them. */
  readonly sets: Readonly<Record<Sets, Ref<Images>>>;
  /** Those of them that other experiments do not test on: networks are tested on these by a stage of its own. */
  readonly further?: readonly string[];
}

/** A setting with fewer test sets, for networks that fewer shifts are measured with. */
export function testedOn<Kept extends string>(
  setting: Setting<Kept>,
  names: readonly Kept[],
): Setting<Kept> {
  const sets = Object.fromEntries(
    names.map((name) => [name, setting.sets[name]]),
  ) as Record<Kept, Ref<Images>>;
  return { ...setting, sets };
}

/** The subsets of CIFAR-10. */
export function cifar10Subsets(
  { sizes, side }: Scale,
): ReturnType<typeof loadSubsets> {
  return loadSubsets({ dataset: cifar10, seed: SEED, sizes, side }, "cifar10");
}

/** The first images of the reference set, or of it and the pool. */
function sizedReference(
  scale: Scale,
  images: number,
): Ref<Images> {
  const { reference, pool } = cifar10Subsets(scale);
  return extendReference({ reference, pool, n: images });
}

/** Strengths of the unseen tint. */
export const UNSEEN_STRENGTHS = { weak: 0.25, strong: 0.5 } as const;

/** What the paper found out of support, where it gives no number. */
export const LARGE_IN_PAPER = "large; no number in the text";

/** The same under each unseen tint. */
export const UNSEEN_TINTS_IN_PAPER: Readonly<
  Record<keyof typeof UNSEEN_STRENGTHS, string>
> = {
  weak: LARGE_IN_PAPER,
  strong: `not in the paper; large at strength ${UNSEEN_STRENGTHS.weak}`,
};

/** Test sets of plain photographs, and of the same photographs shifted. */
type PlainSet = "plain" | "weakTint" | "strongTint" | "flipped";

/** All of the plain test images against all of a shifted set. */
export function shiftedTo(set: Exclude<PlainSet, "plain">): Mixture<PlainSet> {
  const none = { plain: 0, weakTint: 0, strongTint: 0, flipped: 0 };
  return {
    reference: { sets: { ...none, plain: 1 } },
    shifted: { sets: { ...none, [set]: 1 } },
  };
}

/** Plain photographs; shifted by a tint that was never seen, or upside down. */
export function plainSetting(scale: Scale): Setting<PlainSet> {
  const { reference, selection, test } = cifar10Subsets(scale);
  const tinted = (strength: keyof typeof UNSEEN_STRENGTHS) =>
    applyShift({
      images: test,
      shift: unseenTint,
      options: { strength: UNSEEN_STRENGTHS[strength], seed: SEED },
    });
  return {
    name: "plain",
    scratch: scale.scratch.plain,
    reference,
    sized: (images) => sizedReference(scale, images),
    selection,
    sets: {
      plain: test,
      weakTint: tinted("weak"),
      strongTint: tinted("strong"),
      flipped: applyShift({ images: test, shift: flip, options: {} }),
    },
  };
}

/** Which images of a subset get the colour of their class, with probability `p`. */
export function colourDraw(subset: string, p: number): TintDraw {
  return { p, seed: SEED, subset };
}

/** Photographs with the colour of their class with probability `p`, else with that of a random class. */
export function colouredSetting(
  scale: Scale,
  { name, scratch, p, coloured }: {
    readonly name: string;
    readonly scratch: ScratchRuns;
    readonly p: number;
    readonly coloured: (images: Ref<Images>, draw: TintDraw) => Ref<Images>;
  },
): Setting<keyof typeof tintComponents> {
  const { reference, selection, test } = cifar10Subsets(scale);
  const { own, random } = tintComponents;
  const training = colourDraw("train", p);
  return {
    name,
    scratch,
    reference: coloured(reference, training),
    sized: (images) => coloured(sizedReference(scale, images), training),
    selection: coloured(selection, colourDraw("selection", p)),
    sets: {
      own: coloured(test, colourDraw("test", own)),
      random: coloured(test, colourDraw("test", random)),
    },
  };
}

/** Photographs tinted in such a colour. */
export function tintSetting(
  scale: Scale,
  p: number,
): Setting<keyof typeof tintComponents> {
  return colouredSetting(scale, {
    name: `tint-${p}`,
    scratch: scale.scratch.tint,
    p,
    coloured: (images, draw) =>
      applyShift({
        images,
        shift: tint,
        options: { ...draw, strength: STRENGTH },
      }),
  });
}

/** Photographs in which half of the classes are a minority, with the share `p`. */
export function labelSetting(scale: Scale, p: number): Setting<"plain"> {
  const { reference, selection, test } = cifar10Subsets(scale);
  const skewed = (images: Ref<Images>) =>
    applyShift({
      images,
      shift: labelShift,
      options: { pMinority: p, distribution: "reference", seed: SEED },
    });
  return {
    name: `label-${p}`,
    scratch: scale.scratch.label,
    reference: skewed(reference),
    sized: (images) => skewed(sizedReference(scale, images)),
    selection: skewed(selection),
    sets: { plain: test },
  };
}

/** The class proportions of that reference distribution, and those with the classes' parts exchanged. */
export function minorityMixture(p: number): Mixture<"plain"> {
  return labelShiftMixture({
    pMinority: p,
    seed: SEED,
    classes: cifar10.classes.length,
  });
}
