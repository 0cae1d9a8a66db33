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
  /** Name of the group with which each example was drawn: [n]; where null or left out each is drawn by itself. */
  readonly drawnWith?: readonly string[] | null;
}

/** Groups of fewer examples are not listed. */
export const SMALLEST_GROUP = 20;

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
  const cells = new Map<
    string,
    {
      group: string;
      class: string | null;
      right: number;
      members: number[];
      of: GroupedExamples;
    }
  >();
  const telling = properties.filter(({ group }) => new Set(group).size > 1);
  for (const of of telling) {
    const { group, right, labels, classes } = of;
    for (const [i, name] of group.entries()) {
      for (const kind of [null, classes[labels[i] as number] as string]) {
        const key = JSON.stringify([name, kind]);
        const cell = cells.get(key) ??
          { group: name, class: kind, right: 0, members: [], of };
        cell.members.push(i);
        cell.right += right[i] as number;
        cells.set(key, cell);
      }
    }
  }
  const all = [...cells.values()]
    .filter(({ members }) => members.length >= SMALLEST_GROUP)
    .map((cell) => ({ ...cell, accuracy: cell.right / cell.members.length }))
    .sort((a, b) =>
      a.accuracy - b.accuracy || b.members.length - a.members.length ||
      (a.group < b.group ? -1 : 1)
    );
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
    const size = effectiveSize(members, { accuracy, of });
    listed.push({
      group,
      class: kind,
      n,
      accuracy,
      ...wilson({ successes: accuracy * size, n: size }),
    });
  }
  return listed;
}

/**
 * As many examples drawn by themselves would tell as much: fewer than there
 * are, where those that were drawn together are alike (Kish's design effect).
 */
function effectiveSize(
  members: readonly number[],
  { accuracy, of: { right, drawnWith = null } }: {
    readonly accuracy: number;
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
  if (spread === 0 || beside.size === 1) return beside.size;
  const squares = [...beside.values()].reduce((sum, one) => sum + one * one, 0);
  const variance = squares / n ** 2 * beside.size / (beside.size - 1);
  return Math.min(n, spread / variance);
}
