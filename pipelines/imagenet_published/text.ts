/**
 * What the page says in words: what differs from the paper, the method, and
 * whether the accuracies are what is published, for which alone the tables are
 * needed.
 *
 * @module
 */
import { pretrainingData } from "../../data/tables/pretraining_data.ts";
import { sourceOf } from "../../data/tables/published_table.ts";
import { TIMM_ACCURACIES } from "../../data/tables/timm_accuracies.ts";
import { ofEachTable, timmResults } from "../../data/tables/timm_results.ts";
import { orElse } from "../../engine/define/or_else.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Prose } from "../../reports/value/prose.ts";
import type {
  Pretraining,
  ScaledDown,
  Section,
} from "../../reports/value/report.ts";
import { checkAccuracies } from "../../tasks/datasets/check_accuracies.ts";
import { fetchSource } from "../../tasks/datasets/fetch_source.ts";
import type { loadAccuracies } from "../../tasks/datasets/load_accuracies.ts";

/** What differs from the paper's protocol, and why. */
export const differences: readonly ScaledDown[] = [
  {
    what: "Accuracies",
    paper: "the authors’ own evaluation of timm’s weights, in 2023",
    here:
      "those published by timm (2025-10-30). Evaluating 133 networks takes a GPU and the datasets; reading published accuracies takes neither. Another evaluation of the same weights can differ in the first decimal",
  },
  {
    what: "Images",
    paper:
      "cropped to a square of 256 pixels, then resized to the training size of each network: networks trained at 288 to 448 pixels see enlarged images",
    here:
      "resized from the originals. 12 baselines and 22 pre-trained networks were trained at more than 256 pixels and do better here, mostly on ImageNet-Sketch",
  },
  {
    what: "Resolution",
    paper: "the training resolution",
    here:
      "the same: of the rows of a network, that of the smallest size. 30 of the 133 networks have a second row at a larger size, which the sensitivity analysis uses",
  },
  {
    what: "Models",
    paper: "78 baselines and 55 pre-trained (one is listed twice)",
    here: "the same 78 and 55, each once",
  },
  {
    what: "Interval of the mean",
    paper:
      "from the line alone, with a residual standard error √((n − 1)/n) times the textbook’s",
    here:
      "both variants, and one that adds the spread between networks and the noise of the test images",
  },
  {
    what: "ImageNet-R",
    paper:
      "reference accuracy among the 200 classes; on ImageNet-R itself a network may choose any of the 1000",
    here: "both accuracies among the 200 classes",
  },
  {
    what: "Shifts",
    paper: "ImageNet-V2, -Sketch and -R, also split by support",
    here:
      "the same three without a split, which would need every prediction; also ImageNet-A and ReaL labels",
  },
];

/** How it is measured. */
export const sections: readonly Section[] = [
  {
    id: "method",
    title: "Method",
    text:
      "A model’s **effective robustness** is its shifted accuracy minus what the line through the baselines predicts from its reference accuracy. The line is fitted by least squares after both accuracies go through Φ⁻¹, the inverse of the normal distribution function. The band is the pointwise 95% t interval of the mean line. Nothing here is trained: every number is computed from the accuracies in the tables listed under [Data](#data) (see [The accuracies](#accuracies)).\n\nA model’s data are those that its tag names first: `clip_laion2b_soup_ft_in12k_in1k` counts as CLIP-LAION, although it was also fine-tuned on ImageNet-12k. *All* comprises the models of any architecture with tags that name data other than ImageNet-1k; tags that name only a method (`seer`, most of `ssld`) are not considered.\n\nOf the baselines, 22 are not trained plainly on ImageNet-1k: 14 learned from a teacher, and 8 predicted masked images first. They belong to the line, as in the paper; the sensitivity analysis leaves them out.",
  },
  {
    id: "noise",
    title: "The maximum and its noise",
    text:
      "An accuracy on the 10,000 images of ImageNet-V2 has a binomial standard error of about 0.4 points, and the highest of 55 noisy numbers partly owes its rank to luck. We report two things about it.\n\nThe **interval of the maximum** is that of the highest true effective robustness, whichever model has it. Each model gets an interval of level 0.95^(1/n) that allows for the noise of both accuracies and for the line; by Šidák’s inequality, all n intervals hold at once with a probability of at least 95%, however correlated the errors of the models. The interval of the maximum runs from the highest lower end to the highest upper end.\n\nThe **excess by noise** is the amount by which a maximum is expected to exceed the highest true value. It is simulated: the measured values are shrunk together until their spread is what noise does not explain, and binomial noise is added to both accuracies of every model. The simulation assumes independent errors. The models were tested on the same images and their errors agree in part, so the result is an upper bound; with ReaL labels, even reference and shifted images are the same.\n\nAll intervals here, including that of the mean, are for other images of the same kind, and take the images as if baselines and pre-trained models shared none; they share all, so the intervals are wider than they need to be. The maximum *on these images* has no such noise, so the rule of the claim judges the estimate alone.",
  },
];

/** What each of the data is. */
export const pretraining: readonly Pretraining[] = Object.entries(
  pretrainingData,
).map(([name, saw]) => ({ name, saw }));

const ABOUT =
  `Accuracies are facts. Those used here are kept in \`${TIMM_ACCURACIES}\` as the published tables print them; its head names the address, commit and licence of each table. So no network access is needed. `;

/** What the page says of the accuracies, with one sentence on their check. */
export function accuraciesSection(
  copy: ReturnType<typeof loadAccuracies>,
): Lazy<Section> {
  const checked = checkAccuracies({
    copy,
    tables: ofEachTable((name) =>
      fetchSource({ source: sourceOf(timmResults[name]) }, name)
    ),
  });
  return {
    id: "accuracies",
    title: "The accuracies",
    text: orElse<Prose>(
      [
        ABOUT,
        "All ",
        { value: checked, unit: "count" },
        " of them were checked row by row against the published tables.",
      ],
      ({ kind }) =>
        ABOUT +
        (kind === "unavailable"
          ? `When this page was made, the published tables could not be reached. The numbers are those of \`${TIMM_ACCURACIES}\`, which was checked against the tables when it was written.`
          : `When this page was made, the check against the published tables failed. The numbers are those of \`${TIMM_ACCURACIES}\`.`),
    ),
  };
}
