/**
 * Networks trained on a few curated examples, from scratch and from pre-trained
 * weights (section 6 of arXiv:2403.00194).
 *
 * @module
 */
import { cifar10 } from "../../data/datasets/cifar10.ts";
import type { Images } from "../../data/images/images.ts";
import type { Ref } from "../../engine/define/ref.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { countEligible } from "../../tasks/interventions/count_eligible.ts";
import { curate } from "../../tasks/interventions/curate.ts";
import { takeOneTint } from "../../tasks/interventions/take_one_tint.ts";
import { train } from "../../tasks/training/train.ts";
import {
  cropOf,
  evaluateTrained,
  pretrained,
  recipeOf,
} from "../shared/synthetic/networks.ts";
import { P_SPURIOUS, SEED } from "../shared/synthetic/scale.ts";
import {
  cifar10Subsets,
  colourDraw,
  type Setting,
} from "../shared/synthetic/setting.ts";
import { tintedRefit } from "./biased.ts";
import type { InterventionScale } from "./scale.ts";

/** What networks are trained on few examples from: nothing, or the weights of a photo network. */
export const FEW_STARTS = ["scratch", "photo"] as const;
/** One of them. */
export type FewStart = typeof FEW_STARTS[number];

/** Networks of one start on few examples. */
export interface FewRow {
  /** "64 curated examples" */
  readonly examples: string;
  readonly start: FewStart;
  readonly evaluations: readonly Ref<Evaluation>[];
  /** Whether they were not tested upside down. */
  readonly isUpright?: boolean;
}

/** How examples are chosen. */
export interface Curation {
  /** Whether they are alike in how they look. */
  readonly narrowed: boolean;
  /** Whether the tint is that of a random class, or goes with the class as in the reference distribution. */
  readonly unbiased: boolean;
  /** Whether all have one colour as they come, the most frequent of which every class has enough. */
  readonly oneColour?: boolean;
  /** Whether examples are those of other draws than elsewhere. */
  readonly redrawn?: boolean;
}

/** Part of the names of its stages. */
function nameOf(
  { narrowed, unbiased, oneColour = false, redrawn = false }: Curation,
): string {
  return `${narrowed ? "narrowed" : "diverse"}-${
    oneColour ? "one-colour" : unbiased ? "unbiased" : "biased"
  }${redrawn ? "-redrawn" : ""}`;
}

/** How far apart the draws of the same network are. */
const REDRAWN = 1000;

/** The curation of the paper: without bias and not diverse. */
export const CURATED: Curation = { narrowed: true, unbiased: true };

/** The same, diverse. */
export const DIVERSE: Curation = { ...CURATED, narrowed: false };

/** As many of each class with nothing changed, all of one colour, so that it goes with no class: as in figure C.9. */
export const ONE_COLOUR: Curation = {
  narrowed: false,
  unbiased: false,
  oneColour: true,
};

/** What the network of an index is trained on: the same draw for every number of examples. */
function examples(
  n: number,
  { curation, network, scale }: {
    readonly curation: Curation;
    readonly network: number;
    readonly scale: InterventionScale;
  },
): Ref<Images> {
  const { narrowed, unbiased, oneColour = false, redrawn = false } = curation;
  const { fill } = scale.interventions.curated;
  const chosen = (images: Ref<Images>) =>
    oneColour ? ofOneColour(images, scale) : images;
  return curate({
    images: chosen(tintedRefit(unbiased ? 0 : P_SPURIOUS, scale)),
    looks: chosen(cifar10Subsets(scale).refit),
    n,
    narrowed,
    // An epoch holds all of them a whole number of times.
    fill: n * Math.ceil(fill / n),
    seed: SEED + network + (redrawn ? REDRAWN : 0),
  });
}

/** Those of the images that no network saw which have one colour as they come, enough of each class for the most examples: the same colour for fewer. */
function ofOneColour(
  images: Ref<Images>,
  { interventions: { curated: { oneColour } } }: InterventionScale,
): Ref<Images> {
  return takeOneTint({
    images,
    draw: colourDraw("refit", P_SPURIOUS),
    least: Math.ceil(oneColour / cifar10.classes.length),
  });
}

/** How many images of a class the examples of a curation are chosen from. */
export function eligible(
  { narrowed, oneColour = false }: Curation,
  scale: InterventionScale,
): ReturnType<typeof countEligible> {
  const { refit } = cifar10Subsets(scale);
  return countEligible({
    looks: oneColour ? ofOneColour(refit, scale) : refit,
    narrowed,
  }, oneColour ? "one-colour" : narrowed ? "narrowed" : "diverse");
}

/**
 * Networks of one start, trained on so many examples and tested in the setting.
 * Each has examples of its own, so that networks differ by these too.
 */
export function trainedOnFew(
  start: FewStart,
  { n, curation, setting, scale }: {
    readonly n: number;
    readonly curation: Curation;
    readonly setting: Setting;
    readonly scale: InterventionScale;
  },
): readonly Ref<Evaluation>[] {
  const { networks, epochs, batchSize } = scale.interventions.curated;
  const seeds = start === "scratch"
    ? setting.scratch.seeds
    : scale.pretraining.seeds.photo;
  const name = `${start}-on-${n}-${nameOf(curation)}`;
  return seeds.slice(0, networks[start]).map((seed, network) => {
    const label = `${setting.name}-${name}-${seed}`;
    const { final } = train({
      ...recipeOf(scale),
      images: examples(n, { curation, network, scale }),
      augmentation: cropOf(scale),
      batchSize,
      epochs: epochs[start],
      warmup: 1,
      seed,
      ...start === "photo"
        ? { from: pretrained("photo", { scale, seed }) }
        : {},
    }, label);
    return evaluateTrained({
      name: `${start}, ${n} examples`,
      seed,
      label,
      networks: { final },
    }, { setting, scale });
  });
}
