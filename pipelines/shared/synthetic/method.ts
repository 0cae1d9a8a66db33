/**
 * What the pages of the synthetic shifts say of how it was done: what is smaller
 * than in the paper, what pre-trained networks saw, the method.
 *
 * @module
 */
import { listed } from "../../../engine/define/listed.ts";
import type { Lazy } from "../../../engine/define/ref.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import { numberRanges } from "../../../reports/value/number_ranges.ts";
import {
  formatCounts,
  type Quantity,
} from "../../../reports/value/quantity.ts";
import type {
  Pretraining as PretrainingRecord,
  ScaledDown,
  Section,
} from "../../../reports/value/report.ts";
import { counted } from "../../../reports/value/wording.ts";
import type { Rate } from "./fine_tuned.ts";
import { augmentationOf, type Pretraining } from "./networks.ts";
import type { Scale, ScratchRuns } from "./scale.ts";

function count(value: number): Quantity {
  return { value, unit: "count" };
}

/** What makes the lines of a reference distribution. */
function runsOf(
  { seeds, epochs, checkpoints, sizeSeeds }: ScratchRuns,
  { sizes, lines }: {
    readonly sizes: number;
    readonly lines: "both" | "checkpoints";
  },
): string {
  return `checkpoints of ${counted(seeds.length, "run")} after epochs ${
    numberRanges(checkpoints)
  } of ${epochs}${
    lines === "checkpoints"
      ? ""
      : `, and ${seeds.length + sizes * sizeSeeds.length} finished networks`
  }`;
}

/** The same for all of them, those that are alike together. */
function allRuns(
  { plain, tint, label, sizes }: Scale["scratch"],
  lines: "both" | "checkpoints",
): string {
  const byText = Map.groupBy(
    [
      ["on plain photographs", plain],
      ["on tinted ones", tint],
      ["on photographs with rare classes", label],
    ] as const,
    ([, runs]) => runsOf(runs, { sizes: sizes.length, lines }),
  );
  return [...byText].map(([text, group]) =>
    byText.size === 1
      ? text
      : `${group.map(([where]) => where).join(" and ")}, ${text}`
  ).join("; ");
}

/** What stands in place of the paper's data and networks. */
export const SMALLER_NETWORKS =
  "photographs of CIFAR-10, made smaller; ResNet-8, pre-trained here on other photographs of the same classes";

/** What of the shared networks a page measures. */
export interface MeasuredNetworks {
  /** Numbers of pre-trained networks of each kind; all where left out. */
  readonly photo?: number;
  readonly narrow?: number;
  /** Photo networks whose head was trained alone first; all where left out. */
  readonly probed?: number;
  /** Lines through the baselines; both where left out. */
  readonly lines?: "both" | "checkpoints";
}

/** What is smaller than in the paper, whatever the shift. */
export function scaledDown(
  scale: Scale,
  {
    photo = scale.pretraining.seeds.photo.length,
    narrow = scale.pretraining.seeds.narrow.length,
    probed = scale.fineTuning.probed,
    lines = "both",
  }: MeasuredNetworks = {},
): readonly ScaledDown[] {
  const { sizes, scratch, fineTuning, pretraining, widths, batchSize, side } =
    scale;
  const own = scratch.sizes.map(({ images }) => images);
  return [
    {
      what: "Images",
      paper: "ImageNet, 1.28 million photographs of 224×224 pixels",
      here: [
        "CIFAR-10, ",
        count(sizes.reference),
        ` reference photographs of ${side}×${side} pixels${
          side === 32
            ? ""
            : `, each pixel the mean of ${32 / side}×${
              32 / side
            } of the published ones`
        }; `,
        count(sizes.test),
        " test images",
      ],
    },
    {
      what: "Network",
      paper: "ViT-B/32, 88 million parameters",
      here: `${resnet8.title}, widths ${widths.join(", ")}`,
    },
    {
      what: "Pre-training",
      paper: "CLIP (400 million image-text pairs) and AugReg (ImageNet-21k)",
      here: [
        count(sizes.pool),
        ` other photographs of the same ten classes, ${pretraining.steps} steps of ${batchSize}; much closer to the task than web-scale data`,
      ],
    },
    {
      what: "Baselines",
      paper:
        "35 checkpoints of one run, epochs 50 to 85 of 100 (under the label shift 102 to 170 of 200)",
      here: `${lines === "both" ? "two lines" : "a line"}: ${
        allRuns(scratch, lines)
      }. Checkpoints are moving averages of weights and batch statistics${
        lines === "checkpoints"
          ? ""
          : `; finished networks are trained on ${
            listed(
              formatCounts([...own, sizes.reference].sort((a, b) => a - b)),
            )
          } images`
      }`,
    },
    {
      what: "Fine-tuned networks",
      paper:
        "5: CLIP by three methods and AugReg by two, 4 copies each; learning rate chosen on the images used for the results",
      here: `${
        narrow === 0
          ? counted(photo, "photo network")
          : `${photo} photo and ${narrow} narrow networks`
      }, ${
        photo + narrow === 1
          ? "pre-trained"
          : "each pre-trained with its own seed"
      } and fine-tuned once per setting with all weights (FT; epochs: ${fineTuning.epochs})${
        probed === 0
          ? ""
          : `, and ${probed} of photo whose head was trained alone first (LP-FT)`
      }; ${
        fineTuning.learningRates.length === 1
          ? "learning rate fixed in advance"
          : `learning rate chosen from ${
            listed(fineTuning.learningRates.map(String))
          } with the first photo network, on ${sizes.selection} images that nothing else uses`
      }`,
    },
  ];
}

/** What the pre-trained networks of these kinds saw. */
export function pretrainingRecords(
  scale: Scale,
  kinds: readonly Pretraining[] = ["photo", "narrow"],
): readonly PretrainingRecord[] {
  const { sizes, pretraining: { steps }, batchSize } = scale;
  const seen = (kind: Pretraining) => augmentationOf(kind, scale).description;
  const records: Readonly<Record<Pretraining, PretrainingRecord>> = {
    photo: {
      name: "photo",
      saw: [
        count(sizes.pool),
        ` CIFAR-10 training photographs outside the reference set, with the labels of the same ten classes, for ${steps} steps of ${batchSize}. ${
          seen("photo")
        } The shifts make the same kinds of change: this stands in for a pre-training set that is broad enough to contain them.`,
      ],
    },
    narrow: {
      name: "narrow",
      saw: `The control: the same photographs, labels and steps. ${
        seen("narrow")
      }`,
    },
  };
  return kinds.map((kind) => records[kind]);
}

/** Where networks were fine-tuned, and with which learning rate. */
export interface RateUsed {
  /** The reference distribution, e.g. "plain photographs". */
  readonly on: string;
  readonly learningRate: Rate;
}

const BOTH_LINES =
  "There are two lines: a claim is supported if it holds over both, and contradicted if it surely fails over one of them. The **line of checkpoints** goes through averaged checkpoints of a few runs, where the paper has checkpoints of one; it ends where training from scratch ends. The **line of finished networks** goes through networks trained on fewer and on more images, so that it reaches further.";

const ONE_LINE =
  "The line goes through averaged checkpoints of a few runs, where the paper has checkpoints of one; it ends where training from scratch ends.";

const BEND =
  "A bend of the line of finished networks, which networks of one size share, is not in them: the experiments on single shifts have a table of how straight that line is. ";

/** How effective robustness is measured. */
export function methodSection(
  rates: readonly RateUsed[],
  { lines = "both" }: Pick<MeasuredNetworks, "lines"> = {},
): Lazy<Section> {
  return {
    id: "method",
    title: "Method",
    text: [
      "A network’s **effective robustness** is its shifted accuracy minus what the line through the baselines predicts from its reference accuracy. The line is fitted by least squares after both accuracies go through Φ⁻¹, the inverse of the normal distribution function. An accuracy of 0 or 1, for which Φ⁻¹ is infinite, is moved by half an image: to 1/(2n) or 1 − 1/(2n) with n test images.\n\n",
      lines === "both" ? BOTH_LINES : ONE_LINE,
      "\n\nThe unit is the pre-trained network: each has its own seed and is fine-tuned once a setting. The interval of a mean effective robustness is a Student’s t interval with three sources of error, whose squares are added: the spread between the networks; the line (that of checkpoints by leaving out its runs one by one, because checkpoints of one run lie high or low together; that of finished networks by least squares); and the test images, which are the same for networks and baselines, so that their difficulty largely cancels. A change of the same networks, from one shift to another or along an axis, is taken network by network; between two kinds of networks, the variances of their spreads are added. Over one line the error of the line is that of the difference, so that most of it cancels; two lines count as independent, and so do networks of one seed on fewer and on more images, which begin with the same weights. In simulations with three runs or more, of lines that are truly straight and of networks that err independently, such intervals contain the truth 93 to 97 times in a hundred. ",
      lines === "both" ? BEND : "",
      "The band in the figures is the paper’s: that of a mean line through independent points. The learning rate of fine-tuning is ",
      ...rates.flatMap(({ on, learningRate }, i) => [
        i === 0 ? "" : i < rates.length - 1 ? ", " : " and ",
        { value: learningRate, digits: 3 },
        ` on ${on}`,
      ]),
      ".",
    ],
  };
}
