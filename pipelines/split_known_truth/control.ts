/**
 * What difficulty alone makes of effective robustness in the true parts: a part
 * that is merely harder shows more of it, too.
 *
 * @module
 */
import type { Lazy, Ref } from "../../engine/define/ref.ts";
import type { Table } from "../../reports/value/report.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import { matchDifficulty } from "../../tasks/splits/match_difficulty.ts";
import { overPlacebos } from "../../tasks/splits/over_placebos.ts";
import { placePlacebos } from "../../tasks/splits/place_placebos.ts";
import { tabulatePlacebos } from "../../tasks/splits/tabulate_placebos.ts";
import {
  judging,
  type MeasuredGroup,
  measuredParts,
  networksIn,
  type SplitShift,
} from "../shared/split/measured.ts";

/** What the difficulty of the true parts makes of the photo networks, over the line of checkpoints. */
export interface DifficultyControl {
  /** Parts as difficult as the true ones, with images dealt at random. */
  readonly placebos: ReturnType<typeof placePlacebos>;
  /** What remains over them. */
  readonly over: ReturnType<typeof overPlacebos>;
  /** The true parts, with that out of support weighted to be as difficult as the other. */
  readonly matched: MeasuredGroup;
  /** The same where the baselines of the line decide what is difficult, as in figure C.6 of the paper. */
  readonly matchedByBaselines: MeasuredGroup;
}

/** What is left of the photo networks' gain in the true parts once difficulty is taken out of it. */
export function difficultyControl(
  shift: SplitShift,
  { parts, own, draws }: {
    readonly parts: Ref<Parts>;
    /** What the photo networks gain in the true parts. */
    readonly own: MeasuredGroup;
    readonly draws: number;
  },
): DifficultyControl {
  const { label, groups: [photo], seed } = shift;
  const judges = judging(shift);
  const placebos = placePlacebos({
    ...networksIn(shift, photo),
    parts,
    judges,
    draws,
    seed,
    keeps: "difficulty",
  }, `${label}-truth-${photo.name}-difficulty`);
  const matchedBy = (judges: ReturnType<typeof judging>, name: string) =>
    measuredParts({ ...shift, groups: [photo] }, {
      parts: matchDifficulty({ parts, judges }, `${label}-${name}`).parts,
      name: `${name}-matched`,
    })[0];
  return {
    placebos,
    over: overPlacebos({
      difference: own.measured.difference,
      mean: placebos.mean,
    }, `${label}-truth-${photo.name}`),
    matched: matchedBy(judges, "truth"),
    matchedByBaselines: matchedBy(
      judging({ baselines: shift.baselines }),
      "truth-baselines",
    ),
  };
}

/** The placebos beside the true parts. */
export function controlTable(
  { placebos, matched: { name } }: DifficultyControl,
  { id, title, shift: { judges } }: {
    readonly id: string;
    readonly title: string;
    readonly shift: SplitShift;
  },
): Lazy<Table> {
  return {
    id,
    caption:
      `${title}: effective robustness out of support minus in support, in points, in the true parts and in parts as difficult, with images dealt at random among those that equally many ${
        judges?.title ?? "baselines"
      } get wrong. p is the share of placebos, counting the true parts themselves, whose difference is at least as far from zero as theirs.`,
    ...tabulatePlacebos({
      titles: ["networks", "placebo keeps"],
      rows: [{ cells: [name, "sizes and difficulty"], ...placebos }],
    }, id),
  };
}
