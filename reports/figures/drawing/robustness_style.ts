/**
 * How figures of effective robustness tell groups and lines apart: groups by
 * colour and shape, the line that they are measured by by its filling.
 *
 * @module
 */
import { groupStyle } from "./palette.ts";

/** What a mark stands for. */
export interface GroupOverLine {
  /** Name of the group of networks. */
  readonly group: string;
  /** What the line goes through: "checkpoints". */
  readonly baselines: string;
}

/** The names of groups and of baselines, each in order of first mention. */
export interface MeasuredNames {
  readonly groups: readonly string[];
  readonly baselines: readonly string[];
}

/** The names of the groups and the baselines that some estimates are of. */
export function namesOf(estimates: readonly GroupOverLine[]): MeasuredNames {
  return {
    groups: [...new Set(estimates.map(({ group }) => group))],
    baselines: [...new Set(estimates.map(({ baselines }) => baselines))],
  };
}

/** `, line of checkpoints` where several lines have to be told apart. */
export function lineNamed(
  { baselines }: Pick<GroupOverLine, "baselines">,
  names: MeasuredNames,
): string {
  return names.baselines.length < 2 ? "" : `, line of ${baselines}`;
}

/** Words for the fillings, in order. */
export const FILLINGS = ["filled", "hollow", "pale"] as const;

/** Dashes of lines between marks, in the order of the fillings. */
export const DASHES = [undefined, "5,3", "2,3"] as const;

/** Style of the group and place of its baselines among all, at most 2. */
export function styleOf(
  { group, baselines }: GroupOverLine,
  names: MeasuredNames,
): ReturnType<typeof groupStyle> & { readonly filling: number } {
  const place = names.baselines.indexOf(baselines);
  return {
    ...groupStyle(names.groups.indexOf(group)),
    filling: Math.min(Math.max(place, 0), FILLINGS.length - 1),
  };
}
