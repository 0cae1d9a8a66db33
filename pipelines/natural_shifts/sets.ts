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
  type ByLine,
  byLine,
  type Gain,
  gainOver,
  linesUnder,
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
  /** What its images are, and the shift to them, for readers. */
  readonly shifted: string;
  readonly description: string;
}

const { classes: CLASSES } = cifar10;

/** The shifted sets. */
export function shiftedSets(
  { perCategory }: Scale,
): Readonly<Record<SetName, ShiftedSet>> {
  return {
    sketches: {
      name: "sketches",
      title: "Sketches",
      images: loadSketches({ perCategory }),
      classes: CLASSES.filter((label) =>
        Object.hasOwn(sketchCategories, label)
      ),
      shifted: "black sketches on white",
      description:
        "From photographs to sketches of the same things that people made in twenty seconds. This is a natural shift: shapes remain in the crudest form, while textures, colours and backgrounds disappear.",
    },
    colour: {
      name: "colour",
      title: "Renditions in colour",
      images: renditions("colour").images,
      classes: CLASSES,
      shifted: "icons and emoji in colour",
      description:
        "From photographs to icons and emoji of the same things: simplified shapes in flat colours on white.",
    },
    monochrome: {
      name: "monochrome",
      title: "Renditions in black",
      images: renditions("monochrome").images,
      classes: CLASSES,
      shifted: "icons and emoji in black",
      description:
        "From photographs to icons and emoji of the same things in black on white: simplified shapes alone.",
    },
  };
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

/** Both lines of baselines on one shifted set. */
export interface LinesOn {
  readonly lines: ByLine<{
    readonly fit: ReturnType<typeof fitLine>;
    readonly use: ReturnType<typeof judgeLine>;
  }>;
  /** What pre-training on sketches of other things gains; nothing where none was done. */
  readonly gains: ByLine<Gain> | undefined;
}

/** The lines on one shifted set, and what is gained over them. */
export function linesOn(scale: Scale, set: ShiftedSet): LinesOn {
  const scratch = trainedFromScratch(settingOf(scale), scale.networks);
  const distributions = balanced(set.classes);
  const evaluatedAll = (runs: readonly Trained[]) =>
    runs.map((run) => evaluated(run, { scale, set }));
  const pretrained = evaluatedAll(sketchers(scale));
  const baselines = {
    checkpoints: evaluatedAll(scratch.checkpoints),
    sizes: evaluatedAll(scratch.sizes),
  };
  const under = linesUnder(distributions, { baselines, label: set.name });
  const lines = byLine((name) => {
    const { fit } = under[name];
    const label = `${set.name}-${name}`;
    const evaluations = baselines[name];
    const use = judgeLine({
      line: fit.line,
      level: LEVEL,
      leastR2: LEAST_R2,
      runs: placePoints({ evaluations, distributions }, label),
    }, label);
    return { fit, use };
  });
  const gains = pretrained.length === 0
    ? undefined
    : byLine((line) =>
      gainOver(under[line], {
        networks: pretrained,
        label: `${set.name}-drawings`,
        line,
      })
    );
  return { lines, gains };
}
