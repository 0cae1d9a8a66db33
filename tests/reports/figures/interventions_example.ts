/** Made-up results of interventions against a bias, with numbers of a plausible size. */
import type { AccuracyBySizeFigure } from "../../../reports/value/accuracy_by_size_figure.ts";
import type { CellInterval, Table } from "../../../reports/value/report.ts";
import type { VennFigure } from "../../../reports/value/venn_figure.ts";

export const sets: VennFigure = {
  kind: "venn",
  id: "corrected",
  title: "Examples that pre-training and refitting correct",
  finding: "Pre-training and refitting correct *different* examples.",
  note: "A note.",
  panels: [
    {
      title: "spurious tint",
      first: { title: "pre-training", share: 0.061 },
      second: { title: "last-layer refitting <1>", share: 0.034 },
      both: 0.009,
      examples: 10_000,
      correctable: 2431,
      overlap: { value: 0.105, low: 0.081, high: 0.132 },
      combination: { title: "both together", ofFirst: 0.83, ofSecond: 0.71 },
    },
    {
      title: "control: two sets of networks from scratch",
      first: { title: "one set", share: 0.021 },
      second: { title: "the other", share: 0.02 },
      both: 0.015,
      examples: 10_000,
      correctable: 2431,
    },
  ],
};

const SIZES = [16, 32, 64, 128, 256, 512, 1024];

/** Accuracies that rise with the number of examples, of four networks each. */
function series(name: string, { from, to }: {
  readonly from: number;
  readonly to: number;
}): AccuracyBySizeFigure["panels"][number]["series"][number] {
  return {
    name,
    points: SIZES.map((n, i) => {
      const value = from + (to - from) * i / (SIZES.length - 1);
      const spread = 0.03 - 0.003 * i;
      return {
        n,
        value,
        low: value - spread,
        high: value + spread,
        networks: [-1, -0.4, 0.5, 0.9].map((part) => value + part * spread),
      };
    }),
  };
}

export const sizes: AccuracyBySizeFigure = {
  kind: "accuracy-by-size",
  id: "curated",
  title: "Few curated examples against many biased ones",
  finding: "With pre-training 64 curated examples beat the *biased* set.",
  note: "A note.",
  size: "curated examples",
  panels: [
    {
      title: "shifted accuracy",
      series: [
        series("pre-trained", { from: 0.55, to: 0.81 }),
        series("pre-trained, narrow <1>", { from: 0.5, to: 0.74 }),
        series("from scratch", { from: 0.2, to: 0.42 }),
      ],
      references: [
        {
          title: "biased set, pre-trained",
          value: 0.66,
          low: 0.65,
          high: 0.67,
        },
        {
          title: "biased set, from scratch",
          value: 0.52,
          low: 0.5,
          high: 0.54,
        },
      ],
      crossings: [
        {
          series: "pre-trained",
          reference: "biased set, pre-trained",
          at: 93,
          low: 61,
          high: 140,
        },
        {
          series: "from scratch",
          reference: "biased set, from scratch",
          at: null,
          low: null,
          high: null,
        },
      ],
    },
    {
      title: "worst-group accuracy",
      series: [
        series("pre-trained", { from: 0.38, to: 0.7 }),
        series("pre-trained, narrow <1>", { from: 0.3, to: 0.6 }),
        series("from scratch", { from: 0.1, to: 0.27 }),
      ],
      references: [
        { title: "biased set, pre-trained", value: 0.4, low: 0.37, high: 0.43 },
        {
          title: "biased set, from scratch",
          value: 0.22,
          low: 0.19,
          high: 0.25,
        },
      ],
      crossings: [{
        series: "pre-trained",
        reference: "biased set, pre-trained",
        at: 22,
        low: null,
        high: 31,
      }],
    },
  ],
};

/** Effective robustness in points, with its interval. */
function cell(points: number, half: number): CellInterval {
  return {
    value: points / 100,
    low: (points - half) / 100,
    high: (points + half) / 100,
    unit: "points",
    digits: 1,
    bare: true,
  };
}

export const helps: Table = {
  id: "what-helps",
  caption: "Effective robustness in points, with 95% intervals.",
  columns: [
    "intervention",
    "spurious tint",
    "spurious patch",
    "tint of any colour",
    "turned upside down",
  ],
  groups: ["", "in support", "in support", "out of support", "out of support"],
  rows: [
    [
      "pre-training",
      cell(0.4, 0.7),
      cell(-0.2, 0.9),
      cell(5.9, 1.1),
      cell(7.8, 1.3),
    ],
    ["last-layer refitting", cell(6.1, 1.2), cell(4.8, 1), null, null],
    ["both together", cell(6.9, 1.1), cell(5.2, 1.2), cell(11.2, 2), null],
  ],
};
