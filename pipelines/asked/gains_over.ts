/**
 * What networks of a trial gain over the line of its baselines, on all of the
 * shifted images and in both parts. Where images come in groups, the groups are
 * the units of all intervals.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import { FEWEST_GROUPS } from "../../stats/asked/ask_findings.ts";
import { placeHits } from "../../tasks/evaluation/place_hits.ts";
import { placePoints } from "../../tasks/evaluation/place_points.ts";
import { fitLine } from "../../tasks/lines/fit_line.ts";
import { measureRobustness } from "../../tasks/lines/measure_robustness.ts";
import { leaveOutFewUnits } from "../../tasks/splits/leave_out_few_units.ts";
import { measureSplit } from "../../tasks/splits/measure_split.ts";
import { measureWhole } from "../../tasks/splits/measure_whole.ts";

/** The sets of the evaluations as distributions. */
const DISTRIBUTIONS = {
  reference: { sets: { reference: 1, shifted: 0 } },
  shifted: { sets: { reference: 0, shifted: 1 } },
} as const;

/** What of the shifted images is measured, and what they come in. */
export interface MeasuredImages {
  /** Which shifted images are out of support. */
  readonly parts: Ref<Parts>;
  /** Name of the group of each; left out where each is its own. */
  readonly units?: Ref<readonly string[]> | undefined;
}

/** What networks of one kind gain. */
export interface Gain {
  /** On all shifted images. */
  readonly whole: Pick<ReturnType<typeof measureRobustness>, "points" | "mean">;
  /** In support and out of it, each over its own line. */
  readonly parts: ReturnType<typeof leaveOutFewUnits>;
}

/** The line of some baselines, and what others gain over it. */
export interface GainsOver {
  readonly fit: ReturnType<typeof fitLine>;
  gainOf(
    networks: readonly Ref<Evaluation>[],
    options: {
      /** Confidence level of the intervals. */
      readonly level: number;
      readonly label: string;
    },
  ): Gain;
}

/** The stages that measure over a line, and that fit it. */
export function gainsOver(
  baselines: readonly Ref<Evaluation>[],
  { parts, units }: MeasuredImages,
): GainsOver {
  const { reference } = DISTRIBUTIONS;
  const on = { reference, baselines: runsOf(baselines) };
  const fit = fitLine({
    points: units === undefined
      ? pointsOf(baselines, "asked-baselines")
      : placeHits({ runs: on.baselines, reference, units }, "asked-baselines"),
    scale: "probit",
    extremes: { kind: "clip" },
  }, "asked");
  return {
    fit,
    gainOf(networks, { level, label }) {
      const measured = { ...on, networks: runsOf(networks), level };
      if (units === undefined) {
        return {
          whole: measureRobustness({
            line: fit.line,
            level,
            points: pointsOf(networks, label),
            judged: { baselines, networks, distributions: DISTRIBUTIONS },
          }, label),
          parts: measureSplit({ ...measured, parts }, label),
        };
      }
      const { inSupport, outOfSupport, inEstimate, outEstimate } = measureSplit(
        { ...measured, parts, units },
        label,
      );
      return {
        whole: measureWhole({ ...measured, units }, label),
        parts: leaveOutFewUnits({
          parts,
          units,
          fewest: FEWEST_GROUPS,
          inSupport,
          outOfSupport,
          inEstimate,
          outEstimate,
        }, label),
      };
    },
  };
}

function runsOf(evaluations: readonly Ref<Evaluation>[]) {
  return evaluations.map((evaluation) => ({ evaluation, hits: evaluation }));
}

function pointsOf(evaluations: readonly Ref<Evaluation>[], label: string) {
  return placePoints({ evaluations, distributions: DISTRIBUTIONS }, label);
}
