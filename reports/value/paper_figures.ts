/**
 * The figures of the paper, arXiv:2403.00194, and what a report has in their
 * place.
 *
 * @module
 */

/** A figure or table of the paper. */
export interface PaperFigure {
  /** As the paper numbers it. */
  readonly name: string;
  /** What it shows there. */
  readonly shows: string;
  /** What makes something in its place: what follows `deno task reproduce`, a pipeline first. */
  readonly by: readonly string[];
  /** Why nothing does. */
  readonly without?: string;
}

/** The pipelines that split shifted sets. */
const SPLITS = ["split-known-truth", "typeset-digits"];

/** All of them in order, the appendix last. */
export const PAPER_FIGURES = [
  {
    name: "Figure 1",
    shows:
      "55 pre-trained models over the line of 78 trained on ImageNet alone, on ImageNet-V2 and on ImageNet-Sketch",
    by: ["imagenet-published"],
  },
  {
    name: "Figure 2",
    shows:
      "logistic regression from several starts, where training data do not span the plane (a drawing)",
    by: ["theory"],
  },
  {
    name: "Figure 3",
    shows:
      "a shift that asks for extrapolation and one that shows a bias, with cats and dogs (a drawing)",
    by: ["spurious-tint", "vertical-flip"],
  },
  {
    name: "Figure 4",
    shows:
      "two shifts of ImageNet in support (spurious tint, label shift) and two out of support (unseen tint, vertical flip)",
    by: [
      "support",
      "spurious-tint",
      "label-shift",
      "unseen-tint",
      "vertical-flip",
      "pretrained-weights",
    ],
  },
  {
    name: "Figure 5a",
    shows: "examples of natural shifts, in support and out of support",
    by: SPLITS,
  },
  {
    name: "Figure 5b",
    shows:
      "mean effective robustness on both parts of ImageNet-V2, -Sketch and -R",
    by: SPLITS,
  },
  {
    name: "Figure 6",
    shows:
      "pre-training, a refitted last layer and both on WILDS-FMoW: effective robustness, and which examples each of them corrects",
    by: ["interventions"],
  },
  {
    name: "Figure 7a",
    shows: "how a few curated examples are made from CelebA",
    by: [],
    without:
      "There is nothing to draw: colours are chosen here, where the paper edits hair.",
  },
  {
    name: "Figure 7b",
    shows:
      "accuracy and worst-group accuracy on CelebA of a few curated examples and of the whole biased set, with pre-training and without",
    by: ["interventions"],
  },
  {
    name: "Figure B.1",
    shows: "what effective robustness is (a drawing)",
    by: ["imagenet-published"],
  },
  {
    name: "Figure B.2",
    shows: "calibration of the classifiers that split shifted sets",
    by: SPLITS,
  },
  {
    name: "Figure B.3",
    shows: "how hair is edited in CelebA",
    by: [],
    without: "As for Figure 7a.",
  },
  {
    name: "Figure C.1",
    shows:
      "hyper-parameters of fine-tuning, under the spurious tint and upside down",
    by: ["along-fine-tuning", "hyper-parameters --profile full"],
  },
  {
    name: "Figure C.2",
    shows: "the strength of the bias, of the spurious tint and the label shift",
    by: ["bias-strength --profile full"],
  },
  {
    name: "Table C.3",
    shows: "how many examples of each natural shift are in support",
    by: SPLITS,
  },
  {
    name: "Figure C.4",
    shows: "further examples of both parts, drawn at random",
    by: SPLITS,
  },
  {
    name: "Figure C.5",
    shows: "models over the line of each part",
    by: SPLITS,
  },
  {
    name: "Figure C.6",
    shows:
      "effective robustness where the part out of support counts as if it were as difficult as that in support",
    by: SPLITS,
  },
  {
    name: "Figure C.7",
    shows:
      "pre-training, balancing and both on CIFAR-10, tinted and padded at once",
    by: ["interventions"],
  },
  {
    name: "Figure C.8",
    shows: "from females to males in CelebA",
    by: [],
    without: "Not made: CelebA is not used.",
  },
  {
    name: "Figure C.9",
    shows: "curated examples of balanced classes that were not edited",
    by: ["interventions"],
  },
] as const satisfies readonly PaperFigure[];

/** Name of one of them. */
export type PaperFigureName = typeof PAPER_FIGURES[number]["name"];

/** Of some of them, ids of figures, tables and pictures that stand in their place. */
export type InPlace = Readonly<
  Partial<Record<PaperFigureName, readonly string[]>>
>;

/** What a report has in their place. */
export interface Counterparts {
  /** Data and networks that it has, beside the paper's. */
  readonly instead: string;
  readonly of: InPlace;
}
