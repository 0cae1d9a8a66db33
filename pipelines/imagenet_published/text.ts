/**
 * What the page says in words: what differs from the paper, and the method.
 *
 * @module
 */
import { pretrainingData } from "../../data/tables/pretraining_data.ts";
import type {
  Pretraining,
  ScaledDown,
  Section,
} from "../../reports/value/report.ts";

/** What differs from the paper's protocol, and why. */
export const differences: readonly ScaledDown[] = [
  {
    what: "Accuracies",
    paper: "the authors’ own evaluation of timm’s weights, in 2023",
    here:
      "those that timm publishes (2025-10-30). Evaluating 133 networks takes a GPU and the data sets; reading them takes neither. Another reading of the same weights can differ in the first decimal",
  },
  {
    what: "Images",
    paper:
      "cropped to a square of 256 pixels, then resized to what each network was trained at: networks of 288 to 448 pixels see enlarged images",
    here:
      "resized from the originals. 12 baselines and 22 pre-trained networks are of more than 256 pixels, and do better here, mostly on ImageNet-Sketch",
  },
  {
    what: "Resolution",
    paper: "that of training",
    here:
      "the same: of a network’s rows that of the smallest size. 30 of the 133 have a second row at a larger one, looked at under sensitivity",
  },
  {
    what: "Models",
    paper: "78 baselines and 55 pre-trained (one is listed twice)",
    here: "the same 78 and 55, each once",
  },
  {
    what: "Interval of the mean",
    paper:
      "of the line alone, with a residual standard error that is √((n − 1)/n) times the textbook’s",
    here:
      "both variants, and one that adds the spread between networks and the noise of the test images",
  },
  {
    what: "ImageNet-R",
    paper:
      "reference accuracy among the 200 classes; on ImageNet-R itself a network may answer any of 1000",
    here: "both accuracies among the 200 classes",
  },
  {
    what: "Shifts",
    paper: "ImageNet-V2, -Sketch and -R, also split by support",
    here:
      "the same three unsplit, for a split needs every prediction; ImageNet-A and ReaL labels besides",
  },
];

/** How it is measured. */
export const sections: readonly Section[] = [
  {
    id: "method",
    title: "Method",
    text:
      "A model’s **effective robustness** is its shifted accuracy minus what the line through the baselines predicts from its reference accuracy. The line is fitted by least squares after both accuracies go through Φ⁻¹, the inverse of the normal distribution function. The band is the pointwise 95% t interval of the mean line. Nothing here is trained: every number is computed from accuracies of the tables listed under [Data](#data), which are pinned by their digests (see [The accuracies](#accuracies)).\n\nA model’s data are those that its tag names first: `clip_laion2b_soup_ft_in12k_in1k` counts as CLIP-LAION, though it was fine-tuned on ImageNet-12k on the way. *All* are the models of any architecture whose tag names data other than ImageNet-1k; tags that name only a method (`seer`, most of `ssld`) are not looked into.\n\nOf the baselines 22 are not plain training on ImageNet-1k: 14 learned from a teacher and 8 predicted masked images first. They are in the line, as in the paper, and left out under sensitivity.",
  },
  {
    id: "noise",
    title: "The maximum and its noise",
    text:
      "An accuracy on the 10,000 images of ImageNet-V2 has a binomial standard error of about 0.4 points, and the highest of 55 noisy numbers is partly the one with the luckiest noise. Two things are said of it.\n\nThe **interval of the maximum** is that of the highest true effective robustness, whichever model has it. Each model gets an interval of level 0.95^(1/n), for the noise of both accuracies and for the line; by Šidák’s inequality all n hold at once with at least 95%, however alike the models err. The interval of the maximum runs from the highest lower to the highest upper end.\n\nThe **excess by noise** is what a maximum is expected to exceed the highest true value by. It is simulated: true values are the measured ones drawn together until their spread is what noise does not explain, and both accuracies of every model get binomial noise. The models are taken to err independently. They were tested on the same images and err alike in part, so it is an upper bound; with ReaL labels even reference and shifted images are the same.\n\nThe interval of the mean and all others here are for other images of the same kind. The maximum *on these images* has no such noise, which is why the rule of the claim judges the number itself.",
  },
];

/** What each of the data is. */
export const pretraining: readonly Pretraining[] = Object.entries(
  pretrainingData,
).map(([name, saw]) => ({ name, saw }));
