/**
 * Where models are right least often.
 *
 * @module
 */
import { wilson } from "../intervals/proportion.ts";
import type { WorstGroup } from "./ask_findings.ts";

/** Examples, a name for the group of each, and how often models are right. */
export interface GroupedExamples {
  /** Name of the group of each example: [n]. */
  readonly group: readonly string[];
  /** Share of the models that are right: [n]. */
  readonly right: Float64Array;
  /** Class of each example, and the names of the classes. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/** Groups of fewer examples are not listed. */
export const SMALLEST_GROUP = 20;

/** The groups and the groups of one class whose accuracy is lowest: of one property each, `most` in all. A property that is the same everywhere tells none apart. */
export function worstGroups(
  properties: readonly GroupedExamples[],
  { most }: { readonly most: number },
): readonly WorstGroup[] {
  const cells = new Map<
    string,
    { group: string; class: string | null; n: number; right: number }
  >();
  const telling = properties.filter(({ group }) => new Set(group).size > 1);
  for (const { group, right, labels, classes } of telling) {
    for (const [i, name] of group.entries()) {
      for (const kind of [null, classes[labels[i] as number] as string]) {
        const key = JSON.stringify([name, kind]);
        const cell = cells.get(key) ??
          { group: name, class: kind, n: 0, right: 0 };
        cell.n++;
        cell.right += right[i] as number;
        cells.set(key, cell);
      }
    }
  }
  return [...cells.values()].filter(({ n }) => n >= SMALLEST_GROUP)
    .map(({ group, class: kind, n, right }) => ({
      group,
      class: kind,
      n,
      accuracy: right / n,
      ...wilson({ successes: right, n }),
    }))
    .sort((a, b) => a.accuracy - b.accuracy)
    .slice(0, most);
}
