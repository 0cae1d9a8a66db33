/**
 * Where models are right least often.
 *
 * @module
 */
import { clopperPearson, type Interval } from "../intervals/proportion.ts";
import { criticalValue } from "../intervals/quantile.ts";
import type { WorstGroup } from "./ask_findings_schemas.ts";

/** Examples, a name for the group of each, and how often models are right. */
export interface GroupedExamples {
  /** Name of the group of each example: [n]. */
  readonly group: readonly string[];
  /** Share of the models that are right: [n]. */
  readonly right: Float64Array;
  /** Class of each example, and the names of the classes. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  /** Name of the group with which each example was drawn: [n]; where null or left out each is drawn by itself. */
  readonly drawnWith?: readonly string[] | null;
}

/** Groups of fewer examples are not listed. */
export const SMALLEST_GROUP = 20;

/** Chance that any interval, of all groups that were looked at, misses its accuracy. */
const OUTSIDE = 0.05;

/** Largest share of a group's examples that a worse group may have had already. */
const REPEATED = 0.5;

/**
 * The groups and the groups of one class whose accuracy is lowest, `most` in
 * all. One of which a worse group has more than half is left out: it says the
 * same again. A property that is the same everywhere tells none apart.
 */
export function worstGroups(
  properties: readonly GroupedExamples[],
  { most }: { readonly most: number },
): readonly WorstGroup[] {
  const cells = new Map<string, Cell>();
  const telling = properties.filter(({ group }) => new Set(group).size > 1);
  for (const of of telling) {
    const { group, right, labels, classes } = of;
    for (const [i, name] of group.entries()) {
      for (const kind of [null, classes[labels[i] as number] as string]) {
        const key = keyOf(name, kind);
        const cell = cells.get(key) ??
          { group: name, class: kind, right: 0, members: [], of };
        cell.members.push(i);
        cell.right += right[i] as number;
        cells.set(key, cell);
      }
    }
  }
  // Of a group that is all of one class, the class of it is the group again.
  const isItsOwn = ({ group, class: kind, members }: Cell) =>
    kind === null ||
    cells.get(keyOf(group, null))?.members.length !== members.length;
  const all = [...cells.values()]
    .filter((cell) => cell.members.length >= SMALLEST_GROUP && isItsOwn(cell))
    .map((cell) => ({ ...cell, accuracy: cell.right / cell.members.length }))
    .sort((a, b) =>
      a.accuracy - b.accuracy || b.members.length - a.members.length ||
      (a.group < b.group ? -1 : 1)
    );
  const level = 1 - OUTSIDE / Math.max(1, all.length);
  const listed: WorstGroup[] = [];
  const had: Set<number>[] = [];
  for (const { group, class: kind, members, accuracy, of } of all) {
    if (listed.length === most) break;
    const n = members.length;
    const isRepeated = had.some((worse) =>
      members.filter((i) => worse.has(i)).length > REPEATED * n
    );
    if (isRepeated) continue;
    had.push(new Set(members));
    const size = effectiveSize(members, { accuracy, of, level });
    listed.push({
      group,
      class: kind,
      n,
      accuracy,
      ...intervalOf(accuracy, { size, level }),
      lookedAt: all.length,
    });
  }
  return listed;
}

/** A group, or one class of it, while it is gathered. */
interface Cell {
  readonly group: string;
  readonly class: string | null;
  right: number;
  readonly members: number[];
  readonly of: GroupedExamples;
}

const keyOf = (group: string, kind: string | null) =>
  JSON.stringify([group, kind]);

/** Clopper and Pearson's interval, no narrower where the mean of several models, or the size, is no whole number. */
function intervalOf(
  accuracy: number,
  { size, level }: { readonly size: number; readonly level: number },
): Interval {
  const n = Math.max(1, Math.floor(size + ROUNDING));
  const ends = [
    Math.floor(accuracy * n + ROUNDING),
    Math.ceil(accuracy * n - ROUNDING),
  ].map((successes) => clopperPearson({ successes, n }, { level }));
  return {
    low: (ends[0] as Interval).low,
    high: (ends[1] as Interval).high,
  };
}

/** What sums of numbers may be off. */
const ROUNDING = 1e-9;

/**
 * As many examples drawn by themselves would tell as much: fewer than there
 * are, where those that were drawn together are alike (Kish's design effect),
 * and fewer again where few were drawn, which tell little of how alike they are
 * (Korn and Graubard 1998).
 */
function effectiveSize(
  members: readonly number[],
  { accuracy, level, of: { right, drawnWith = null } }: {
    readonly accuracy: number;
    readonly level: number;
    readonly of: GroupedExamples;
  },
): number {
  const n = members.length;
  if (drawnWith === null) return n;
  const beside = new Map<string, number>();
  for (const i of members) {
    const name = drawnWith[i] as string;
    beside.set(
      name,
      (beside.get(name) ?? 0) + (right[i] as number) - accuracy,
    );
  }
  const spread = accuracy * (1 - accuracy);
  const units = beside.size;
  if (spread === 0 || units === 1) return units;
  const squares = [...beside.values()].reduce((sum, one) => sum + one * one, 0);
  const variance = squares / n ** 2 * units / (units - 1);
  const fewer = criticalValue(level, n - 1) / criticalValue(level, units - 1);
  return Math.min(n, spread / variance * fewer ** 2);
}
