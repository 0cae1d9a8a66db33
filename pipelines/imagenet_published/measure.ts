/**
 * What is measured of each shift: the same five steps for all.
 *
 * @module
 */
import {
  imagenetBaselines,
  imagenetPretrained,
} from "../../data/tables/imagenet_models.ts";
import {
  timmResults,
  type TimmTableName,
  timmTestImages,
} from "../../data/tables/timm_results.ts";
import type { loadAccuracies } from "../../tasks/datasets/load_accuracies.ts";
import { fitLine } from "../../tasks/lines/fit_line.ts";
import { measureGroups } from "../../tasks/lines/measure_groups.ts";
import { measureMaximum } from "../../tasks/lines/measure_maximum.ts";
import { measureSensitivity } from "../../tasks/lines/measure_sensitivity.ts";
import { readShift } from "../../tasks/lines/read_shift.ts";
import { tabulateShift } from "../../tasks/lines/tabulate_shift.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { PublishedShift } from "./shifts.ts";

/** Seed of the resampled baselines and of the simulated test sets. */
const SEED = 0;
/** How many of the networks of highest effective robustness to list. */
const TOP = 5;

/** What {@linkcode measureShift} gives. */
export interface MeasuredShift {
  readonly shift: PublishedShift;
  readonly read: ReturnType<typeof readShift>;
  readonly fit: ReturnType<typeof fitLine>;
  /** The paper's pre-trained networks. */
  readonly pretrained: ReturnType<typeof measureGroups>;
  /** All networks whose tag names other data. */
  readonly all: ReturnType<typeof measureGroups>;
  /** Networks whose tag names other data and that are not the paper's. */
  readonly further: ReturnType<typeof measureGroups>;
  readonly maximum: ReturnType<typeof measureMaximum>;
  readonly sensitivity: ReturnType<typeof measureSensitivity>;
  readonly rows: ReturnType<typeof tabulateShift>;
}

/** What there is of one shift before its choices are varied. */
type Fitted = Pick<MeasuredShift, "read" | "fit" | "pretrained">;

/** Reads one shift, fits its line, and measures the paper's networks. */
export function fitShift(
  shift: PublishedShift,
  tables: ReturnType<typeof loadAccuracies>,
): Fitted {
  const { id } = shift;
  const read = readShift(
    { ...sourcesOf(shift, tables), rule: "training" },
    id,
  );
  const fit = fitLine({
    points: [read.baselines],
    scale: "probit",
    extremes: { kind: "error" },
  }, id);
  const pretrained = measureGroups({
    line: fit.line,
    level: LEVEL,
    groups: read.pretrained,
  }, id);
  return { read, fit, pretrained };
}

function sourcesOf(
  shift: PublishedShift,
  tables: ReturnType<typeof loadAccuracies>,
) {
  const table = (name: TimmTableName) => ({
    title: timmResults[name].title,
    rows: tables[name],
    images: timmTestImages[name],
  });
  return {
    reference: table(shift.reference),
    shifted: table(shift.shifted),
    baselines: imagenetBaselines,
    pretrained: imagenetPretrained,
  };
}

/** Reads, fits and measures one shift. */
export function measureShift(
  shift: PublishedShift,
  { tables, resamples }: {
    readonly tables: ReturnType<typeof loadAccuracies>;
    readonly resamples: number;
  },
): MeasuredShift {
  const { id, title } = shift;
  const { read, fit, pretrained } = fitShift(shift, tables);
  const options = { line: fit.line, level: LEVEL };
  const groupsOf = (which: "all" | "further") =>
    measureGroups({ ...options, groups: read[which] }, `${id}-${which}`);
  const all = groupsOf("all");
  const drawn = { resamples, seed: SEED };
  const maximum = measureMaximum(
    { ...options, ...drawn, points: pretrained.points },
    id,
  );
  const sensitivity = measureSensitivity(
    { ...sourcesOf(shift, tables), ...drawn, level: LEVEL },
    id,
  );
  return {
    shift,
    read,
    fit,
    pretrained,
    all,
    further: groupsOf("further"),
    maximum,
    sensitivity,
    rows: tabulateShift({
      ...options,
      title,
      pretrained: {
        groups: pretrained.groups,
        overall: pretrained.overall,
        authorsHalfWidth: pretrained.authorsHalfWidth,
        above: pretrained.above,
      },
      all: { groups: all.groups, overall: all.overall },
      maximum: maximum.maximum,
      sensitivity: sensitivity.rows,
      top: TOP,
    }, id),
  };
}
