/**
 * The shifted sets, and the networks on each of them.
 *
 * @module
 */
import { cifar10 } from "../../data/datasets/cifar10.ts";
import type { Images } from "../../data/images/images.ts";
import { sketchCategories } from "../../data/drawings/sketches.ts";
import type { Ref } from "../../engine/define/ref.ts";
import { wide } from "../../models/augmentations/wide.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import type { fitLine } from "../../tasks/lines/fit_line.ts";
import { judgeLine } from "../../tasks/lines/judge_line.ts";
import { loadDrawings } from "../../tasks/datasets/load_drawings.ts";
import { loadRenditions } from "../../tasks/datasets/load_renditions.ts";
import { loadSketches } from "../../tasks/datasets/load_sketches.ts";
import { placePoints } from "../../tasks/evaluation/place_points.ts";
import { takeFirst } from "../../tasks/datasets/take_first.ts";
import {
  networkOf,
  pretrainedOn,
  type Trained,
  trainedFromScratch,
} from "../shared/synthetic/networks.ts";
import { fineTune } from "../shared/synthetic/fine_tuned.ts";
import {
  byLine,
  type Gain,
  gainOver,
  type LineName,
  lineThrough,
} from "../shared/synthetic/gains.ts";
import { LEVEL, SEED } from "../shared/synthetic/scale.ts";
import {
  cifar10Subsets,
  plainSetting,
  type Setting,
} from "../shared/synthetic/setting.ts";
import type { Scale } from "./scale.ts";

/** Name of a shifted set. */
export type SetName = "sketches" | "colour" | "monochrome";

/** A shifted set, and which classes it has. */
export interface ShiftedSet {
  readonly name: SetName;
  /** Title for readers. */
  readonly title: string;
  readonly images: Ref<Images>;
  /** The classes that it has; the others are masked on both sides. */
  readonly classes: readonly string[];
}

const { classes: CLASSES } = cifar10;

/** The shifted sets. */
export function shiftedSets({ perCategory }: Scale): readonly ShiftedSet[] {
  return [
    {
      name: "sketches",
      title: "Sketches",
      images: loadSketches({ perCategory }),
      classes: CLASSES.filter((label) =>
        Object.hasOwn(sketchCategories, label)
      ),
    },
    {
      name: "colour",
      title: "Renditions in colour",
      images: renditions("colour").images,
      classes: CLASSES,
    },
    {
      name: "monochrome",
      title: "Renditions in black",
      images: renditions("monochrome").images,
      classes: CLASSES,
    },
  ];
}

/** Icons and emoji of one look. */
export function renditions(
  look: "colour" | "monochrome",
): ReturnType<typeof loadRenditions> {
  return loadRenditions({ look }, look);
}

/** Photographs, and the shifted set: each class of it counts the same. */
function balanced(classes: readonly string[]): Mixture<string> {
  const shares = CLASSES.map((label) =>
    classes.includes(label) ? 1 / classes.length : 0
  );
  return {
    reference: { sets: { photographs: 1 }, classes: shares },
    shifted: { sets: { shifted: 1 }, classes: shares },
  };
}

/** A line must explain as much of the variance to measure over it. */
export const LEAST_R2 = 0.5;

/** What networks are developed on: the setting of the synthetic experiments, or one of more images. */
function settingOf({ networks, images }: Scale): Setting {
  const plain = plainSetting(networks);
  return images === undefined
    ? plain
    : { ...plain, name: "natural", reference: plain.sized(images), images };
}

function evaluated(
  { label, ...run }: Trained,
  { scale, set }: { readonly scale: Scale; readonly set: ShiftedSet },
): Ref<Evaluation> {
  const { test } = cifar10Subsets(scale.networks);
  return evaluate({
    ...networkOf(scale.networks),
    ...run,
    sets: {
      photographs: takeFirst({ images: test, n: scale.test }),
      shifted: set.images,
    },
    among: set.classes,
  }, `${set.name}-${label}`);
}

/** Networks pre-trained on sketches of other things, fine-tuned on photographs. */
function sketchers(scale: Scale): readonly Trained[] {
  if (!scale.pretrains) return [];
  const { networks } = scale;
  const drawings = loadDrawings({ seed: SEED, perClass: 100 });
  return networks.pretraining.seeds.photo.map((seed) => ({
    name: "drawings",
    label: `natural-drawings-${seed}`,
    seed,
    networks: {
      final: fineTune(settingOf(scale), {
        scale: networks,
        from: pretrainedOn(drawings, {
          scale: networks,
          augmentation: wide,
          seed,
          label: "natural-drawings",
        }),
        label: "drawings",
        seed,
      }).final,
    },
  }));
}

/** The baselines of one line on one set. */
export interface SetOverLine {
  readonly fit: ReturnType<typeof fitLine>;
  readonly use: ReturnType<typeof judgeLine>;
  /** What pre-training on sketches of other things gains; nothing where none was done. */
  readonly gain: Gain | undefined;
}

/** Both lines of baselines on one shifted set. */
export function linesOn(
  scale: Scale,
  set: ShiftedSet,
): Readonly<Record<LineName, SetOverLine>> {
  const scratch = trainedFromScratch(settingOf(scale), scale.networks);
  const distributions = balanced(set.classes);
  const evaluatedAll = (runs: readonly Trained[]) =>
    runs.map((run) => evaluated(run, { scale, set }));
  const pretrained = evaluatedAll(sketchers(scale));
  const over = (name: LineName): SetOverLine => {
    const label = `${set.name}-${name}`;
    const baselines = evaluatedAll(scratch[name]);
    const fit = lineThrough(baselines, distributions, label);
    return {
      fit,
      use: judgeLine(
        {
          line: fit.line,
          level: LEVEL,
          leastR2: LEAST_R2,
          runs: placePoints({ evaluations: baselines, distributions }, label),
        },
        label,
      ),
      gain: pretrained.length === 0
        ? undefined
        : gainOver({ distributions, fit, baselines }, {
          networks: pretrained,
          label: `${set.name}-drawings`,
          line: name,
        }),
    };
  };
  return byLine(over);
}
