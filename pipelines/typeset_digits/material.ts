/**
 * What the experiment with typeset digits is made of, as its pages show it.
 *
 * @module
 */
import { mnist } from "../../data/datasets/mnist.ts";
import { typefaces, typefacesFor } from "../../data/drawings/typefaces.ts";
import { listed } from "../../engine/define/listed.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { warp } from "../../models/augmentations/warp.ts";
import { resnet8 } from "../../models/resnet8.ts";
import type {
  DatasetRecord,
  ModelRecord,
  ShiftRecord,
} from "../../reports/value/material.ts";
import { numberRanges } from "../../reports/value/number_ranges.ts";
import { formatCounts } from "../../reports/value/quantity.ts";
import type {
  Pretraining as PretrainingRecord,
  ScaledDown,
  Table,
} from "../../reports/value/report.ts";
import { counted } from "../../reports/value/wording.ts";
import { drawContactSheet } from "../../tasks/pictures/draw_contact_sheet.ts";
import type { LazyPicture } from "../shared/synthetic/material.ts";
import { packageOf, typefacePackages } from "../shared/synthetic/packages.ts";
import { letters, mnistSubsets, typesetDigits } from "./networks.ts";
import type { Scale } from "./scale.ts";

/** MNIST, as the page shows it. */
export function mnistRecord(scale: Scale): Lazy<DatasetRecord> {
  return {
    id: "mnist",
    title: mnist.title,
    description:
      "Handwritten digits of some 500 writers, fitted into 20 × 20 pixels and centred by mass in 28 × 28.",
    ...packageOf(mnist),
    classes: mnist.classes,
    sizes: { ...mnist.sizes },
    sheet: {
      id: "mnist",
      caption: "The first test images of each digit.",
      alt: "Ten rows of small handwritten digits, one row a digit.",
      png: drawContactSheet(
        { sets: [mnistSubsets(scale).test], perClass: 16 },
        "mnist",
      ),
    },
    digest: mnist.digest,
  };
}

/** The typefaces, as the page shows them. */
export function typefacesRecord(scale: Scale): Lazy<DatasetRecord> {
  return {
    id: "typefaces",
    title: `${typefaces.length} typefaces`,
    description: [
      `Digits of ${
        typefacesFor("evaluation").length
      } families to evaluate on, letters of ${
        typefacesFor("pre-training").length
      } others to pre-train on: at this profile `,
      { value: typesetDigits(scale).n, unit: "count" },
      " digits of ",
      { value: typesetDigits(scale).familyCount, unit: "count" },
      " families and ",
      { value: letters(scale).n, unit: "count" },
      " letters of ",
      { value: letters(scale).familyCount, unit: "count" },
      ". No family has both roles. The characters are drawn, fitted and centred like MNIST.",
    ],
    ...typefacePackages(typefaces),
    classes: mnist.classes,
    sheet: typesetPicture(scale),
  };
}

/** Handwritten digits beside typeset ones. */
export function shiftPicture(scale: Scale): LazyPicture {
  return {
    id: "handwritten-typeset",
    caption:
      "Left: test images of handwritten digits, the reference distribution; right: the shifted one, digits of the first typefaces of the test set, one family of each style in turn. Each row is one digit.",
    alt:
      "Two blocks of ten rows of small digits, one row a digit: on the left each is written by another hand, on the right each is of a typeface, from handwriting to pixels.",
    png: drawContactSheet({
      sets: [mnistSubsets(scale).test, typesetDigits(scale).images],
      perClass: 12,
    }, "handwritten-typeset"),
  };
}

/** Digits of many typefaces. */
function typesetPicture(scale: Scale): LazyPicture {
  return {
    id: "typeset-digits",
    caption:
      "The first typefaces of the test set, one family of each style in turn: handwriting, script, serif, sans, slab, blackletter, display, pixel, monospaced. Each row is one digit.",
    alt:
      "Ten rows of small digits, each row one digit in many typefaces from handwriting to block letters.",
    png: drawContactSheet(
      { sets: [typesetDigits(scale).images], perClass: 36 },
      "typeset-digits",
    ),
  };
}

/** Letters that pre-training sees. */
export function lettersPicture(scale: Scale): LazyPicture {
  return {
    id: "letters",
    caption:
      "The first typefaces that pre-training sees, none of them from an evaluation family; each row is one letter, upper or lower case.",
    alt: "Twenty-six rows of small letters, each row one letter in many faces.",
    png: drawContactSheet(
      { sets: [letters(scale).images], perClass: 24 },
      "typeset-letters",
    ),
  };
}

/** Handwritten digits, then typeset ones. */
export function typesetRecord(scale: Scale): Lazy<ShiftRecord> {
  return {
    id: "typeset-digits",
    title: "Handwritten to typeset digits",
    support: "part",
    description:
      "Networks are developed on handwritten digits and then meet the digits of typefaces. This is a natural shift: nobody chose what changes. Some typefaces imitate handwriting, most have shapes that no hand draws; a classifier decides which digits are in the support of the handwritten ones.",
    reference: "handwritten digits (MNIST)",
    shifted: "digits of typefaces",
    settings: [{
      name: "faces of a family, at most",
      value: `${scale.typefaces.facesPerFamily}`,
    }],
    sheet: shiftPicture(scale),
  };
}

/** The residual network, in its widths here. */
export function digitNetworkRecord({ widths }: Scale): ModelRecord {
  return {
    id: "resnet-8",
    title: resnet8.title,
    description: resnet8.description,
    settings: [{
      name: "channels of the blocks",
      value: widths.map((widths) => widths.join("–")).join("; "),
    }],
  };
}

/** Every family with its style, role and licence. */
export function familiesTable(): Table {
  return {
    id: "families",
    caption:
      "The families of typefaces, what each is used for, and its licence as stated by its package.",
    columns: ["family", "style", "role", "faces", "licence", "package"],
    rows: typefaces.map((typeface) => [
      typeface.family,
      typeface.style,
      typeface.role,
      { value: typeface.files.length, unit: "count" },
      typeface.licence,
      `${typeface.source}@${typeface.version}`,
    ]),
  };
}

/** What the pre-trained networks saw. */
export function pretrainingRecords(
  scale: Scale,
): readonly Lazy<PretrainingRecord>[] {
  const { steps, digits } = scale.pretraining;
  return [
    {
      name: "letters",
      saw: [
        { value: letters(scale).n, unit: "count" },
        " letters (26 classes: a capital and its small letter are one) of ",
        { value: letters(scale).familyCount, unit: "count" },
        ` families that are not evaluated on, and no digit, for ${steps} steps of ${scale.batchSize}. ${warp.description}`,
      ],
    },
    {
      name: "digits",
      saw: [
        "The control: ",
        { value: digits, unit: "count" },
        ` other handwritten digits (10 classes) with the same augmentation and as many steps; no typeface. It has seen the task itself.`,
      ],
    },
  ];
}

/** What differs from the paper's natural shifts. */
export function scaledDown(scale: Scale): readonly ScaledDown[] {
  const { sizes, scratch, widths, fineTuning, pretraining, split, batchSize } =
    scale;
  return [
    {
      what: "Shift",
      paper:
        "ImageNet to ImageNet-V2, Sketch and R: photographs and drawings of 1000 classes (ImageNet-R: 200)",
      here: [
        "MNIST, ",
        { value: sizes.reference, unit: "count" },
        " images, to digits of typefaces: 10 classes, 28 × 28 pixels",
      ],
    },
    {
      what: "Baselines",
      paper: "78 published networks trained on ImageNet",
      here: `${resnet8.title} from scratch: of widths ${
        widths.map((widths) => widths.join("–")).join(" and ")
      } on ${
        listed(formatCounts(
          [...scratch.sizes.map(({ images }) => images), sizes.reference]
            .sort((a, b) => a - b),
        ))
      } images; and checkpoints of ${
        counted(scratch.seeds.length, "run")
      } after epochs ${numberRanges(scratch.checkpoints)} of ${scratch.epochs}`,
    },
    {
      what: "Pre-trained networks",
      paper: "55 published networks pre-trained on up to billions of images",
      here:
        `${pretraining.seeds.length} of each kind, pre-trained for ${pretraining.steps} steps of ${batchSize} and fine-tuned once (epochs: ${fineTuning.epochs}); learning rate ${
          fineTuning.learningRates.length === 1
            ? "fixed in advance"
            : `chosen from ${
              listed(fineTuning.learningRates.map(String))
            } on ${sizes.selection} images that nothing else uses, with the first network pre-trained on letters, for both kinds`
        }`,
    },
    {
      what: "Splitting classifier",
      paper:
        "CLIP ViT-L/14 fine-tuned for 8 epochs, 10-fold cross-fitting by image",
      here:
        `a pre-trained network fine-tuned to tell the sets apart (epochs: ${split.epochs}), ${split.folds}-fold cross-fitting in which a family is held out as a whole`,
    },
  ];
}
