/** Made-up figures of several shifts, with numbers of a plausible size. */
import type {
  RobustnessBarsFigure,
  SupportedShift,
} from "../../../reports/value/robustness_bars_figure.ts";
import type { LinePanelsFigure } from "../../../reports/value/on_the_line_figure.ts";
import type { SweepFigure } from "../../../reports/value/sweep_figure.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { fitLine, type Line } from "../../../stats/lines/regression.ts";
import { scales } from "../../../stats/lines/scale.ts";

const { forward, inverse } = scales.probit;

interface Wobbling {
  readonly slope: number;
  readonly height: number;
  readonly count: number;
  readonly to: number;
}

/** The line of {@linkcode baselinesOf}. */
function lineOf(baselines: Wobbling): Line {
  return fitLine(baselinesOf(baselines));
}

/** Baselines that wobble a little about a line, always alike. */
function baselinesOf(
  { slope, height, count, to }: Wobbling,
): readonly Point[] {
  return Array.from({ length: count }, (_, i) => {
    const reference = 0.45 + (to - 0.45) * i / (count - 1);
    return {
      model: `baseline ${i}`,
      reference,
      shifted: inverse(
        slope * forward(reference) + height + 0.015 * Math.sin(7 * i),
      ),
    };
  });
}

/** Networks whose effective robustness over a line has about this mean. */
function networks(
  model: string,
  { line, reference, er, spread, n = 3 }: {
    readonly line: Line;
    readonly reference: number;
    readonly er: number;
    readonly spread: number;
    readonly n?: number;
  },
): readonly Point[] {
  return Array.from({ length: n }, (_, seed) => {
    const own = reference + 0.004 * (seed - 1);
    return {
      model: `${model}, seed ${seed}`,
      seed,
      reference: own,
      shifted: inverse(line.slope * forward(own) + line.intercept) + er +
        spread * (seed - 1),
      referenceSize: 10_000,
      shiftedSize: 10_000,
    };
  });
}

interface ExampleShift extends SupportedShift {
  readonly support: "in" | "out";
  readonly slope: number;
  readonly height: number;
  readonly er: Readonly<Record<string, number>>;
}

const SHIFTS: readonly ExampleShift[] = [
  {
    name: "spurious tint",
    support: "in",
    slope: 1.03,
    height: -0.42,
    er: { photo: 0.033, narrow: 0.019 },
  },
  {
    name: "label shift",
    support: "in",
    slope: 1.6,
    height: -0.4,
    er: { photo: -0.012, narrow: -0.025 },
  },
  {
    name: "unseen tint",
    support: "out",
    slope: 1.1,
    height: -0.3,
    er: { photo: 0.081, narrow: 0.008 },
  },
  {
    name: "vertical flip",
    support: "out",
    slope: 0.4,
    height: -0.5,
    er: { photo: 0.114, narrow: 0.005 },
  },
];

export const bars: RobustnessBarsFigure = {
  kind: "robustness-bars",
  id: "robustness",
  title: "Effective robustness in and out of support",
  finding:
    "Out of support *photo* stands far above the line and *narrow* does not; in support neither does.",
  band: { low: -0.02, high: 0.02, title: "within ±2 points" },
  shifts: SHIFTS.map(({ name, support }) => ({ name, support })),
  estimates: SHIFTS.flatMap(({ name, slope, height, er }) => {
    const checkpoints = lineOf({ slope, height, count: 8, to: 0.66 });
    const sizes = lineOf({
      slope: slope * 1.1,
      height: height + 0.03,
      count: 6,
      to: 0.76,
    });
    return Object.entries(er).flatMap(([group, mean]) => {
      const points = networks(group, {
        line: checkpoints,
        reference: group === "photo" ? 0.75 : 0.762,
        er: mean,
        spread: 0.005,
      });
      return ([["checkpoints", checkpoints], [
        "finished networks",
        sizes,
      ]] as const)
        .map(([baselines, line]) => ({
          shift: name,
          group,
          baselines,
          mean: meanEffectiveRobustness(points, { line }),
          overlap: rangeOverlap(points, line),
        }));
    });
  }),
};

export const panels: LinePanelsFigure = {
  kind: "line-panels",
  id: "four-shifts",
  title: "Accuracy on the line under four shifts",
  finding: "Only out of support does *photo* stand far above the line.",
  panels: SHIFTS.map(({ name, support, slope, height, er }) => {
    const baselines = baselinesOf({ slope, height, count: 8, to: 0.66 });
    const line = fitLine(baselines);
    return {
      title: name,
      support,
      finding: "The means stand below the panel.",
      distributions: { reference: "photographs", shifted: name },
      line,
      baselineTitle: "checkpoints of networks trained from scratch",
      baselines,
      groups: Object.entries(er).map(([group, mean]) => {
        const runs = networks(group, {
          line,
          reference: group === "photo" ? 0.75 : 0.762,
          er: mean,
          spread: 0.005,
          n: 4,
        });
        return {
          name: group,
          members: [
            { title: "fine-tuning", runs: runs.slice(1) },
            { title: "linear probe first", runs: runs.slice(0, 1) },
          ],
          mean: meanEffectiveRobustness(runs, { line }),
        };
      }),
    };
  }),
};

export const strengths: SweepFigure = {
  kind: "sweep",
  id: "strengths",
  title: "Effective robustness as the tint gives the class away",
  finding: "It rises as the shift leaves the support.",
  parameter: { title: "p of the spurious tint", scale: "linear" },
  band: { low: -0.02, high: 0.02, title: "within ±2 points" },
  estimates: [0.5, 0.7, 0.8, 0.9, 1].flatMap((at, i) => {
    const slope = 1.03 + 0.1 * i;
    const height = -0.4 - 0.25 * i;
    const checkpoints = lineOf({ slope, height, count: 8, to: 0.66 });
    const sizes = lineOf({ slope, height: height + 0.06, count: 5, to: 0.78 });
    return ["photo", "narrow"].flatMap((group) => {
      const points = networks(group, {
        line: checkpoints,
        reference: (group === "photo" ? 0.74 : 0.76) + 0.03 * i,
        er: group === "photo" ? 0.03 + 0.02 * i : 0.018 + 0.026 * i,
        spread: 0.004 + 0.003 * i,
      });
      return ([["checkpoints", checkpoints], [
        "finished networks",
        sizes,
      ]] as const)
        .map(([baselines, line]) => ({
          at,
          group,
          baselines,
          line,
          mean: meanEffectiveRobustness(points, { line }),
          points,
        }));
    });
  }),
};

const flipLine = lineOf({ slope: 0.4, height: -0.5, count: 8, to: 0.66 });

export const rates: SweepFigure = {
  kind: "sweep",
  id: "rates",
  title: "Effective robustness by learning rate of fine-tuning",
  finding: "Gentle fine-tuning keeps more of it.",
  parameter: { title: "learning rate", scale: "log" },
  estimates: [1e-4, 3e-4, 1e-3, 3e-3, 1e-2].map((at, i) => {
    const points = networks("photo", {
      line: flipLine,
      reference: 0.66 + 0.06 * Math.sin(i / 1.6),
      er: 0.14 - 0.025 * i,
      spread: 0.006,
      n: i === 3 ? 3 : 1,
    });
    return {
      at,
      group: "photo",
      baselines: "checkpoints",
      line: flipLine,
      mean: meanEffectiveRobustness(points, { line: flipLine }),
      points,
    };
  }),
};
