/**
 * A bias that nobody paints on: digits of real typefaces, of which the style
 * goes with the digit.
 *
 * @module
 */
import { LINKED_STYLES } from "../../data/drawings/linked_styles.ts";
import { none } from "../../models/augmentations/none.ts";
import { tintComponents, tintMixture } from "../../shifts/tint.ts";
import { loadTypesetDigits } from "../../tasks/datasets/load_typeset_digits.ts";
import { balanceGroups } from "../../tasks/interventions/balance_groups.ts";
import { drawLinkedDigits } from "../../tasks/interventions/draw_linked_digits.ts";
import { SEED } from "../shared/synthetic/scale.ts";
import { type Biased, groupShares } from "./biased.ts";
import { type InterventionScale, P_TYPEFACE } from "./scale.ts";

const DIGITS = 10;

/** Images drawn for one purpose, with their groups. */
function drawn(
  scale: InterventionScale,
  { n, p = P_TYPEFACE, subset, label = subset }: {
    readonly n: number;
    readonly p?: number;
    readonly subset: string;
    /** Ends the name of the stage. */
    readonly label?: string;
  },
): ReturnType<typeof drawLinkedDigits> {
  const { families, facesPerFamily } = scale.interventions.typefaces;
  const glyphs = loadTypesetDigits({ families, facesPerFamily });
  return drawLinkedDigits({
    glyphs: glyphs.images,
    families: glyphs.families,
    n,
    p,
    seed: SEED,
    subset,
    side: scale.side,
  }, `typeface-${p}-${label}`);
}

/** Test digits, all in their own style or all in a random one. */
export function typefaceTest(
  scale: InterventionScale,
  set: keyof typeof tintComponents,
): ReturnType<typeof drawLinkedDigits> {
  const { test } = scale.interventions.typefaces.images;
  return drawn(scale, { n: test, p: tintComponents[set], subset: "test" });
}

/** The scale of networks on typefaces, which have fewer images. */
export function typefaceScale(scale: InterventionScale): InterventionScale {
  const { disagreeing, scratch: { sizes } } = scale.interventions.typefaces;
  return {
    ...scale,
    scratch: { ...scale.scratch, sizes },
    interventions: { ...scale.interventions, disagreeing },
  };
}

/** Digits in the style of typeface that goes with them most of the time. */
export function typefaceSetting(scale: InterventionScale): Biased {
  const { images, scratch: { epochs, checkpoints } } =
    scale.interventions.typefaces;
  const name = `typeface-${P_TYPEFACE}`;
  const reference = drawn(scale, {
    n: images.reference,
    subset: "train",
    label: "reference",
  });
  const refit = drawn(scale, { n: images.refit, subset: "refit" });
  const tests = {
    own: typefaceTest(scale, "own"),
    random: typefaceTest(scale, "random"),
  };
  return {
    trainedOn: "digits in linked typefaces",
    setting: {
      name,
      scratch: { ...scale.scratch.tint, epochs, checkpoints },
      images: images.reference,
      reference: reference.images,
      sized: (n) => drawn(scale, { n, subset: "train", label: `${n}` }).images,
      augmentation: none,
      selection: drawn(scale, { n: images.selection, subset: "selection" })
        .images,
      sets: { own: tests.own.images, random: tests.random.images },
    },
    refit: refit.images,
    groups: refit.byStyle,
    unbiased: {
      balanced: balanceGroups({
        images: reference.images,
        groups: reference.byStyle,
        balance: "groups",
        seed: SEED,
      }),
    },
    shifts: [{
      id: "spurious-typeface",
      title: "spurious typeface",
      support: "in",
      isFurtherBias: true,
      distributions: tintMixture(P_TYPEFACE),
    }],
    byGroup: [{
      title: "spurious typeface",
      group: "a digit in its own style of typeface or in another",
      parts: (["own", "random"] as const).map((set) => ({
        set,
        groups: tests[set].byOwnStyle,
      })),
      shares: groupShares({
        p: P_TYPEFACE,
        classes: DIGITS,
        attributes: LINKED_STYLES.length,
      }),
    }],
  };
}
