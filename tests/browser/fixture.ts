/** A made-up site with every kind of figure, and with text that wants to be markup. */
import type { AccuracyRowsFigure } from "../../reports/value/accuracy_rows_figure.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { GalleryFigure } from "../../reports/value/gallery_figure.ts";
import type { ReliabilityFigure } from "../../reports/value/reliability_figure.ts";
import type { StartsInPlaneFigure } from "../../reports/value/starts_in_plane_figure.ts";
import type { Claim } from "../../reports/value/claim.ts";
import type { Report } from "../../reports/value/report.ts";
import type { PastRun } from "../../reports/runs/past_run.ts";
import { guideOf } from "../../publishing/guide_files.ts";
import { site, type SiteOptions } from "../../reports/site/site.ts";
import { ROOT } from "../cli/rig.ts";
import { figure, report, run } from "../reports/example.ts";
import {
  bars,
  panels,
  rates,
  strengths,
} from "../reports/figures/robustness_example.ts";
import {
  helps,
  sets,
  sizes,
} from "../reports/figures/interventions_example.ts";
import { png } from "../reports/png.ts";

/** Text that must never become markup. */
export const AWKWARD = `<script>alert("1")</script> & | *x* 'y' \u202e?`;

const rows: AccuracyRowsFigure = {
  kind: "accuracy-rows",
  id: "accuracies",
  title: "Accuracy of three starts",
  finding: ["All agree on ", { value: 2, unit: "count" }, " rows."],
  classifiers: ["zero", `random ${AWKWARD}`, "learned"],
  groups: [
    {
      title: "in support",
      rows: [{ title: "reference", n: 10_000, accuracies: [0.9, 0.9, 0.9] }],
    },
    {
      title: `out of support ${AWKWARD}`,
      rows: [{ title: AWKWARD, n: 500, accuracies: [0.5, 0.62, 1] }],
    },
  ],
};

const plane: StartsInPlaneFigure = {
  kind: "starts-in-plane",
  id: "in-a-plane",
  title: "Two starts on points of one line",
  finding: "They end on *one* line.",
  points: [{ at: [0.6, 0.8], label: 1 }, { at: [-1.2, -1.6], label: -1 }],
  basis: [[0.6, 0.8]],
  starts: [
    { name: "zero", from: [0, 0], to: [0.6, 0.8] },
    { name: AWKWARD, from: [-0.8, 0.6], to: [-0.2, 1.4] },
  ],
};

const calibration: ReliabilityFigure = {
  kind: "reliability",
  id: "calibration",
  title: "Calibration of a classifier",
  finding: "After scaling, predictions come true as often as they say.",
  curves: ["raw", `temperature ${AWKWARD}`].map((name, i) => ({
    name,
    bins: [0.05, 0.35, 0.65, 0.95].map((predicted) => ({
      predicted,
      successes: Math.round(100 * (predicted + 0.04 * i)),
      n: 100,
    })),
  })),
};

const parts: GalleryFigure = {
  kind: "gallery",
  id: "parts",
  title: "Examples of two parts",
  finding: "Ten squares each.",
  rows: ["in support", `out of support ${AWKWARD}`].map((title, i) => ({
    title,
    n: 100 + i,
    png: png(),
    width: 160,
    height: 32,
    alt: `Ten squares ${AWKWARD}`,
  })),
};

/** One of each kind. */
export const FIGURES: readonly Figure[] = [
  bars,
  panels,
  strengths,
  rates,
  rows,
  plane,
  calibration,
  parts,
  sets,
  sizes,
  figure,
  {
    kind: "unavailable",
    id: "gone",
    title: `A figure that is not there ${AWKWARD}`,
    reason: AWKWARD,
  },
];

const kinds: Report = {
  ...report,
  id: "every-kind",
  title: "Figures of every kind",
  question: "Does every kind of figure work in a browser?",
  claims: [],
  figures: FIGURES,
  tables: [helps],
  nominations: [{ place: "front page, what helps", id: helps.id }],
  pictures: [],
};

const awkward: Report = {
  ...report,
  id: "awkward-text",
  title: AWKWARD,
  question: AWKWARD,
  answer: AWKWARD,
  claims: report.claims.map((claim) => ({
    ...claim,
    statement: AWKWARD,
    paper: AWKWARD,
    remark: AWKWARD,
  })),
  scaledDown: [{ what: AWKWARD, paper: AWKWARD, here: AWKWARD }],
  sections: [{ id: "method", title: AWKWARD, text: AWKWARD }],
  figures: [{ ...figure, title: AWKWARD, finding: AWKWARD, note: AWKWARD }],
  tables: [{
    id: "wide",
    caption: AWKWARD,
    columns: Array.from({ length: 14 }, (_, i) => `column ${i} ${AWKWARD}`),
    rows: [Array.from({ length: 14 }, () => "w".repeat(24))],
  }],
  datasets: report.datasets.map((dataset) => ({
    ...dataset,
    id: "awkward-data",
    title: AWKWARD,
    classes: ["<script>", AWKWARD, "w".repeat(200)],
  })),
};

/** A claim with a size, of which the answer tells. */
function sized(
  id: string,
  value: number,
  more: Pick<Claim, "answers" | "apart" | "contrast" | "redrawn" | "short">,
): Claim {
  return {
    id,
    statement: `Of ${id}, what pre-training brings is above two points.`,
    paper: "large; no number in the text",
    rule: { kind: "above", bound: 0.02 },
    estimate: {
      value,
      low: value - 0.01,
      high: value + 0.01,
      unit: "points",
      title: "line of finished networks",
    },
    ...more,
  };
}

const SHIFTS = {
  "out of support": [
    "on ImageNet-Sketch (published models)",
    "on ImageNet-R (published models)",
    "under an unseen tint of strength 0.25",
    "under an unseen tint of strength 0.5",
    "under a vertical flip",
  ],
  "in support": ["under a spurious tint", "under a label shift"],
} as const;
const HALVES = ["out of support", "in support"] as const;
const APART = "over baselines of another architecture";

/** What the front page's answer is made of, as long as that of a whole run. */
const answering: Report = {
  ...report,
  id: "support",
  title: "In support and out of support",
  question: "Does pre-training help in one and not in the other?",
  claims: [
    sized("tint", 0.034, {
      contrast: "from a spurious tint to an unseen tint",
      redrawn: {
        draws: 5,
        of: "colours, seeds and images at the default profile",
        estimate: { value: 0.015, low: -0.002, high: 0.031, unit: "points" },
        further: [],
      },
    }),
    sized("flip", 0.039, {
      contrast: "from a label shift to a vertical flip",
    }),
    ...HALVES.flatMap((answers) => [
      ...SHIFTS[answers].map((short, i) =>
        sized(`${answers} ${i}`.replaceAll(" ", "-"), 0.022 + i / 100, {
          answers,
          short,
        })
      ),
      sized(`${answers} digits`.replaceAll(" ", "-"), -0.018, { answers }),
      ...SHIFTS[answers].slice(-3).map((short, i) =>
        sized(`${answers} apart ${i}`.replaceAll(" ", "-"), 0.031, {
          apart: { half: answers, because: APART },
          short,
        })
      ),
    ]),
  ],
  figures: [],
  pictures: [],
  nominations: [],
};

const history: readonly PastRun[] = [{
  id: "0123456789ab",
  started: "2026-01-02T02:00:00.000Z",
  seconds: 12,
  profile: "default",
  commit: null,
  device: "wasm",
  outcome: "finished",
  pipelines: ["spurious-tint"],
  stages: { ran: 2, reused: 5, failed: 0 },
  changes: [{
    pipeline: "spurious-tint",
    stage: `train/${AWKWARD}`,
    causes: ["epochs 12 → 13"],
    numbers: [{ what: AWKWARD, before: 0.9, after: 1.25 }],
  }],
}];

/** Every file of the site. */
export function fixtureSite(
  options: Partial<SiteOptions> = {},
): ReadonlyMap<string, string | Uint8Array> {
  return site({
    reports: [report, kinds, awkward, answering],
    run,
    id: "a1",
    history,
    guide: guideOf(ROOT),
    ...options,
  });
}
