/**
 * Thirty published networks of CIFAR-10 on CIFAR-10.1: do they lie on a line,
 * and do our intervals hold what they should on networks that nobody here has
 * trained? Nothing is trained, and all profiles are alike: every number follows
 * from three counts of each network.
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
import { countCoverage } from "../tasks/lines/count_coverage.ts";
import { fitLine } from "../tasks/lines/fit_line.ts";
import { judgeLine } from "../tasks/lines/judge_line.ts";
import { leaveFamiliesOut } from "../tasks/lines/leave_families_out.ts";
import { readCounts } from "../tasks/lines/read_counts.ts";
import { tabulateFits } from "../tasks/lines/tabulate_fits.ts";

/** Confidence level of every interval. */
const LEVEL = 0.95;
/** The family that learns no features. */
const APART = "random features";

/** The versions of CIFAR-10.1, the one that its authors recommend first. */
const VERSIONS = ["v6", "v4"] as const;

/** Everything that is measured on one version. */
function measured(version: typeof VERSIONS[number]) {
  const title = `CIFAR-10.1 ${version}`;
  const { points, families } = readCounts({ shifted: version }, version);
  const line = (scale: "probit" | "linear") => {
    const label = `${version}-${scale}`;
    const fit = fitLine(
      { points: [points], scale, extremes: { kind: "error" } },
      label,
    );
    const slope = judgeLine(
      { line: fit.line, level: LEVEL, leastR2: 0.9 },
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
    images: cifarTestImages[version],
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

type Measured = ReturnType<typeof measured>;

export const cifarPublished: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "cifar-published",
  title: "Published CIFAR-10 models",
  profiles: { smoke: {}, default: {}, full: {} },

  build() {
    const [v6, v4] = [measured("v6"), measured("v4")];
    const versions = [v6, v4];
    const fits = tabulateFits({
      fits: versions.flatMap(({ title, probit, linear }) => [
        { title: `${title}, probit`, pooled: probit.fit.line, runs: [] },
        { title: `${title}, linear`, pooled: linear.fit.line, runs: [] },
      ]),
    });
    return {
      id: "cifar-published",
      title: "Published CIFAR-10 models",
      question:
        "Do 30 published networks, all trained on CIFAR-10 alone, lie on one line on CIFAR-10.1, and do our intervals hold zero for a family that the line has not seen?",
      answer: versions.flatMap(({ title, probit, coverage }) => [
        `On **${title}** the line has slope `,
        { value: probit.slope.slope },
        " (",
        { value: probit.slope.low },
        " to ",
        { value: probit.slope.high },
        ") and r² ",
        { value: probit.slope.r2 },
        "; with each family left out in turn, the interval of effective robustness holds zero for ",
        ...countOf(coverage.models, "models"),
        ", that of the line alone for ",
        { value: coverage.line.held, unit: "count" },
        ". ",
      ]),
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
            "The slope of the line on the linear scale: points on CIFAR-10.1 for a point on CIFAR-10. On the probit scale the slope is near one (see the table of lines): the nearer to 100%, the more a point weighs.",
          figure: "v6",
        },
        {
          id: "random-features",
          whose: "ours",
          statement:
            "Models of random features lie on the line of networks that learn theirs.",
          paper: "no outlier (arXiv:1806.00451)",
          estimate: apartOf(v6),
          further: [apartOf(v4)],
          rule: { kind: "within", low: -0.04, high: 0.04 },
          remark:
            "Mean effective robustness of four models over the line of the 26 others. The test images alone were reckoned to give ±2.3 points, so nothing nearer to zero than ±4 was asked.",
          figure: "families-v6",
        },
        {
          id: "coverage",
          whose: "control",
          statement:
            "The interval of a model’s effective robustness holds zero, as it should, for models of a family that the line has not seen.",
          paper: "not in the paper; 95% by construction",
          estimate: coverageOf(v6),
          further: [coverageOf(v4)],
          rule: { kind: "above", bound: 0.75 },
          remark:
            "The share of 30 models, with Clopper and Pearson’s interval of a share. Of 30 no more can be shown: 28 are 78% to 99%, and 27 would be 73% to 98%.",
          figure: "families-v6",
        },
      ],
      figures: [...versions.map(lineFigure), ...versions.map(familyFigure)],
      tables: [
        {
          id: "lines",
          caption:
            "The lines through all 30 models, on the probit scale and on the linear one.",
          columns: fits.columns,
          rows: fits.rows,
        },
        ...versions.map(({ id, title, left }) => ({
          id: `models-${id}`,
          caption:
            `${title}: each model over the line of the other families. *From* and *to* bound the 95% interval of its effective robustness (ER), of the test images and the line; *by the line alone*: whether the paper’s interval, which takes nothing but the line as uncertain, holds zero.`,
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
            "The authors of CIFAR-10.1 published what 30 networks answer on each image. Counted here is how often they are right on the 10,000 test images of CIFAR-10, on the 2,021 of CIFAR-10.1 v4 and on the 2,000 of v6; nothing else of the predictions is used. A model’s **effective robustness** is its accuracy on CIFAR-10.1 minus what the line predicts from its accuracy on CIFAR-10.\n\nAll 30 were trained on CIFAR-10 alone, so none has a reason to be off the line, and an interval of 95% should hold zero for 95% of them. So that a model has no part in the line that it is measured by, its whole family is left out: twelve families, by the names of the networks. *cuda-convnet* is that network and an AlexNet; *ResNet* has those with and without pre-activation.",
        },
        {
          id: "coverage",
          whose: "control",
          title: "What the intervals hold",
          text: [
            ...versions.flatMap(coverageText),
            "**How sure is that?** The intervals in brackets are Clopper and Pearson’s, for so many independent cases. These are not: the models were tested on the same images and many are akin, so the true error is larger. Nor are v6 and v4 two experiments: by what the 30 models answer, some 94% of their images are the same. Noise that all models share moves the line and not the models about it, so that the images scatter models less than the intervals allow for. The interval of one model allows for the images and the line, and for nothing else that sets networks apart.",
          ],
        },
      ],
      datasets: [{
        id: "cifar-10-1",
        title: "Published models on CIFAR-10.1",
        description:
          "How many test images of CIFAR-10 and of two versions of CIFAR-10.1 each of 30 published networks gets right, counted from their predictions. The images themselves are not used.",
        source: "predictions and labels in the authors’ repository",
        url: cifarPredictions.url,
        version: `commit ${cifarPredictions.commit}`,
        licence: cifarPredictions.licence,
        licenceUrl: cifarPredictions.licenceUrl,
        citation: bibtex(cifarPredictions.citation),
        reading:
          "data/tables/cifar_models.csv, which tools/cifar_models.ts writes; the digest is that of the 92 files that were counted.",
        sizes: {
          "CIFAR-10": cifarTestImages.original,
          "CIFAR-10.1 v4": cifarTestImages.v4,
          "CIFAR-10.1 v6": cifarTestImages.v6,
        },
        digest: cifarPredictions.sha256,
      }],
      shifts: [{
        id: "cifar-10-1",
        title: "CIFAR-10.1",
        support: "unknown",
        description:
          "New photographs of the ten classes, collected from the same source by the same instructions as CIFAR-10. Whether they lie in its support is not known; no split was made.",
        reference: "the test images of CIFAR-10",
        shifted: "2,021 (v4) or 2,000 (v6) new photographs",
      }],
    };
  },
});

/** Points on the shifted test set for a point on the reference one. */
function slopeOf({ title, linear: { slope } }: Measured): Lazy<Estimate> {
  const { low, high } = slope;
  return { title, value: slope.slope, low, high, unit: "plain", level: LEVEL };
}

/** Mean effective robustness of the family apart. */
function apartOf({ title, left }: Measured): Lazy<Estimate> {
  const { value, low, high } = left;
  return { title, value, low, high, unit: "points", level: LEVEL };
}

/** Share of the models whose interval holds zero. */
function coverageOf({ title, coverage }: Measured): Lazy<Estimate> {
  const { value, low, high } = coverage.models;
  return { title, value, low, high, unit: "percent", level: LEVEL };
}

/** `28 of 30 models (77.9% to 99.2%)`, as pieces of prose. */
function countOf(
  { held, n, low, high }: ReturnType<typeof countCoverage>,
  what: string,
) {
  const count = (value: Ref<number>) => ({ value, unit: "count" as const });
  const percent = (value: Ref<number>) => ({ value, unit: "percent" as const });
  return [
    count(held),
    " of ",
    count(n),
    ` ${what} (`,
    percent(low),
    " to ",
    percent(high),
    ")",
  ] as const;
}

/** All models and their line. */
function lineFigure(
  { id, title, points, probit, left }: Measured,
): Lazy<Figure> {
  return {
    kind: "on-the-line",
    id,
    title: `Published models on ${title}`,
    finding: [
      "One line explains ",
      { value: probit.slope.r2, unit: "percent" },
      " of the variance between 30 models on the probit scale. From the line of the other families they are ",
      { value: left.spread, unit: "points", signed: false },
      " away (root mean square); by the noise of the test images alone, were it independent from model to model, it would be ",
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
function familyFigure({ id, title, left, coverage }: Measured): Lazy<Figure> {
  return {
    kind: "robustness-bars",
    id: `families-${id}`,
    title: `Families left out in turn on ${title}`,
    finding: [
      "Over the line of the other families, the interval of the mean holds zero for ",
      ...countOf(coverage.families, "families"),
      ".",
    ],
    shifts: [{ name: title }],
    estimates: left.estimates,
  };
}

/** What the intervals hold on one version, as pieces of prose. */
function coverageText({ title, coverage }: Measured) {
  return [
    `On **${title}** the interval of the test images and the line holds zero for `,
    ...countOf(coverage.models, "models"),
    "; the paper’s, of the line alone, for ",
    ...countOf(coverage.line, "models"),
    "; and that of a family’s mean, which also has the spread between its models, for ",
    ...countOf(coverage.families, "families"),
    ".\n\n",
  ] as const;
}
