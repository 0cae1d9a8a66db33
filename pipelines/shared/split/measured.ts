/**
 * One shifted set, split in two, and everything that is measured in its parts:
 * the same for every shift.
 *
 * @module
 */
import type { Lazy, Ref } from "../../../engine/define/ref.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import type { Distribution } from "../../../shifts/mixture.ts";
import type { Parts } from "../../../shifts/measure/parts.ts";
import type { SupportSplit } from "../../../shifts/measure/support_split.ts";
import { EPSILON } from "../../../stats/splits/density_ratio.ts";
import { matchDifficulty } from "../../../tasks/splits/match_difficulty.ts";
import { measureSplit } from "../../../tasks/splits/measure_split.ts";
import { partBySupport } from "../../../tasks/splits/part_by_support.ts";
import { placePlacebos } from "../../../tasks/splits/place_placebos.ts";
import { sweepSplit } from "../../../tasks/splits/sweep_split.ts";
import { ofEach, type OneOrMore } from "../synthetic/one_or_more.ts";

export { EPSILON };

/** A run on the reference test set, and image by image on the shifted one. */
export interface RunRefs {
  readonly evaluation: Ref<Evaluation>;
  /** Evaluated on the set `shifted` alone. */
  readonly hits: Ref<Evaluation>;
}

/** Networks of one kind, e.g. those of one pre-training. */
export interface GroupOfRuns {
  readonly name: string;
  readonly runs: readonly RunRefs[];
}

/** Networks that no line goes through. */
export interface Judges {
  /** What they are, in the plural: "finished networks on 1000 images". */
  readonly title: string;
  readonly runs: readonly RunRefs[];
}

/** A shifted set, and the networks that were tested on it. */
export interface SplitShift {
  /** Begins the names of its stages. */
  readonly label: string;
  /** Mixes the sets of the evaluations. */
  readonly reference: Distribution<string>;
  readonly baselines: readonly RunRefs[];
  /** What the baselines are, in the plural: "checkpoints". */
  readonly baselineTitle: string;
  /** The networks that the page is about come first. */
  readonly groups: OneOrMore<GroupOfRuns>;
  /** Networks that decide how difficult an example is; the baselines where left out. */
  readonly judges?: Judges;
  /** Unit of the intervals of each shifted example, e.g. its typeface family. */
  readonly units?: Lazy<readonly string[]> | undefined;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** Seed of placebos and resamples. */
  readonly seed: number;
}

/** One group of networks under a shift: what {@linkcode measureSplit} needs besides the parts. */
export function networksIn(
  { reference, baselines, units, level }: SplitShift,
  { runs }: GroupOfRuns,
):
  & Pick<SplitShift, "reference" | "baselines" | "units" | "level">
  & { readonly networks: readonly RunRefs[] } {
  return { reference, baselines, networks: runs, level, units };
}

/** Effective robustness of one group in both parts. */
export interface MeasuredGroup {
  readonly name: string;
  readonly measured: ReturnType<typeof measureSplit>;
}

/** Every group of networks in the parts of one split. */
export function measuredParts(
  shift: SplitShift,
  { parts, name, title }: {
    readonly parts: Ref<Parts>;
    /** Ends the names of its stages. */
    readonly name: string;
    /** Begins the titles of its estimates. */
    readonly title?: string | undefined;
  },
): OneOrMore<MeasuredGroup> {
  return ofEach(shift.groups, (group) => ({
    name: group.name,
    measured: measureSplit({
      ...networksIn(shift, group),
      parts,
      title,
    }, `${shift.label}-${name}-${group.name}`),
  }));
}

/** How many thresholds and placebos are tried. */
export interface SplitScale {
  /** Thresholds besides the paper's, all of them in order. */
  readonly epsilons: readonly number[];
  /** Placebo splits of each kind. */
  readonly placebos: number;
}

/** One split of a shifted set, with everything that is measured in its parts. */
export interface MeasuredSplit {
  readonly shift: SplitShift;
  /** The parts at the paper's threshold. */
  readonly parts: ReturnType<typeof partBySupport>;
  readonly groups: OneOrMore<MeasuredGroup>;
  /** The parts with that out of support weighted to be as difficult as the other. */
  readonly matched: {
    readonly parts: ReturnType<typeof matchDifficulty>;
    readonly groups: OneOrMore<MeasuredGroup>;
  };
  /** Sweeps of the threshold, one a group. */
  readonly sweeps: readonly {
    readonly name: string;
    readonly sweep: ReturnType<typeof sweepSplit>;
  }[];
  /** Placebos, one of each kind a group. */
  readonly placebos: OneOrMore<Placebos>;
}

/** The placebos of one group. */
interface Placebos {
  readonly name: string;
  readonly sizes: ReturnType<typeof placePlacebos>;
  readonly difficulty: ReturnType<typeof placePlacebos>;
  /** Placebos of the same difficulty for the baselines, where other networks decide `difficulty`; of the first group alone, which shows what that does. */
  readonly ownDifficulty?: ReturnType<typeof placePlacebos>;
}

/** What those get right that decide how difficult an example is. */
export function judging(
  { judges, baselines }: Pick<SplitShift, "judges" | "baselines">,
): readonly Ref<Evaluation>[] {
  return (judges?.runs ?? baselines).map(({ hits }) => hits);
}

/** Measures one split in every way. */
export function measuredSplit(
  shift: SplitShift,
  { split, name, title, scale }: {
    readonly split: Ref<SupportSplit>;
    /** Name of the classifier. */
    readonly name: string;
    /** Begins the titles of the estimates. */
    readonly title?: string;
    readonly scale: SplitScale;
  },
): MeasuredSplit {
  const label = `${shift.label}-${name}`;
  const parts = partBySupport({ split, epsilon: EPSILON }, label);
  const { judges } = shift;
  const matched = matchDifficulty(
    { parts: parts.parts, judges: judging(shift) },
    label,
  );
  const placebos = (
    group: GroupOfRuns,
    keeps: "sizes" | "difficulty" | "own-difficulty",
  ) =>
    placePlacebos({
      ...networksIn(shift, group),
      ...(keeps === "difficulty" && judges !== undefined
        ? { judges: judging(shift) }
        : {}),
      parts: parts.parts,
      draws: scale.placebos,
      seed: shift.seed,
      keeps: keeps === "sizes" ? "sizes" : "difficulty",
    }, `${label}-${group.name}-${keeps}`);
  return {
    shift,
    parts,
    groups: measuredParts(shift, { parts: parts.parts, name, title }),
    matched: {
      parts: matched,
      groups: measuredParts(shift, {
        parts: matched.parts,
        name: `${name}-matched`,
      }),
    },
    sweeps: shift.groups.map((group) => ({
      name: group.name,
      sweep: sweepSplit({
        ...networksIn(shift, group),
        split,
        epsilons: scale.epsilons,
        baselineTitle: shift.baselineTitle,
      }, `${label}-${group.name}`),
    })),
    placebos: ofEach(shift.groups, (group): Placebos => ({
      name: group.name,
      sizes: placebos(group, "sizes"),
      difficulty: placebos(group, "difficulty"),
      ...(judges === undefined || group !== shift.groups[0]
        ? {}
        : { ownDifficulty: placebos(group, "own-difficulty") }),
    })),
  };
}
