/**
 * Shifted sets of which it is known what is in support: half of the images
 * tinted as in the reference distribution, but with the colour of a random
 * class, and half with a tint of another strength, which no reference image
 * has.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import type { Ref } from "../../engine/define/ref.ts";
import { formatCounts } from "../../reports/value/quantity.ts";
import { tint, tintComponents, tintMixture } from "../../shifts/tint.ts";
import { applyShift } from "../../tasks/datasets/apply_shift.ts";
import { mixShifts } from "../../tasks/datasets/mix_shifts.ts";
import type { RunRefs, SplitShift } from "../shared/split/measured.ts";
import { fineTuned } from "../shared/synthetic/fine_tuned.ts";
import type { ByLine } from "../shared/synthetic/gains.ts";
import {
  evaluateTrained,
  type Pretraining,
  type Trained,
  trainedFromScratch,
} from "../shared/synthetic/networks.ts";
import {
  LEVEL,
  P_SPURIOUS,
  type Scale,
  SEED,
} from "../shared/synthetic/scale.ts";
import { cifar10Subsets, tintSetting } from "../shared/synthetic/setting.ts";

/** Strength of the stronger tint; that of the reference images is 0.25. */
export const OUT_STRENGTHS = { strong: 0.75, middling: 0.5 } as const;

/** Which stronger tint a mixture has. */
export type MixtureName = keyof typeof OUT_STRENGTHS;

/** All test images with a stronger tint, in the colours of the reference images. */
export function outOfSupport(name: MixtureName, scale: Scale): Ref<Images> {
  const strength = OUT_STRENGTHS[name];
  return applyShift({
    images: cifar10Subsets(scale).test,
    shift: tint,
    options: {
      p: tintComponents.random,
      strength,
      seed: SEED,
      subset: "test",
    },
  });
}

/** The images of a mixture, and which half is in support. */
export function mixtureOf(
  name: MixtureName,
  scale: Scale,
): ReturnType<typeof mixShifts> {
  return mixShifts({
    inSupport: tintSetting(scale, P_SPURIOUS).sets.random,
    outOfSupport: outOfSupport(name, scale),
  });
}

/** A mixture as a shift of the networks that were trained on spurious tints; one a line of baselines. */
export function shiftsOf(
  name: MixtureName,
  scale: Scale,
): ByLine<SplitShift> {
  const setting = tintSetting(scale, P_SPURIOUS);
  const { images } = mixtureOf(name, scale);
  const refsOf = (trained: Trained): RunRefs => ({
    evaluation: evaluateTrained(trained, { setting, scale }),
    hits: evaluateTrained(
      { ...trained, label: `${trained.label}-${name}` },
      { setting: { ...setting, sets: { shifted: images } }, scale },
    ),
  });
  const group = (kind: Pretraining) => ({
    name: kind,
    runs: scale.pretraining.seeds[kind].map((seed) =>
      refsOf(fineTuned(setting, { kind, seed, method: "FT", scale }))
    ),
  });
  const scratch = trainedFromScratch(setting, scale);
  const shared = {
    reference: tintMixture(P_SPURIOUS).reference,
    groups: [group("photo"), group("narrow")],
    level: LEVEL,
    seed: SEED,
  } as const;
  return {
    checkpoints: {
      ...shared,
      label: name,
      baselines: scratch.checkpoints.map(refsOf),
      baselineTitle: "checkpoints",
      // The other finished networks are of the runs that the checkpoints are of.
      judges: {
        title: `finished networks trained on ${
          inWords(scale.scratch.sizes.map(({ images }) => images))
        } images`,
        runs: scratch.sizes
          .filter(({ seed }) => setting.scratch.sizeSeeds.includes(seed)).map(
            refsOf,
          ),
      },
    },
    sizes: {
      ...shared,
      label: `${name}-sizes`,
      baselines: scratch.sizes.map(refsOf),
      baselineTitle: "finished networks",
    },
  };
}

/** `2,000, 5,000 or 10,000` */
function inWords(counts: readonly number[]): string {
  const texts = formatCounts(counts);
  const last = texts.at(-1) ?? "";
  return texts.length > 1
    ? `${texts.slice(0, -1).join(", ")} or ${last}`
    : last;
}
