/**
 * The reference distributions on which interventions are tried: networks, the
 * images that last layers are refitted on, and the shifts that they then meet.
 *
 * @module
 */
import { cifar10 } from "../../data/datasets/cifar10.ts";
import type { Groups } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import type { Ref } from "../../engine/define/ref.ts";
import { flip } from "../../shifts/flip.ts";
import { labelShift } from "../../shifts/label_shift.ts";
import { mark, type MarkShape } from "../../shifts/mark.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { tint, tintComponents } from "../../shifts/tint.ts";
import { applyShift } from "../../tasks/datasets/apply_shift.ts";
import { balanceGroups } from "../../tasks/interventions/balance_groups.ts";
import {
  groupImages,
  type TintDraw,
} from "../../tasks/interventions/group_images.ts";
import { SHIFTS_ALONG } from "../shared/synthetic/axis.ts";
import {
  P_MINORITY,
  P_SPURIOUS,
  type Scale,
  SEED,
  STRENGTH,
} from "../shared/synthetic/scale.ts";
import {
  cifar10Subsets,
  colourDraw,
  colouredSetting,
  labelSetting,
  minorityMixture,
  plainSetting,
  type Setting,
  tintSetting,
} from "../shared/synthetic/setting.ts";
import type { InterventionScale } from "./scale.ts";

/** A shifted distribution that networks of a setting meet. */
export interface MetShift {
  /** Part of the names of its stages. */
  readonly id: string;
  readonly title: string;
  /** Where it leads; both where a bias and something new come together. */
  readonly support: "in" | "out" | "both";
  /** Whether it is a bias as that of the tint, of which the same is claimed. */
  readonly isFurtherBias?: boolean;
  readonly distributions: Mixture<string>;
}

/** A setting in which interventions are tried. */
export interface Biased {
  /** What its networks are trained on, for readers: "tinted photographs". */
  readonly trainedOn: string;
  /** What it is one of, where there are several alike: "marks". */
  readonly oneOf?: string;
  readonly setting: Setting;
  /** Images of the reference distribution that no network has seen. */
  readonly refit: Ref<Images>;
  /** What these are balanced by. */
  readonly groups: Ref<Groups>;
  /** Images without the bias on which networks are trained in the place of the reference, by what was done to them. */
  readonly unbiased: Readonly<
    Partial<Record<"random tints" | "balanced", Ref<Images>>>
  >;
  readonly shifts: readonly MetShift[];
  /** By what accuracies are told: first under the bias alone, then where something new comes to it. */
  readonly byGroup: readonly GroupsOfTests[];
}

/** Groups of the test images that networks meet under a shift. */
export interface GroupsOfTests {
  /** Title of the shift. */
  readonly title: string;
  /** What a group is, for readers: "a class in its own colour or in another". */
  readonly group: string;
  readonly parts: readonly LazyGroupedSet[];
  /** Share of each group in the reference distribution, in the order of the groups. */
  readonly shares: readonly number[];
}

/** A set of test images, and the group of each. */
export interface LazyGroupedSet {
  readonly set: string;
  readonly groups: Ref<Groups>;
}

/**
 * Share of each group: class by class with its own attribute, which it has with
 * probability `p` or by chance, and with another.
 */
export function groupShares(
  { p, classes, attributes }: Readonly<
    Record<"p" | "classes" | "attributes", number>
  >,
): readonly number[] {
  const own = p + (1 - p) / attributes;
  return Array.from({ length: classes }, () => [own, 1 - own]).flat()
    .map((share) => share / classes);
}

/** Test images in the colour of their class and in a random one, and the same upside down. */
type ColouredSet = "own" | "random" | "ownTurned" | "turned";

/** The reference distribution of a spurious colour, against a mixture of its sets. */
function colouredTo(
  shifted: Readonly<Partial<Record<ColouredSet, number>>>,
): Mixture<ColouredSet> {
  const none = { own: 0, random: 0, ownTurned: 0, turned: 0 };
  return {
    reference: { sets: { ...none, own: P_SPURIOUS, random: 1 - P_SPURIOUS } },
    shifted: { sets: { ...none, ...shifted } },
  };
}

/** Images that no network has seen, in the colour of their class with probability `p`. */
export function tintedRefit(p: number, scale: Scale): Ref<Images> {
  return applyShift({
    images: cifar10Subsets(scale).refit,
    shift: tint,
    options: { ...colourDraw("refit", p), strength: STRENGTH },
  });
}

/** Whose groups are classes in colours; in support alone, upside down with the bias as it was, and both. */
function coloured(
  { id, title, kept, isFurtherBias = false, setting, unbiased, scale, ...told }:
    & Pick<MetShift, "id" | "title" | "isFurtherBias">
    & Pick<Biased, "trainedOn" | "oneOf" | "refit">
    & Partial<Pick<Biased, "unbiased">>
    & {
      /** The shift upside down whose colours go with classes as in training; not tried where left out. */
      readonly kept?: string;
      readonly setting: Setting<"own" | "random">;
      readonly scale: InterventionScale;
    },
): Biased {
  const turned = (set: "own" | "random") =>
    applyShift({ images: setting.sets[set], shift: flip, options: {} });
  const turnedTitle = `${title} and vertical flip`;
  const byColour = (
    images: Ref<Images>,
    { subset, label }: Readonly<Record<"subset" | "label", string>>,
  ) => {
    const draw = colourDraw(subset, P_SPURIOUS);
    return groupImages({ images, by: { kind: "class and tint", draw } }, label);
  };
  const groups = {
    group: "a class in its own colour or in another",
    shares: groupShares({
      p: P_SPURIOUS,
      classes: cifar10.classes.length,
      attributes: cifar10.classes.length,
    }),
  };
  return {
    ...told,
    setting: {
      ...setting,
      sets: {
        ...setting.sets,
        ownTurned: turned("own"),
        turned: turned("random"),
      },
      further: ["ownTurned", "turned"],
    },
    groups: byColour(cifar10Subsets(scale).refit, {
      subset: "refit",
      label: "refit-by-colour",
    }),
    unbiased: {
      ...unbiased,
      ...scale.interventions.balancesPhotographs
        ? {
          balanced: balanceGroups({
            images: setting.reference,
            groups: byColour(setting.reference, {
              subset: "train",
              label: `${setting.name}-reference`,
            }),
            balance: "groups",
            seed: SEED,
          }),
        }
        : {},
    },
    shifts: [
      {
        id,
        title,
        support: "in",
        isFurtherBias,
        distributions: colouredTo({ random: 1 }),
      },
      ...kept === undefined ? [] : [{
        id: `${id}-kept-and-flip`,
        title: kept,
        support: "out" as const,
        distributions: colouredTo({
          ownTurned: P_SPURIOUS,
          turned: 1 - P_SPURIOUS,
        }),
      }],
      {
        id: `${id}-and-flip`,
        title: turnedTitle,
        support: "both",
        distributions: colouredTo({ turned: 1 }),
      },
    ],
    byGroup: ([
      { title, own: "own", random: "random" },
      { title: turnedTitle, own: "ownTurned", random: "turned" },
    ] as const).map(({ title, ...sets }) => ({
      ...groups,
      title,
      parts: colouredParts(sets, scale),
    })),
  };
}

/** Photographs in the colour of their class half of the time. */
export function tintedSetting(scale: InterventionScale): Biased {
  return coloured({
    id: "spurious-tint",
    title: "spurious tint",
    kept: "vertical flip, tints kept",
    trainedOn: "tinted photographs",
    setting: tintSetting(scale, P_SPURIOUS),
    refit: tintedRefit(P_SPURIOUS, scale),
    unbiased: { "random tints": tintSetting(scale, 0).reference },
    scale,
  });
}

/** Photographs with a mark in the colour of their class half of the time. */
export function markedSetting(
  shape: MarkShape,
  scale: InterventionScale,
): Biased {
  const { tint: runs } = scale.scratch;
  const marked = (images: Ref<Images>, draw: TintDraw) =>
    applyShift({ images, shift: mark, options: { ...draw, shape } });
  return coloured({
    id: `spurious-${shape}`,
    title: `spurious ${shape} mark`,
    isFurtherBias: true,
    trainedOn: `photographs with a ${shape} mark`,
    oneOf: "marks",
    setting: colouredSetting(scale, {
      name: `${shape}-${P_SPURIOUS}`,
      scratch: {
        ...runs,
        seeds: runs.seeds.slice(0, scale.interventions.trained),
        sizeSeeds: runs.sizeSeeds.slice(0, 2),
      },
      p: P_SPURIOUS,
      coloured: marked,
    }),
    refit: marked(
      cifar10Subsets(scale).refit,
      colourDraw("refit", P_SPURIOUS),
    ),
    scale,
  });
}

/** Photographs in which half of the classes are rare: a group is a class. */
export function skewedSetting(scale: InterventionScale): Biased {
  const setting = labelSetting(scale, P_MINORITY);
  const refit = applyShift({
    images: cifar10Subsets(scale).refit,
    shift: labelShift,
    options: { pMinority: P_MINORITY, distribution: "reference", seed: SEED },
  });
  const groupsOf = (images: Ref<Images>, label: string) =>
    groupImages({ images, by: { kind: "class" } }, `label-${label}`);
  const distributions = minorityMixture(P_MINORITY);
  return {
    trainedOn: "photographs with rare classes",
    setting,
    refit,
    groups: groupsOf(refit, "refit"),
    unbiased: scale.interventions.balancesPhotographs
      ? {
        balanced: balanceGroups({
          images: setting.reference,
          groups: groupsOf(setting.reference, "reference"),
          balance: "classes",
          seed: SEED,
        }),
      }
      : {},
    shifts: [{
      id: "label-shift",
      title: "label shift",
      support: "in",
      distributions,
    }],
    byGroup: [{
      title: "label shift",
      group: "a class",
      parts: [{ set: "plain", groups: groupsOf(setting.sets.plain, "test") }],
      shares: distributions.reference.classes ?? [],
    }],
  };
}

/** Plain photographs, which nothing biases: a group is a class. */
export function unbiasedSetting(scale: Scale): Biased {
  const { refit } = cifar10Subsets(scale);
  return {
    trainedOn: "plain photographs",
    setting: plainSetting(scale),
    refit,
    groups: groupImages({ images: refit, by: { kind: "class" } }, "refit"),
    unbiased: {},
    byGroup: [],
    shifts: SHIFTS_ALONG.filter(({ support }) => support === "out")
      .map(({ id, name: title, support, distributions }) => ({
        id,
        title,
        support,
        distributions,
      })),
  };
}

/** Test sets by how they are coloured, with the group of each image: its class, in the class's own colour or in another. */
function colouredParts(
  sets: Readonly<Record<"own" | "random", ColouredSet>>,
  scale: Scale,
): readonly LazyGroupedSet[] {
  const { test } = cifar10Subsets(scale);
  return (["own", "random"] as const).map((draw) => ({
    set: sets[draw],
    groups: groupImages({
      images: test,
      by: {
        kind: "class and own tint",
        draw: colourDraw("test", tintComponents[draw]),
      },
    }, `tint-${draw}`),
  }));
}
