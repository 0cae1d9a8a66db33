/**
 * Thirty published networks of CIFAR-10 on CIFAR-10.1: do they lie on a line,
 * and do our intervals for published tables (decision 007) hold what they
 * should on networks that nobody here has trained? Nothing is trained, and all
 * profiles are alike: every number follows from three counts of each network,
 * but for what intervals of decision 017 would hold, which need predictions
 * (tests/stats/data/make_image_coverage.py).
 *
 * Families, claims and their rules were fixed before the first run; docs/log.md
 * has what was expected.
 *
 * @module
 */
import { bibtex } from "../data/datasets/dataset.ts";
import {
  cifarPredictions,
  cifarTestImages,
} from "../data/tables/cifar_models.ts";
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Lazy, Ref } from "../engine/define/ref.ts";
import type { Estimate } from "../reports/value/claim.ts";
import type { Figure } from "../reports/value/figure.ts";
import type { Report } from "../reports/value/report.ts";
import { answerTable } from "./shared/synthetic/answers.ts";
import type { Piece } from "./shared/synthetic/claims.ts";
import { countCoverage } from "../tasks/lines/count_coverage.ts";
import { fitLine } from "../tasks/lines/fit_line.ts";
import { judgeLine } from "../tasks/lines/judge_line.ts";
import { leaveFamiliesOut } from "../tasks/lines/leave_families_out.ts";
import { readCounts } from "../tasks/lines/read_counts.ts";
import { tabulateFits } from "../tasks/lines/tabulate_fits.ts";
import { CIFAR_10_1 } from "./shared/synthetic/material.ts";
import { LEVEL } from "./shared/synthetic/scale.ts";

/** The family that learns no features. */
const APART = "random features";

/** Everything that is measured on one version. */
function measured(version: "v6" | "v4") {
  const title = `CIFAR-10.1 ${version}`;
  const { points, runs, families } = readCounts({ shifted: version }, version);
  const line = (scale: "probit" | "linear") => {
    const label = `${version}-${scale}`;
    const fit = fitLine(
      { points: [points], scale, extremes: { kind: "error" } },
      label,
    );
    const slope = judgeLine(
      { line: fit.line, level: LEVEL, leastR2: 0.9, runs },
      label,
    );
    return { fit, slope };
  };
  const left = leaveFamiliesOut(
    { shift: title, families, apart: APART, level: LEVEL },
    version,
  );
  const coverage = (of: "ofModels" | "ofLine" | "ofFamilies") =>
    countCoverage({ intervals: left[of], level: LEVEL }, `${version}-${of}`);
  return {
    id: version,
    title,
    points,
    probit: line("probit"),
    linear: line("linear"),
    left,
    coverage: {
      models: coverage("ofModels"),
      line: coverage("ofLine"),
      families: coverage("ofFamilies"),
    },
  };
}

type MeasuredVersion = ReturnType<typeof measured>;

export const cifarPublished: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "cifar-published",
  title: "Published CIFAR-10 models",
  profiles: { smoke: {}, default: {}, full: {} },

  build() {
    const v6 = measured("v6");
    const v4 = measured("v4");
    const versions = [v6, v4];
    return {
      id: "cifar-published",
      title: "Published CIFAR-10 models",
      question:
        "Do 30 published networks, all trained on CIFAR-10 alone, lie on one line on CIFAR-10.1, and do our intervals for published tables contain zero for a family that the line has not seen?",
      answer: [
        "One line explains ",
        { value: v6.probit.slope.r2, unit: "percent" },
        " of the variance between the networks on CIFAR-10.1 v6; with each family left out in turn, the interval of effective robustness contains zero for **",
        ...countOf(v6.coverage.models, "models**"),
        ", that of the line alone for ",
        { value: v6.coverage.line.held, unit: "count" },
        ".\n\nSlopes with 95% intervals, on the probit scale:",
        ...answerTable(
          [
            "on",
            "slope",
            "r²",
            "zero in our interval",
            "zero in the line’s interval",
          ],
          versions.map((
            { title, probit: { slope }, coverage: { models, line } },
          ): readonly (readonly Piece[])[] => [
            [title],
            [
              { value: slope.slope },
              " (",
              { value: slope.low },
              " to ",
              { value: slope.high },
              ")",
            ],
            [{ value: slope.r2 }],
            countOf(models),
            [{ value: line.held, unit: "count" }],
          ]),
        ),
      ],
      claims: [
        {
          id: "larger-gains",
          whose: "ours",
          statement:
            "Gains in accuracy on CIFAR-10 become larger gains on CIFAR-10.1.",
          paper: "larger (arXiv:1902.10811)",
          estimate: slopeOf(v6),
          further: [slopeOf(v4)],
          rule: { kind: "above", bound: 1 },
          remark:
            "The slope of the line on the linear scale: points on CIFAR-10.1 per point on CIFAR-10. On the probit scale the slope is close to one (see the table of lines), because a point counts for more the closer accuracies are to 100%.",
          figure: "v6",
        },
        {
          id: "random-features",
          asked: true,
          whose: "ours",
          statement:
            "Models with random features lie on the line of networks that learn their features.",
          paper: "no outlier (arXiv:1806.00451)",
          estimate: apartOf(v6),
          further: [apartOf(v4)],
          rule: { kind: "within", low: -0.04, high: 0.04 },
          remark:
            "Mean effective robustness of four models over the line of the 26 others. The test images alone were estimated to contribute ±2.3 points, so the rule only asks for ±4 points.",
          figure: "families-v6",
        },
        {
          id: "coverage",
          asked: true,
          whose: "control",
          statement:
            "For models of a family that the line has not seen, the interval of effective robustness contains zero more than three times in four.",
          paper: "not in the paper; 95% by construction",
          estimate: coverageOf(v6),
          further: [coverageOf(v4)],
          rule: { kind: "above", bound: 0.75 },
          remark:
            "The share of 30 models, with the Clopper–Pearson interval. It ought to be 95%, which thirty models cannot show: 28 of them give 78% to 99%, all 30 would give 88% to 100%. The interval is the one for published tables, as if the images of a model were not those of the line; by that of the other pages this claim would be inconclusive (see What the intervals cover).",
          figure: "families-v6",
        },
      ],
      figures: [...versions.map(lineFigure), ...versions.map(familyFigure)],
      tables: [
        {
          id: "lines",
          caption:
            "The lines through all 30 models, on the probit and on the linear scale.",
          ...tabulateFits({
            fits: versions.flatMap(({ title, probit, linear }) => [
              { title: `${title}, probit`, pooled: probit.fit.line, runs: [] },
              { title: `${title}, linear`, pooled: linear.fit.line, runs: [] },
            ]),
          }),
        },
        ...versions.map(({ id, title, left }) => ({
          id: `models-${id}`,
          caption:
            `${title}: each model over the line of the other families. *From* and *to* bound the 95% interval of its effective robustness (ER), which allows for the test images and the line. *By the line alone* says whether the paper’s interval, which allows for the line only, contains zero.`,
          columns: left.columns,
          rows: left.rows,
        })),
      ],
      scaledDown: [],
      sections: [
        {
          id: "method",
          title: "Method",
          text:
            "The authors of CIFAR-10.1 published the predictions of 30 networks for each image. We count how often they are right on the 10,000 test images of CIFAR-10, on the 2,021 of CIFAR-10.1 v4 and on the 2,000 of v6, and use nothing else. A model’s **effective robustness** is its accuracy on CIFAR-10.1 minus what the line predicts from its accuracy on CIFAR-10. The interval of a slope leaves each family out in turn (a jackknife over families), since networks of a family err alike.\n\nAll 30 were trained on CIFAR-10 alone, so none has a reason to be off the line, and a 95% interval should contain zero for 95% of them. To keep a model out of the line that it is measured by, its whole family is left out; there are twelve families, by the names of the networks. *cuda-convnet* comprises that network and an AlexNet, *ResNet* those with and without pre-activation.",
        },
        {
          id: "coverage",
          title: "What the intervals cover",
          text: [
            ...versions.flatMap(coverageText),
            "**How certain is that?** The intervals in brackets are those of Clopper and Pearson, which assume independent cases. These cases are not independent: the models were tested on the same images and many are related, so the true error is larger. Nor are v6 and v4 two experiments: judging by the predictions of the 30 models, some 94% of their images are the same. Noise that all models share moves the line rather than the models around it, so the images scatter the models less than the intervals allow for. The interval of one model allows for the images and the line, and for no other difference between networks.\n\n",
            "**Which intervals are these?** Those for published tables: accuracies alone do not tell which images models share, so that the noise of a model, or of a family as if all of it erred on the same images, is taken as if the line’s models had been tested on others. The pages on networks that were trained here have other intervals, which follow every image through the model and the line, so that most of the images’ difficulty cancels. Computed from the authors’ predictions, beside this run (`tests/bench/cifar_coverage.ts`), such an interval contains zero for 24 of 30 models (61.4% to 92.3%) on v6, and for as many on v4. These are too narrow for a single model, which has no spread: how much networks differ from each other is not in them, and in the wider ones the noise that does not cancel stands in for it. On the other pages intervals are of means of several networks, and include their spread.",
          ],
        },
      ],
      datasets: [{
        id: "cifar-10-1",
        title: "Published models on CIFAR-10.1",
        description:
          "The number of test images of CIFAR-10 and of two versions of CIFAR-10.1 that each of 30 published networks classifies correctly, counted from their predictions. The images themselves are not used.",
        source: "predictions and labels in the authors’ repository",
        url: cifarPredictions.url,
        version: `commit ${cifarPredictions.commit}`,
        licence: cifarPredictions.licence,
        licenceUrl: cifarPredictions.licenceUrl,
        citation: bibtex(cifarPredictions.citation),
        reading:
          "data/tables/cifar_models.csv, written by tools/cifar_models.ts; the digest covers the 92 files that were counted.",
        sizes: {
          "CIFAR-10": cifarTestImages.original,
          "CIFAR-10.1 v4": cifarTestImages.v4,
          "CIFAR-10.1 v6": cifarTestImages.v6,
        },
        digest: cifarPredictions.sha256,
      }],
      shifts: [CIFAR_10_1],
    };
  },
});

/** Points on the shifted test set for a point on the reference one. */
function slopeOf(
  { title, linear: { slope: { slope: value, low, high } } }: MeasuredVersion,
): Lazy<Estimate> {
  return { title, value, low, high, unit: "plain", level: LEVEL };
}

/** Mean effective robustness of the family apart. */
function apartOf({ title, left }: MeasuredVersion): Lazy<Estimate> {
  const { value, low, high, shares } = left;
  return { title, value, low, high, shares, unit: "points", level: LEVEL };
}

/** Share of the models whose interval holds zero. */
function coverageOf({ title, coverage }: MeasuredVersion): Lazy<Estimate> {
  const { value, low, high } = coverage.models;
  return { title, value, low, high, unit: "percent", level: LEVEL };
}

/** `28 of 30 models (77.9% to 99.2%)`, as pieces of prose. */
function countOf(
  { held, n, low, high }: ReturnType<typeof countCoverage>,
  what?: string,
) {
  const count = (value: Ref<number>) => ({ value, unit: "count" as const });
  const percent = (value: Ref<number>) => ({ value, unit: "percent" as const });
  return [
    count(held),
    " of ",
    count(n),
    what === undefined ? " (" : ` ${what} (`,
    percent(low),
    " to ",
    percent(high),
    ")",
  ] as const;
}

/** All models and their line. */
function lineFigure(
  { id, title, points, probit, left }: MeasuredVersion,
): Lazy<Figure> {
  return {
    kind: "on-the-line",
    id,
    title: `Published models on ${title}`,
    finding: [
      "One line explains ",
      { value: probit.slope.r2, unit: "percent" },
      " of the variance between 30 models on the probit scale. Their distance from the line of the other families is ",
      { value: left.spread, unit: "points", signed: false },
      " (root mean square); the noise of the test images alone, if it were independent between models, would give ",
      { value: left.noise, unit: "points", signed: false },
      ".",
    ],
    distributions: { reference: "CIFAR-10", shifted: title },
    line: probit.fit.line,
    level: LEVEL,
    baselineTitle: "published models, trained on CIFAR-10 alone",
    baselines: points,
    groups: [],
  };
}

/** Each family over the line of the others. */
function familyFigure(
  { id, title, left, coverage }: MeasuredVersion,
): Lazy<Figure> {
  return {
    kind: "robustness-bars",
    id: `families-${id}`,
    title: `Families left out in turn on ${title}`,
    finding: [
      "Over the line of the other families, the interval of the mean contains zero for ",
      ...countOf(coverage.families, "families"),
      ".",
    ],
    shifts: [{ name: title }],
    estimates: left.estimates,
  };
}

/** What the intervals hold on one version, as pieces of prose. */
function coverageText({ title, coverage }: MeasuredVersion) {
  return [
    `On **${title}** the interval that allows for the test images and the line contains zero for `,
    ...countOf(coverage.models, "models"),
    "; the paper’s interval, which allows for the line alone, for ",
    ...countOf(coverage.line, "models"),
    "; and the interval of a family’s mean, which also allows for the spread between its models, for ",
    ...countOf(coverage.families, "families"),
    ".\n\n",
  ] as const;
}
