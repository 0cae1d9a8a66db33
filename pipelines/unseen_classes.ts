/**
 * Pre-training that was never told the classes: coarse labels, and with them
 * drawings and icons of other things. The pre-trained networks of the other experiments
 * saw photographs with the labels of the very classes; here the photographs
 * stay and those labels go.
 *
 * The variants, the claims and their rules were fixed before the first run.
 *
 * @module
 */
import { iconSets } from "../data/drawings/icon_sets.ts";
import { quickDraw } from "../data/drawings/quick_draw.ts";
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import { wide } from "../models/augmentations/wide.ts";
import type { Report } from "../reports/value/report.ts";
import { drawExamples } from "../tasks/pictures/draw_examples.ts";
import { labelCoarsely } from "../tasks/datasets/label_coarsely.ts";
import { loadDrawings } from "../tasks/datasets/load_drawings.ts";
import { loadIcons } from "../tasks/datasets/load_icons.ts";
import { shrinkImages } from "../tasks/datasets/shrink_images.ts";
import { uniteClasses } from "../tasks/datasets/unite_classes.ts";
import {
  ABOVE_ZERO,
  estimateOf,
  inWords,
  LINE_TITLES,
  onBothLines,
  type Piece,
} from "./shared/synthetic/claims.ts";
import { byLine, gainOver, linesUnder } from "./shared/synthetic/gains.ts";
import {
  cifar10Record,
  flipRecord,
  pretrainedResnet8Record,
  unseenTintRecord,
} from "./shared/synthetic/material.ts";
import {
  evaluateOwn,
  evaluateTuned,
  learningRateIn,
} from "./shared/synthetic/fine_tuned.ts";
import { baselinesOf, pretrainedOn } from "./shared/synthetic/networks.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
} from "./shared/synthetic/method.ts";
import { iconPackages, packageOf } from "./shared/synthetic/packages.ts";
import { barsOverLines, fitsOver } from "./shared/synthetic/page.ts";
import {
  SEED,
  SWEPT_SCALES,
  type SweptScale,
} from "./shared/synthetic/scale.ts";
import {
  cifar10Subsets,
  plainSetting,
  shiftedTo,
  testedOn,
} from "./shared/synthetic/setting.ts";

const VARIANTS = ["photo", "coarse", "drawings"] as const;
type Variant = typeof VARIANTS[number];

const ICONS_ALT = "Rows of small icons and emoji on paper of many colours.";

/** How often each icon is there. */
function times(colourings: number): string {
  return colourings === 1 ? "once" : `${colourings} times, in other colours`;
}

export const unseenClasses: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "unseen-classes",
  title: "Pre-training without the classes’ labels",
  profiles: SWEPT_SCALES,

  build(scale: SweptScale) {
    const setting = plainSetting(scale);
    const ownSetting = testedOn(setting, ["plain", "weakTint", "flipped"]);
    const baselines = baselinesOf(setting, scale);
    const learningRate = learningRateIn(setting, scale);
    const drawings = loadDrawings({
      seed: SEED,
      perClass: scale.sweep.drawings,
    });
    const icons = loadIcons({ seed: SEED, ...scale.sweep.icons });
    const sampleOfIcons = drawExamples({
      images: icons.images,
      n: 6 * 24,
      columns: 24,
      seed: SEED,
    }, "icons").png;
    const coarse = labelCoarsely({ images: cifar10Subsets(scale).pool });
    const { side } = scale;
    const mixed = uniteClasses({
      sets: [
        coarse,
        shrinkImages({ images: drawings, side }, "drawings"),
        shrinkImages({ images: icons.images, side }, "icons"),
      ],
    });
    const evaluations = (variant: Variant) =>
      scale.sweep.unseenSeeds.map((seed) => {
        if (variant === "photo") {
          return evaluateTuned(setting, { seed, scale });
        }
        return evaluateOwn(setting, {
          scale,
          name: `${variant}, FT`,
          from: pretrainedOn(variant === "coarse" ? coarse : mixed, {
            scale,
            augmentation: wide,
            seed,
            label: variant,
          }),
          label: variant,
          seed,
          change: { learningRate },
          tested: ownSetting,
        });
      });
    const under = (
      set: "weakTint" | "flipped",
      { name, id, label }: Readonly<Record<"name" | "id" | "label", string>>,
    ) => {
      const lines = linesUnder(shiftedTo(set), { baselines, label });
      const over = (variant: Variant) =>
        byLine((line) =>
          gainOver(lines[line], {
            networks: evaluations(variant),
            label: `unseen-classes-${label}-${variant}`,
            line,
          })
        );
      return {
        name,
        id,
        lines,
        gains: {
          photo: over("photo"),
          coarse: over("coarse"),
          drawings: over("drawings"),
        },
      };
    };
    const tint = under("weakTint", {
      name: "unseen tint",
      id: "tint",
      label: "weak-tint",
    });
    const flip = under("flipped", {
      name: "vertical flip",
      id: "flip",
      label: "flip",
    });
    const shifts = [tint, flip];
    const bothOf = (variant: Variant): readonly Piece[] => [
      { value: tint.gains[variant].sizes.value, unit: "points" },
      " and ",
      { value: flip.gains[variant].sizes.value, unit: "points" },
    ];
    const { sizes, pretraining } = scale;

    return {
      id: "unseen-classes",
      title: "Pre-training without the classes’ labels",
      question:
        "Does pre-training still help out of support if it never saw the labels of the classes?",
      answer: [
        "Networks pre-trained on photographs labelled only “animal” or “vehicle” have an effective robustness of ",
        ...inWords(tint.gains.coarse.sizes),
        " under an unseen tint and ",
        ...inWords(flip.gains.coarse.sizes),
        " on photographs upside down, over the line of finished networks; with drawings and icons of other things besides those photographs, they have ",
        ...inWords(tint.gains.drawings.sizes),
        " and ",
        ...inWords(flip.gains.drawings.sizes),
        ".",
      ],
      claims: shifts.flatMap(({ name, id, gains }) =>
        (["coarse", "drawings"] as const).map((variant) => ({
          id: `${variant}-${id}`,
          asked: true as const,
          statement:
            `Under the ${name}, pre-training without the classes’ labels (${variant}) still brings effective robustness.`,
          paper: "not in the paper",
          whose: "ours" as const,
          ...onBothLines((line) =>
            estimateOf(gains[variant][line], LINE_TITLES[line])
          ),
          rule: ABOVE_ZERO,
          figure: "robustness",
        }))
      ),
      figures: [{
        kind: "robustness-bars",
        id: "robustness",
        title:
          "Effective robustness out of support, with and without the classes’ labels",
        finding: [
          "Over the line of finished networks, photo ",
          ...bothOf("photo"),
          " (unseen tint and flip); coarse ",
          ...bothOf("coarse"),
          "; drawings ",
          ...bothOf("drawings"),
          ".",
        ],
        note:
          `Networks of each kind: ${scale.sweep.unseenSeeds.length}. If there is only one, its interval allows for the line and the test images alone.`,
        shifts: shifts.map(({ name }) => ({ name, support: "out" as const })),
        estimates: shifts.flatMap(({ name, gains }) =>
          VARIANTS.flatMap((group) =>
            barsOverLines({ shift: name, group }, gains[group])
          )
        ),
      }],
      tables: [
        fitsOver(shifts, { title: "Out of support", label: "unseen-classes" }),
      ],
      pretraining: [
        ...pretrainingRecords(scale, ["photo"]),
        {
          name: "coarse",
          saw:
            `The same ${sizes.pool} photographs and steps (${pretraining.steps}), with two labels: animal and vehicle. ${wide.description}`,
        },
        {
          name: "drawings",
          saw: [
            `Those photographs with their two labels; ${scale.sweep.drawings} sketches of each of ${quickDraw.classes.length} other things (Quick, Draw!); and `,
            { value: icons.n, unit: "count" },
            " icons and emoji of ",
            { value: icons.concepts, unit: "count" },
            ` other concepts, each ${
              times(scale.sweep.icons.colourings)
            }. Relatives of the ten classes are left out of both. The number of steps is the same. ${wide.description}`,
          ],
        },
      ],
      pictures: [{
        id: "icons",
        caption:
          "A random sample of the icons and emoji that the drawings networks were pre-trained on: black ones in a random ink on random paper, like the sketches, the others in their own colours on random paper.",
        alt: ICONS_ALT,
        png: sampleOfIcons,
      }],
      scaledDown: [
        ...scaledDown(scale, {
          photo: scale.sweep.unseenSeeds.length,
          narrow: 0,
          probed: 0,
        }),
        {
          what: "Networks without the classes",
          paper: "not in the paper",
          here:
            `${scale.sweep.unseenSeeds.length} pre-trained without the labels of the classes, ${scale.sweep.unseenSeeds.length} on drawings of other things, and the photo networks of the same seeds; all take as many steps, and since warm-up is half an epoch of their own images, that of those on drawings takes more of them`,
        },
      ],
      sections: [methodSection([{ on: "plain photographs", learningRate }])],
      datasets: [
        cifar10Record(scale),
        {
          id: "quick-draw",
          title: quickDraw.title,
          ...packageOf(quickDraw),
          classes: quickDraw.classes,
          sizes: { drawings: quickDraw.sizes.train },
          digest: quickDraw.digest,
        },
        {
          id: "icon-concepts",
          title: "Icon concepts",
          description: [
            { value: icons.n, unit: "count" },
            " icons and emoji of ",
            { value: icons.concepts, unit: "count" },
            ` concepts: all names that at least ${scale.sweep.icons.leastSets} of ${iconSets.length} sets share, numbers and words of style at their ends apart, without the classes of CIFAR-10 and their relatives. Drawings of one name make one class. Each black one is drawn in a random ink on a random paper, each coloured one on a random paper. Drawings that could not be made: `,
            { value: icons.skipped, unit: "count" },
            ".",
          ],
          ...iconPackages(iconSets),
          sheet: {
            id: "icon-concepts",
            caption: "A random sample of them.",
            alt: ICONS_ALT,
            png: sampleOfIcons,
          },
        },
      ],
      shifts: [unseenTintRecord(scale, ["weak"]), flipRecord(scale)],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
